// What can be handed out about a system: everything recorded about it with proofs that anyone can check, and its state.
import { Link } from '@tanstack/react-router'
import { FileDown } from 'lucide-react'
import { api } from '../../api.ts'
import { download } from '../../lib/export.ts'
import { plural } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, MENU_ITEM } from '../../ui/menu.tsx'
import { toast, toastError } from '../../ui/toast.tsx'
import type { Asset } from '../inventory/draft.ts'
import type { State } from './overview.tsx'

export function ReportsMenu({ asset: { id }, state }: { asset: Asset; state: State | undefined }) {
  const may = useMay()
  async function record() {
    try {
      const report = await api.post('/api/log/report', { body: { subjectId: id } })
      download(`${id}-record.json`, 'application/json', `${JSON.stringify(report, null, 1)}\n`)
      toast(`Report with ${plural(report.entries.length, 'entry', 'entries')} made.`)
    } catch (error) {
      toastError(error)
    }
  }
  return (
    <Menu
      label="Reports"
      button={(props) => (
        <Button icon={FileDown} {...props}>
          Reports
        </Button>
      )}
    >
      {state && (
        <button
          type="button"
          className={MENU_ITEM}
          onClick={() => download(`${id}-state.json`, 'application/json', `${JSON.stringify(state, null, 2)}\n`)}
        >
          State as JSON
        </button>
      )}
      {may('log:read') && (
        <>
          <button type="button" className={MENU_ITEM} onClick={() => void record()}>
            What was recorded, with proofs
          </button>
          <Link to="/log" search={{ subjectId: id }} className={MENU_ITEM}>
            Its entries in the log
          </Link>
        </>
      )}
    </Menu>
  )
}
