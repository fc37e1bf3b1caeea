// Reports that were made: what each is about, for which moment it is true, and its files, each with the proof of every word.
import { FileCheck2, FilePlus2 } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { formatAbsolute } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { MakeReport } from './make-report.tsx'
import { ReportDrawer } from './report-drawer.tsx'
import { REPORT_WORDS } from './words.ts'

type Row = Reply<'GET', '/api/reports'>['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'title',
    head: 'Report',
    cell: ({ entry, title, kind }) => (
      <>
        <RowLink to="." search={(before: Search) => ({ ...before, report: String(entry) })} resetScroll={false}>
          {title}
        </RowLink>
        <span className="block text-xs text-ink-3">{REPORT_WORDS[kind]?.name ?? kind}</span>
      </>
    ),
  },
  { id: 'asOf', head: 'True for', hide: 'md', className: 'w-56', cell: ({ asOf }) => formatAbsolute(asOf) },
  {
    id: 'files',
    head: 'Files',
    hide: 'lg',
    className: 'w-56',
    cell: ({ files }) => [...new Set(files.map(({ name }) => (name.split('.').at(-1) ?? '').toUpperCase()))].join(', '),
  },
  { id: 'made', head: 'Made', end: true, className: 'w-32', cell: ({ madeAt }) => <Time at={madeAt} /> },
]

export function Reports() {
  const [{ report, make }, set] = useWords()
  const query = usePage((page) => read('/api/reports', { query: { ...page } }))
  const open = (
    <Button variant="primary" icon={FilePlus2} onClick={() => set({ make: 'new' })}>
      Make a report
    </Button>
  )
  return (
    <Page
      title="Reports"
      lead="For auditors, customers and management. Each says for which moment and by which catalogue it is true, and carries proofs that anyone can check without this server."
      actions={
        <>
          <ButtonLink to="/log/verify" icon={FileCheck2}>
            Verify one
          </ButtonLink>
          {open}
        </>
      }
    >
      <List
        label="Reports"
        columns={COLUMNS}
        page={query}
        rowKey={({ entry }) => String(entry)}
        empty={
          <EmptyState icon={FileCheck2} title="No report was made yet" action={open}>
            A dossier of a system, the risk register, a statement of controls, suppliers or a framework: as HTML that
            prints well, JSON and CSV.
          </EmptyState>
        }
      />
      {make && (
        <MakeReport
          kind={make}
          onClose={() => set({ make: undefined })}
          onMade={(entry) => set({ make: undefined, report: String(entry) })}
        />
      )}
      {report && <ReportDrawer entry={report} onClose={() => set({ report: undefined })} />}
    </Page>
  )
}
