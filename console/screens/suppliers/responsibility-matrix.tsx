// Who must see to each control that a system needs: by its way of deployment or as somebody set it against that, and what
// was last asked of the supplier.
import { useQuery } from '@tanstack/react-query'
import { Check, Handshake } from 'lucide-react'
import { read } from '../../api.ts'
import { formatDay, toTitle } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { AsOf, PastNotice, useAt } from '../../ui/as-of.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge, Status } from '../../ui/status.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { STATE_WORDS } from '../assurance/words.ts'
import { ControlDrawer } from '../system/control-drawer.tsx'
import { PARTY_WORDS } from '../system/controls-panel.tsx'
import { FilterSystem } from '../system/filter-system.tsx'
import { AssignPart, type Part } from './assign-part.tsx'

const has = (party: Part['party'], who: 'you' | 'supplier') => party === who || party === 'shared'

const Mark = ({ on, who }: { on: boolean; who: string }) =>
  on ? (
    <span className="inline-flex items-center gap-1">
      <Check size={15} aria-hidden className="text-accent-word" />
      <span className="sr-only">{who}</span>
    </span>
  ) : null

const COLUMNS: readonly Column<Part>[] = [
  {
    id: 'control',
    head: 'Control',
    cell: ({ control, name, assigned }) => (
      <>
        <RowLink to="." search={(before: Search) => ({ ...before, control })} resetScroll={false}>
          {toTitle(name)}
        </RowLink>
        {assigned && <span className="block text-xs text-ink-3">set by hand: {assigned}</span>}
      </>
    ),
  },
  { id: 'you', head: 'You', className: 'w-16', cell: ({ party }) => <Mark on={has(party, 'you')} who="yours" /> },
  {
    id: 'supplier',
    head: 'Supplier',
    className: 'w-20',
    cell: ({ party }) => <Mark on={has(party, 'supplier')} who="the supplier’s" />,
  },
  {
    id: 'assurance',
    head: 'Last asked',
    hide: 'md',
    className: 'w-64',
    cell: ({ party, assurance }) =>
      assurance ? (
        <>
          {assurance.supplier}
          <span className="block text-xs text-ink-3">
            {STATE_WORDS[assurance.state]}, {formatDay(assurance.askedAt)}
          </span>
        </>
      ) : (
        has(party, 'supplier') && <Badge tone="warn">never asked</Badge>
      ),
  },
  { id: 'status', head: 'Status', hide: 'md', className: 'w-32', cell: ({ status }) => <Status is={status} /> },
]

export function ResponsibilityMatrix() {
  const [{ system }] = useWords()
  return (
    <>
      <PastNotice />
      {system === undefined ? (
        <>
          <FilterBar label="Choose a system">
            <FilterSystem />
            <AsOf />
          </FilterBar>
          <EmptyState icon={Handshake} title="Whose part is what?">
            Choose a system. Its way of deployment says which controls are yours, the supplier’s, or both’s.
          </EmptyState>
        </>
      ) : (
        <OfSystem system={system} />
      )}
    </>
  )
}

function OfSystem({ system }: { system: string }) {
  const [{ control }, set] = useWords()
  const at = useAt()
  const query = useQuery(read('/api/systems/:system/responsibilities', { params: { system }, query: { at } }))
  const part = query.data?.controls.find((one) => one.control === control)
  return (
    <>
      <FilterBar label="Choose a system" clear={() => set({ system: undefined })}>
        <FilterSystem />
        <AsOf />
        <span className="ml-auto">
          <ExportMenu
            name={`${system}-responsibilities`}
            rows={() => ({ rows: (query.data?.controls ?? []).map(toExported) })}
          />
        </span>
      </FilterBar>
      <DataTable
        label={`Parts of ${system}`}
        columns={COLUMNS}
        rows={query.data?.controls}
        rowKey={(row) => row.control}
        error={query.error}
        retry={() => void query.refetch()}
        empty={
          <EmptyState icon={Handshake} title="It needs no control">
            No threat that applies asks for one.
          </EmptyState>
        }
      />
      {control && (
        <ControlDrawer
          system={system}
          control={control}
          onClose={() => set({ control: undefined })}
          before={part && at === undefined && <AssignPart key={control} system={system} part={part} />}
        />
      )}
    </>
  )
}

const toExported = ({ assurance, party, ...row }: Part) => ({
  ...row,
  party: PARTY_WORDS[party] ?? party,
  supplier: assurance?.supplier,
  asked: assurance?.askedAt,
  answer: assurance?.state,
})
