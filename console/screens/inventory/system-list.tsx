// Systems with where they stand: the worst risk that is left, what is proven of the controls they need, who owns them.
import { Boxes } from 'lucide-react'
import { api, read, type Reply } from '../../api.ts'
import { plural, toWords } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useFilters, useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useMay } from '../../session.ts'
import { AsOf, useAt } from '../../ui/as-of.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText, MoreFilters } from '../../ui/filter-bar.tsx'
import { LEVELS, LevelTag } from '../../ui/level.tsx'
import { OwnersBrief } from '../../ui/owners.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge, Status, STATUS_WORDS } from '../../ui/status.tsx'
import { STATUSES, StatusCounts } from '../../ui/status-counts.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Why } from '../../ui/why.tsx'
import { ownersFrom } from './draft.ts'
import { DATA_CLASS_WORDS, ENVIRONMENT_WORDS, EXPOSURE_WORDS, oneOf, toOptions } from './words.ts'

type Row = Reply<'GET', '/api/systems'>['items'][number]

const FILTERS = ['q', 'owner', 'status', 'worst', 'environment', 'tag'] as const

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'name',
    head: 'System',
    cell: ({ id, name, environment, worst, state }) => (
      <>
        <RowLink to="/systems/$id" params={{ id }}>
          {name}
        </RowLink>
        <span className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
          <code className="font-mono text-2xs break-all">{id}</code>
          {environment && <span>{ENVIRONMENT_WORDS[environment]}</span>}
        </span>
        <span className="mt-1.5 flex flex-wrap gap-1.5 md:hidden">
          {worst && <LevelTag is={worst} />}
          <Status is={state.status} />
        </span>
      </>
    ),
  },
  {
    id: 'worst',
    head: 'Worst risk left',
    hide: 'md',
    className: 'w-44',
    cell: ({ worst, aboveAppetite }) => (
      <span className="grid justify-items-start gap-1">
        {worst ? <LevelTag is={worst} /> : <span className="text-ink-3">none</span>}
        {aboveAppetite > 0 && <span className="text-xs text-ink-3">{aboveAppetite} above the appetite</span>}
      </span>
    ),
  },
  {
    id: 'state',
    head: 'Controls',
    hide: 'md',
    className: 'w-44',
    cell: ({ name, state }) => (
      <span className="grid gap-1.5">
        <span>
          <Why of={name} report={state} />
        </span>
        <StatusCounts brief label={`Controls of ${name}`} counts={state.counts} />
      </span>
    ),
  },
  {
    id: 'owners',
    head: 'Owners',
    hide: 'lg',
    className: 'w-60 max-w-60',
    cell: ({ owners }) => <OwnersBrief owners={ownersFrom(owners)} />,
  },
  {
    id: 'data',
    head: 'Data and reach',
    hide: 'xl',
    className: 'w-44',
    cell: ({ dataClass, exposure }) => (
      <>
        {dataClass ? DATA_CLASS_WORDS[dataClass] : <Badge tone="warn">data not said</Badge>}
        <span className="block text-xs text-ink-3">{exposure ? EXPOSURE_WORDS[exposure] : 'reach not said'}</span>
      </>
    ),
  },
  {
    id: 'threats',
    head: 'Threats',
    hide: 'lg',
    end: true,
    className: 'w-28 whitespace-nowrap',
    cell: ({ threats: { applies, unknown } }) => (
      <>
        {applies}
        {unknown > 0 && <span className="block text-xs text-ink-3">+{unknown} unknown</span>}
      </>
    ),
  },
]

export function SystemList() {
  const { words, set, active, clear } = useFilters(FILTERS)
  const may = useMay()
  const filter = { ...toFilter(words), at: useAt() }
  const query = usePage((page) => read('/api/systems', { query: { ...filter, ...page } }))
  return (
    <>
      <FilterBar label="Filter the systems" clear={clear}>
        <FilterText main label="Find a system" value={words['q']} onChange={(q) => set({ q })} />
        <MoreFilters active={active - (words['q'] ? 1 : 0)}>
          <FilterText label="Owner" value={words['owner']} onChange={(owner) => set({ owner })} />
          <FilterSelect
            label="Any risk left"
            value={words['worst']}
            options={LEVELS.map((level) => ({ value: level, label: `${toWords(level)} or more` }))}
            onChange={(worst) => set({ worst })}
          />
          <FilterSelect
            label="Any state"
            value={words['status']}
            options={toOptions(STATUS_WORDS)}
            onChange={(status) => set({ status })}
          />
          <FilterSelect
            label="Any environment"
            value={words['environment']}
            options={toOptions(ENVIRONMENT_WORDS)}
            onChange={(environment) => set({ environment })}
          />
          <AsOf />
        </MoreFilters>
        {query.data && <p className="ml-auto text-xs text-ink-3">{plural(query.data.total, 'system')}</p>}
      </FilterBar>
      <List
        label="Systems"
        columns={COLUMNS}
        page={query}
        rowKey={({ id }) => id}
        waitingRows={10}
        noun="system"
        clear={clear}
        hint="Words are looked for in names and ids; an owner is compared as a whole, in any of the three roles."
        empty={
          <EmptyState
            icon={Boxes}
            title="No system is registered yet"
            action={
              may('asset:write') && (
                <ButtonLink variant="primary" to="/inventory" search={{ new: '1' }}>
                  Register the first one
                </ButtonLink>
              )
            }
          >
            A system is what threats, controls and risk are stated for: an assistant, a scoring service, an agent with
            its tools. Say what it is made of and answer a few questions; everything else follows.
          </EmptyState>
        }
      />
    </>
  )
}

export function ExportSystems() {
  const [words] = useWords()
  const filter = { ...toFilter(words), at: useAt() }
  return (
    <ExportMenu
      name="systems"
      rows={() => gather((page) => api.get('/api/systems', { query: { ...filter, ...page } }), toExported)}
    />
  )
}

function toFilter(words: Search) {
  return {
    text: words['q'],
    owner: words['owner'],
    tag: words['tag'],
    status: STATUSES.find((status) => status === words['status']),
    worst: LEVELS.find((level) => level === words['worst']),
    environment: oneOf(ENVIRONMENT_WORDS, words['environment']),
  }
}

function toExported({ owners, state, threats, tags, ...plain }: Row) {
  return {
    ...plain,
    state: state.status,
    reason: state.reason,
    ...state.counts,
    threatsThatApply: threats.applies,
    threatsUnknown: threats.unknown,
    businessOwner: owners.business,
    dataOwner: owners.data,
    riskOwner: owners.risk,
    tags: tags.join(' '),
  }
}
