// What can be handed out about a system: a dossier and the like, made for the day that the page shows and recorded in the
// log, and everything that was recorded about it with its proofs.
import { Link } from '@tanstack/react-router'
import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { download } from '../../lib/export.ts'
import { plural } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { useAt } from '../../ui/as-of.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu, MENU_ITEM } from '../../ui/menu.tsx'
import { toast, toastError } from '../../ui/toast.tsx'
import { type Made, ReportMade } from './report-made.tsx'

const KINDS = [
  { kind: 'dossier', name: 'Dossier' },
  { kind: 'risk-register', name: 'Risk register' },
  { kind: 'control-statement', name: 'Control statement' },
  { kind: 'supplier-assurance', name: 'Supplier assurance' },
] as const

export function ReportsMenu({ system }: { system: string }) {
  const may = useMay()
  const at = useAt()
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<Made>()
  async function run(work: () => Promise<void>) {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  async function record() {
    const report = await api.post('/api/log/report', { body: { subjectId: system } })
    download(`${system}-record.json`, 'application/json', `${JSON.stringify(report, null, 1)}\n`)
    toast(`Report with ${plural(report.entries.length, 'entry', 'entries')} made.`)
  }
  return (
    <>
      <Menu
        label="Reports"
        button={(props) => (
          <Button icon={FileDown} busy={busy} {...props}>
            Reports
          </Button>
        )}
      >
        {may('evidence:read') &&
          KINDS.map(({ kind, name }) => (
            <button
              key={kind}
              type="button"
              className={MENU_ITEM}
              onClick={() =>
                void run(async () => setMade(await api.post('/api/reports', { body: { kind, system, at } })))
              }
            >
              {name}
            </button>
          ))}
        {may('log:read') && (
          <>
            <hr className="my-1 border-line" />
            <button type="button" className={MENU_ITEM} onClick={() => void run(record)}>
              What was recorded, with proofs
            </button>
            <Link to="/log" search={{ subjectId: system }} className={MENU_ITEM}>
              Its entries in the log
            </Link>
          </>
        )}
      </Menu>
      {made && <ReportMade made={made} onClose={() => setMade(undefined)} />}
    </>
  )
}
