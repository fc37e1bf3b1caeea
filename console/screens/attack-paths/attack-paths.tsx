// The ways on which an attacker gets through, highest risk first.
import { Fragment } from 'react'
import { Waypoints } from 'lucide-react'
import { type Reply, read } from '../../api.ts'
import { plural, toTitleOfId } from '../../lib/format.ts'
import { useFilters } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { FilterSystem } from '../system/filter-system.tsx'
import { SystemName } from '../system/system-names.tsx'
import { LEVEL_OF } from './level-of.ts'

type Row = Reply<'GET', '/api/attack-paths'>['items'][number]

const FILTERS = ['system', 'severity', 'text'] as const
const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'severity',
    head: 'Severity',
    className: 'w-20 md:w-32',
    cell: ({ severity }) => <LevelTag is={LEVEL_OF[severity]}>{severity}</LevelTag>,
  },
  {
    id: 'path',
    head: 'Way',
    cell: ({ id, title, targetName, systems }) => (
      <RowLink to="/attack-paths/$path" params={{ path: id }}>
        <span className="block font-medium">{title}</span>
        <span className="block text-xs text-ink-3">
          to {targetName}
          {systems.map((system) => (
            <Fragment key={system}>
              {' · '}
              <SystemName id={system} />
            </Fragment>
          ))}
        </span>
      </RowLink>
    ),
  },
  { id: 'risk', head: 'Risk', end: true, className: 'w-20', cell: ({ risk }) => risk.toFixed(1) },
  { id: 'routes', head: 'Routes', hide: 'md', end: true, className: 'w-20', cell: ({ routes }) => routes },
  { id: 'cut', head: 'What would close it', hide: 'lg', className: 'w-80', cell: ({ cut }) => closing(cut) },
]

/** Each step of the cut is closed by any one of its controls. */
function closing(cut: Row['cut']): string {
  const controls = [...new Set(cut.flatMap((step) => step.controls.slice(0, 2)))].slice(0, 2)
  const by = controls.length > 0 ? controls.map(toTitleOfId).join(' or ') : 'No control: take the link away'
  return cut.length === 1 ? by : `${by}, at ${plural(cut.length, 'step')}`
}

export function AttackPaths() {
  const { words, set, clear } = useFilters(FILTERS)
  const query = usePage((page) => read('/api/attack-paths', { query: { ...toFilter(words), ...page } }))
  return (
    <Page
      wide
      title="Attack paths"
      lead="What can reach what: the ways on which an attacker gets through as things stand. A way is closed by a control that is enforced and proven, and an open question counts as open."
    >
      <FilterBar label="Filter the attack paths" clear={clear}>
        <FilterSystem />
        <FilterSelect
          label="Any severity"
          value={words['severity']}
          options={SEVERITIES.map((one) => ({ value: one, label: one === 'critical' ? 'Critical' : `${one} or more` }))}
          onChange={(severity) => set({ severity })}
        />
        <FilterText label="Title or target" value={words['text']} onChange={(text) => set({ text })} />
      </FilterBar>
      <List
        label="Attack paths"
        columns={COLUMNS}
        page={query}
        rowKey={({ id }) => id}
        noun="path"
        clear={clear}
        empty={
          <EmptyState
            icon={Waypoints}
            title="No way through is known"
            action={<ButtonLink to="/inventory">Open the inventory</ButtonLink>}
          >
            Ways follow from systems, their links and what is known of them. Register what you run, and they appear.
          </EmptyState>
        }
      />
    </Page>
  )
}

function toFilter({ system, severity, text }: Search) {
  return { system, text, severity: SEVERITIES.find((one) => one === severity) }
}
