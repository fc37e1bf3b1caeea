// All threats, as the Exchange orders them: by where the attack comes in, variants under what they vary.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'

import { useCallback } from 'react'
import { read, type Reply } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import type { Search } from '../../routes.tsx'

import { cx } from '../../ui/class.ts'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { NoMatch } from '../../ui/list.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { Impacts } from './parts.tsx'

type Row = Reply<'GET', '/api/catalog/threats'>['items'][number]
type Placed = Row & { depth: number; top: string }

export const SURFACE_WORDS: Readonly<Record<string, string>> = {
  'input-attack': 'Input attack',
  'break-into-deployed-model': 'Break into deployed model',
  'break-into-augmentation-data': 'Break into augmentation data',
  'break-into-deployed-system': 'Break into deployed system',
  'break-into-train-finetune-data': 'Break into train / fine-tune data',
  'break-into-training-data': 'Break into training data',
  'break-into-model-data': 'Break into model data',
  'compromise-supply-chain': 'Compromise supply chain',
  'all-it': 'All IT',
}

const COLUMNS: readonly Column<Placed>[] = [
  {
    id: 'threat',
    head: 'Threat',
    cell: ({ id, name, kind, summary, depth }) => (
      <span className={cx('block', depth === 1 && 'pl-5', depth === 2 && 'pl-10', depth > 2 && 'pl-14')}>
        <RowLink to="/catalog/threats/$id" params={{ id }} className={kind === 'group' ? 'font-semibold!' : ''}>
          {name}
        </RowLink>
        <span className="line-clamp-2 text-xs text-ink-3">{summary}</span>
      </span>
    ),
  },
  { id: 'kind', head: 'Kind', hide: 'lg', cell: ({ kind }) => <Badge>{toWords(kind)}</Badge> },
  {
    id: 'surface',
    head: 'Surface',
    hide: 'lg',
    className: 'w-44',
    cell: ({ attackSurface }) => (attackSurface ? SURFACE_WORDS[attackSurface] : ''),
  },
  {
    id: 'impact',
    head: 'Impact',
    hide: 'md',
    className: 'w-28',
    cell: ({ impactCodes }) => <Impacts codes={impactCodes} />,
  },
  { id: 'controls', head: 'Controls', end: true, className: 'w-20', cell: ({ controlCount }) => controlCount || '' },
]

export function Threats() {
  const search = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const query = useQuery({
    ...read('/api/catalog/threats', { query: { limit: 200 } }),
    staleTime: Infinity,
  })
  const set = useCallback(
    (change: Search) =>
      void navigate({ to: '/catalog/threats', search: (before: Search) => ({ ...before, ...change }), replace: true }),
    [navigate],
  )
  const setText = useCallback((q: string | undefined) => set({ q }), [set])
  const narrowed = ['q', 'surface', 'lifecycle', 'goal', 'about'].some((key) => search[key])
  const rows = query.data && place(query.data.items, !narrowed).filter((row) => fits(row, search))
  const clear = () => void navigate({ to: '/catalog/threats', search: {} })
  return (
    <Page
      title="Threats"
      lead="What can be done to an AI system, or by it. Each threat says when it applies and what counters it."
      actions={<ExportMenu name="threats" rows={() => ({ rows: rows ?? [] })} />}
    >
      <FilterBar label="Filter the threats" clear={narrowed ? clear : undefined}>
        <FilterText main label="Find a threat" value={search['q']} onChange={setText} />
        <FilterSelect
          label="Any surface"
          value={search['surface']}
          options={Object.entries(SURFACE_WORDS).map(([value, label]) => ({ value, label }))}
          onChange={(surface) => set({ surface })}
        />
        <FilterSelect
          label="Any phase"
          value={search['lifecycle']}
          options={[
            { value: 'runtime', label: 'Run time' },
            { value: 'development', label: 'Development' },
          ]}
          onChange={(lifecycle) => set({ lifecycle })}
        />
        <FilterSelect
          label="Any goal"
          value={search['goal']}
          options={[
            { value: 'deceive', label: 'Deceive' },
            { value: 'disclose', label: 'Disclose' },
            { value: 'disrupt', label: 'Disrupt' },
          ]}
          onChange={(goal) => set({ goal })}
        />
        <FilterSelect
          label="Any system"
          value={search['about']}
          options={[
            { value: 'agentic', label: 'Agents' },
            { value: 'rag', label: 'Retrieval (RAG)' },
          ]}
          onChange={(about) => set({ about })}
        />
      </FilterBar>
      <DataTable
        label="Threats"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        error={query.error}
        retry={() => void query.refetch()}
        groupOf={({ top }) => top}
        waitingRows={14}
        empty={
          <NoMatch noun="threat" clear={clear}>
            Search also knows other names and framework ids: try it in the palette.
          </NoMatch>
        }
      />
    </Page>
  )
}

/** In the order of the tree; the depth is kept only while the whole tree is shown. */
function place(rows: readonly Row[], asTree: boolean): Placed[] {
  const below = new Map<string | null, Row[]>()
  for (const row of rows) below.set(row.parent, [...(below.get(row.parent) ?? []), row])
  const placed: Placed[] = []
  const walk = (parent: string | null, depth: number, top: string) => {
    for (const row of below.get(parent) ?? []) {
      const heading = depth > 0 ? top : row.kind === 'group' ? row.name : 'Risk factors'
      placed.push({ ...row, depth: asTree ? depth : 0, top: heading })
      walk(row.id, depth + 1, heading)
    }
  }
  walk(null, 0, '')
  return placed
}

function fits(row: Placed, search: Search): boolean {
  const text = `${row.name} ${row.id} ${row.summary}`.toLowerCase()
  const words = (search['q'] ?? '').toLowerCase().split(/\s+/)
  return (
    words.every((word) => text.includes(word)) &&
    (!search['surface'] || row.attackSurface === search['surface']) &&
    (!search['lifecycle'] || row.lifecycle === search['lifecycle']) &&
    (!search['goal'] || row.attackerGoal === search['goal']) &&
    (!search['about'] || (search['about'] === 'agentic' ? row.agentic : row.rag))
  )
}
