// What calls cost, by day, system, agent, key, model or route: the table first, with a bar for each row against the largest.
import { Coins } from 'lucide-react'
import { api, read, type Reply } from '../../api.ts'
import { formatDay, formatNumber } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useWords } from '../../lib/words.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterDate } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import type { Column } from '../../ui/table.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { useSystemNames } from '../system/system-names.tsx'
import { useAgentNames } from './agents.tsx'
import { useKeyNames } from './use-key-names.ts'
import { toCost } from './words.ts'

type Sum = Reply<'GET', '/api/usage'>['items'][number]

const GROUPS = ['asset', 'agent', 'keyId', 'model', 'route', 'day'] as const
type Group = (typeof GROUPS)[number]

const GROUP_WORDS: Readonly<Record<Group, string>> = {
  asset: 'System',
  agent: 'Agent',
  keyId: 'Key',
  model: 'Model',
  route: 'Route',
  day: 'Day',
}
const NONE: Readonly<Record<Group, string>> = {
  asset: 'No system',
  agent: 'No agent',
  keyId: 'No good key',
  model: 'No upstream was asked',
  route: 'Not served',
  day: '',
}

export function Costs() {
  const group = useTab(GROUPS)
  const [{ from, to }, set] = useWords()
  const nameOf = useKeyNames()
  const systemOf = useSystemNames()
  const agentOf = useAgentNames()
  const order = group === 'day' ? ('name' as const) : ('cost' as const)
  const filter = { by: [group], order, from, to }
  const query = usePage((page) => read('/api/usage', { query: { ...filter, ...page, limit: 100 } }))
  const word = (sum: Sum) => {
    const value = sum[group] ?? ''
    if (value === '') return NONE[group]
    if (group === 'asset') return systemOf(value)
    if (group === 'agent') return agentOf(value)
    if (group === 'keyId') return nameOf(value)
    return group === 'day' ? formatDay(value) : value
  }
  return (
    <Page
      title="Costs"
      lead="What calls used and cost, by the prices that are known. A model without a price counts its tokens and no money."
      actions={
        <ExportMenu
          name={`costs-by-${GROUP_WORDS[group].toLowerCase()}`}
          rows={() =>
            gather(
              (page) => api.get('/api/usage', { query: { ...filter, ...page } }),
              ({ costMicros, ...sum }) => ({ ...sum, costDollars: costMicros / 1_000_000 }),
            )
          }
        />
      }
      tabs={
        <Tabs
          label="Costs"
          chosen={group}
          tabs={GROUPS.map((id) => ({ id, name: `By ${GROUP_WORDS[id].toLowerCase()}` }))}
        />
      }
    >
      <FilterBar label="Filter costs" clear={from || to ? () => set({ from: undefined, to: undefined }) : undefined}>
        <FilterDate label="From" value={from} onChange={(day) => set({ from: day })} />
        <FilterDate label="To" value={to} onChange={(day) => set({ to: day })} />
        {!from && !to && <span className="text-xs text-ink-3">the last thirty days</span>}
      </FilterBar>
      <List
        label={`Costs by ${GROUP_WORDS[group].toLowerCase()}`}
        columns={columns(group, word, query.data?.items ?? [])}
        page={query}
        rowKey={(sum) => sum[group] ?? ''}
        empty={
          <EmptyState
            icon={Coins}
            title="No calls in this time"
            action={<ButtonLink to="/gateway/playground">Try a prompt</ButtonLink>}
          >
            Costs come from calls through the gateway, added up within a second.
          </EmptyState>
        }
      />
    </Page>
  )
}

function columns(group: Group, word: (sum: Sum) => string, rows: readonly Sum[]): readonly Column<Sum>[] {
  const isPriced = rows.some(({ costMicros }) => costMicros > 0)
  const size = (sum: Sum) => (isPriced ? sum.costMicros : sum.inputTokens + sum.outputTokens)
  const largest = Math.max(...rows.map(size), 1)
  return [
    {
      id: 'what',
      head: GROUP_WORDS[group],
      cell: (sum) => <span className="font-medium wrap-anywhere">{word(sum)}</span>,
    },
    {
      id: 'bar',
      head: isPriced ? 'Share of cost' : 'Share of tokens',
      hide: 'md',
      className: 'w-48',
      cell: (sum) => (
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="mt-1.5 h-2 w-full" aria-hidden>
          <rect width="100" height="6" className="fill-sunken" />
          <rect width={(size(sum) / largest) * 100} height="6" className="fill-accent" />
        </svg>
      ),
    },
    number('calls', 'Calls', ({ calls }) => formatNumber(calls)),
    number('blocked', 'Blocked', ({ blocked }) => formatNumber(blocked), 'md'),
    number('failed', 'Not answered', ({ failed }) => formatNumber(failed), 'lg'),
    number('in', 'Tokens in', ({ inputTokens }) => formatNumber(inputTokens), 'lg'),
    number('out', 'Tokens out', ({ outputTokens }) => formatNumber(outputTokens), 'lg'),
    number('cost', 'Cost', ({ costMicros }) => toCost(costMicros)),
  ]
}

function number(id: string, head: string, cell: (sum: Sum) => string, hide?: 'md' | 'lg'): Column<Sum> {
  return { id, head, cell, end: true, className: 'tabular w-24', ...(hide ? { hide } : {}) }
}
