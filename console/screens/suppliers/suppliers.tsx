// What others must see to: which control of a system is whose part, and what suppliers were asked about theirs.
import { Handshake } from 'lucide-react'
import { api, read, type Reply } from '../../api.ts'
import { formatDay, plural } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { AskSupplier } from '../assurance/ask-supplier.tsx'
import { ReadAnswers } from '../assurance/read-answers.tsx'
import { STATE_WORDS } from '../assurance/words.ts'
import { FilterSystem } from '../system/filter-system.tsx'
import { ResponsibilityMatrix } from './responsibility-matrix.tsx'

type Row = Reply<'GET', '/api/assurance'>['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'supplier',
    head: 'Supplier',
    cell: ({ id, supplier, system }) => (
      <>
        <RowLink to="." search={(before: Search) => ({ ...before, assurance: id })} resetScroll={false}>
          {supplier}
        </RowLink>
        <code className="block font-mono text-2xs break-all text-ink-3">{system}</code>
      </>
    ),
  },
  {
    id: 'questions',
    head: 'Answered',
    hide: 'md',
    className: 'w-44',
    cell: ({ answers, questions }) => `${answers?.length ?? 0} of ${plural(questions.length, 'question')}`,
  },
  { id: 'asked', head: 'Asked', hide: 'lg', className: 'w-32', cell: ({ askedAt }) => formatDay(askedAt) },
  { id: 'until', head: 'Link works until', hide: 'lg', className: 'w-36', cell: ({ until }) => formatDay(until) },
  {
    id: 'state',
    head: 'State',
    end: true,
    className: 'w-48',
    cell: ({ state, overdue }) => (
      <span className="flex flex-wrap justify-end gap-1.5">
        {overdue && <Badge tone="bad">no answer</Badge>}
        <Badge tone={state === 'answered' ? 'warn' : state === 'reviewed' ? 'good' : 'neutral'}>
          {STATE_WORDS[state]}
        </Badge>
      </span>
    ),
  },
]

export function SuppliersPage() {
  const tab = useTab(['requests', 'parts'])
  return (
    <Page
      wide
      title="Suppliers"
      lead="Where a control is somebody else’s part, only their assurance proves it. What nobody answers stays unknown, and the risk as high as it is."
      tabs={
        <Tabs
          label="What to show"
          chosen={tab}
          tabs={[
            { id: 'requests', name: 'What they were asked' },
            { id: 'parts', name: 'Who does what' },
          ]}
        />
      }
    >
      {tab === 'requests' ? <Requests /> : <ResponsibilityMatrix />}
    </Page>
  )
}

function Requests() {
  const [{ system, assurance }, set] = useWords()
  const may = useMay()
  const query = usePage((page) => read('/api/assurance', { query: { system, ...page } }))
  return (
    <>
      <FilterBar label="Filter the requests" clear={system ? () => set({ system: undefined }) : undefined}>
        <FilterSystem />
        <span className="ml-auto flex gap-2">
          <ExportMenu
            name="assurance"
            rows={() => gather((page) => api.get('/api/assurance', { query: { system, ...page } }), toExported)}
          />
          {may('risk:write') && (
            <Button
              variant="primary"
              disabled={system === undefined}
              title={system === undefined ? 'Choose a system first' : undefined}
              onClick={() => set({ assurance: 'new' })}
            >
              Ask a supplier
            </Button>
          )}
        </span>
      </FilterBar>
      <List
        label="Requests"
        columns={COLUMNS}
        page={query}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={Handshake} title="No supplier was asked yet">
            Choose a system and ask: the supplier gets a link, answers without an account, and what you believe of it
            becomes evidence for as long as its ground counts.
          </EmptyState>
        }
      />
      {assurance === 'new' && system !== undefined && (
        <AskSupplier system={system} onClose={() => set({ assurance: undefined })} />
      )}
      {assurance !== undefined && assurance !== 'new' && (
        <ReadAnswers id={assurance} onClose={() => set({ assurance: undefined })} />
      )}
    </>
  )
}

const toExported = ({ questions, answers, ...row }: Row) => ({
  ...row,
  questions: questions.length,
  answered: answers?.length ?? 0,
})
