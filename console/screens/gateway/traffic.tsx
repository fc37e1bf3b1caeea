// Calls to models as they come, and who was seen without being known. A row opens beside the list, with its whole trace.
import { useQuery } from '@tanstack/react-query'
import { Activity, FlaskConical } from 'lucide-react'
import type { Outcome as OutcomeName } from '../../../src/model/exchange.ts'
import { api, read, type Reply } from '../../api.ts'
import { formatNumber, toTitleOfId } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useNow } from '../../lib/clock.ts'
import { useFilters, useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText, FilterThing, MoreFilters } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import { FilterSystem } from '../system/filter-system.tsx'
import { SystemName } from '../system/system-names.tsx'
import { useAgentNames, useAgents } from './agents.tsx'
import { BaseUrl } from './base-url.tsx'
import { CallDrawer } from './call-drawer.tsx'
import { Outcome } from './outcome.tsx'
import { Strangers } from './strangers.tsx'
import { useGatewayKeys, useKeyNames } from './use-key-names.ts'
import { OUTCOME_WORDS, OUTCOMES, toCost, toMs, toReason } from './words.ts'

type Call = Reply<'GET', '/api/exchanges'>['items'][number]

const SPANS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const
const SPAN_WORDS = [
  { value: 'hour', label: 'Last hour' },
  { value: 'day', label: 'Last day' },
  { value: 'week', label: 'Last week' },
]
/** Filters on this page, in the address under the names that the API has for them. */
const FILTERS = ['outcome', 'guard', 'key', 'asset', 'agent', 'model', 'route', 'span'] as const

export function Traffic() {
  const tab = useTab(['calls', 'strangers'])
  const [{ call }, set] = useWords()
  return (
    <Page
      wide
      title="Traffic"
      lead="Every call to a model that went through the gateway, as it comes."
      actions={
        <>
          {tab === 'calls' && <ExportCalls />}
          <ButtonLink to="/gateway/playground" icon={FlaskConical}>
            Try a prompt
          </ButtonLink>
        </>
      }
      tabs={
        <Tabs
          label="Traffic"
          chosen={tab}
          tabs={[
            { id: 'calls', name: 'Calls' },
            { id: 'strangers', name: 'Unaccounted for' },
          ]}
        />
      }
    >
      {tab === 'calls' ? <Calls /> : <Strangers />}
      {call && <CallDrawer id={call} onClose={() => set({ call: undefined })} />}
    </Page>
  )
}

function ExportCalls() {
  const [search] = useWords()
  const filter = useFilter(search)
  return (
    <ExportMenu
      name="calls"
      rows={() =>
        gather(
          (page) => api.get('/api/exchanges', { query: { ...filter, ...page } }),
          ({ usage, ...call }) => ({ ...call, inputTokens: usage?.input, outputTokens: usage?.output }),
        )
      }
    />
  )
}

function Calls() {
  const { words: search, set, active, clear } = useFilters(FILTERS)
  const filter = useFilter(search)
  const [nameOf, agentOf] = [useKeyNames(), useAgentNames()]
  const query = usePage((page) => read('/api/exchanges', { query: { ...filter, ...page } }))
  return (
    <>
      <Filters search={search} set={set} active={active} clear={clear} />
      <List
        label="Calls"
        columns={columns(nameOf, agentOf)}
        page={query}
        rowKey={({ id }) => id}
        noun="call"
        clear={clear}
        hint="Take a filter away, or look at a longer time."
        empty={
          <div className="mx-auto max-w-2xl pb-8">
            <EmptyState icon={Activity} title="No calls yet">
              Point a program at this gateway, or try a prompt in the playground.
            </EmptyState>
            <BaseUrl />
          </div>
        }
      />
    </>
  )
}

interface FiltersProps {
  search: Search
  set: (change: Record<string, string | undefined>) => void
  active: number
  clear: (() => void) | undefined
}

function Filters({ search, set, active, clear }: FiltersProps) {
  const routes = useQuery(read('/api/gateway/routes')).data?.items ?? []
  const guards = [...new Set(routes.flatMap(({ guards }) => guards.map(({ id }) => id)))]
  return (
    <FilterBar label="Filter calls" clear={clear}>
      <FilterText main label="Model" value={search['model']} onChange={(model) => set({ model })} />
      <MoreFilters active={active}>
        <FilterSelect
          label="Any outcome"
          value={search['outcome']}
          options={OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value].word }))}
          onChange={(outcome) => set({ outcome })}
        />
        <FilterSelect
          label="Any guard"
          value={search['guard']}
          options={guards.map((value) => ({ value, label: toTitleOfId(value) }))}
          onChange={(guard) => set({ guard })}
        />
        <FilterSelect
          label="Any route"
          value={search['route']}
          options={routes.map(({ id }) => id)}
          onChange={(route) => set({ route })}
        />
        <FilterSystem word="asset" />
        <FilterThing of="Agent" value={search['agent']} known={useAgents().data} onChange={(agent) => set({ agent })} />
        <FilterThing of="Key" value={search['key']} known={useGatewayKeys().data} onChange={(key) => set({ key })} />
        <FilterSelect label="Any time" value={search['span']} options={SPAN_WORDS} onChange={(span) => set({ span })} />
      </MoreFilters>
    </FilterBar>
  )
}

/** To the minute, so that the same question is asked again and not a new one each time. */
function useFilter({ outcome, guard, key, asset, agent, model, route, span }: Search) {
  const now = useNow()
  const ms = SPANS[span as keyof typeof SPANS] as number | undefined
  const since = ms === undefined ? undefined : new Date(Math.floor(now / 60_000) * 60_000 - ms).toISOString()
  return {
    outcome: OUTCOMES.find((one): one is OutcomeName => one === outcome),
    guard,
    key,
    asset,
    agent,
    model,
    route,
    since,
  }
}

function columns(nameOf: (key: string) => string, agentOf: (agent: string) => string): readonly Column<Call>[] {
  return [
    {
      id: 'outcome',
      head: 'Call',
      className: 'w-32 md:w-44',
      cell: ({ id, at, outcome, action, times }) => (
        <>
          <RowLink to="." search={(before: Search) => ({ ...before, call: id })} resetScroll={false}>
            <Outcome is={outcome} rewritten={action === 'rewrite'} />
          </RowLink>
          <span className="mt-0.5 block text-xs text-ink-3">
            <Time at={at} />
            {times === undefined ? '' : ` · and ${formatNumber(times)} alike`}
          </span>
        </>
      ),
    },
    {
      id: 'model',
      head: 'Model',
      cell: ({ model, route }) => (
        <>
          <span className="block font-medium wrap-anywhere">{model ?? 'None named'}</span>
          <span className="block text-xs text-ink-3">{route ?? 'No route'}</span>
        </>
      ),
    },
    {
      id: 'who',
      head: 'Who',
      hide: 'md',
      cell: ({ asset, agent, keyId, client }) => (
        <>
          <span className="block">
            {asset === undefined ? keyId === undefined ? 'Unknown' : 'No system' : <SystemName id={asset} />}
          </span>
          <span className="block truncate text-xs text-ink-3">
            {agent === undefined ? (keyId === undefined ? client : nameOf(keyId)) : agentOf(agent)}
          </span>
        </>
      ),
    },
    {
      id: 'guards',
      head: 'What was found',
      hide: 'lg',
      cell: ({ guards, code }) =>
        guards.length > 0 ? (
          guards.map(toTitleOfId).join(', ')
        ) : (
          <span className="text-ink-3">{code ? toReason(code) : 'Nothing'}</span>
        ),
    },
    {
      id: 'tokens',
      head: 'Tokens',
      hide: 'xl',
      end: true,
      className: 'tabular w-28',
      cell: ({ usage }) => usage && formatNumber(usage.input + usage.output),
    },
    {
      id: 'cost',
      head: 'Cost',
      hide: 'xl',
      end: true,
      className: 'tabular w-24',
      cell: ({ costMicros }) => (costMicros === undefined ? '' : toCost(costMicros)),
    },
    {
      id: 'ms',
      head: 'Time',
      end: true,
      className: 'tabular w-20 md:w-24',
      cell: ({ durationMs }) => toMs(durationMs),
    },
  ]
}
