// What scans and traffic found and nobody has said anything about: each is taken into the register, said to be something
// that is in it already, or set aside. Several are chosen and settled at once; x chooses the row that has the focus.
import { Check as CheckIcon, EyeOff, ScanSearch } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { DiscoveryState } from '../../../src/model/discovery.ts'
import { api, read, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useKeys } from '../../lib/keys.ts'
import { useFilters, useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useMay } from '../../session.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText, MoreFilters } from '../../ui/filter-bar.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { oneOf, toOptions } from '../inventory/words.ts'
import { FilterSystem } from '../system/filter-system.tsx'
import { SystemName } from '../system/system-names.tsx'
import { AcceptThings } from './accept-things.tsx'
import { DiscoveryDrawer } from './discovery-drawer.tsx'
import { FilterSource, SourceName } from './filter-source.tsx'
import { IgnoreThings } from './ignore-things.tsx'
import { FirstPlace } from './place-list.tsx'
import { KIND_WORDS, STATE_WORDS } from './words.ts'

export type Thing = Reply<'GET', '/api/discoveries'>['items'][number]

const FILTERS = ['q', 'kind', 'source', 'system', 'state', 'gone'] as const

function toFilter(words: Search) {
  const state: DiscoveryState | undefined =
    words['state'] === 'any' ? undefined : (oneOf(STATE_WORDS, words['state']) ?? 'new')
  return {
    state,
    text: words['q'],
    kind: oneOf(KIND_WORDS, words['kind']),
    source: words['source'],
    system: words['system'],
    gone: words['gone'] === 'true' ? true : undefined,
  }
}

export function ExportDiscovered() {
  const [words] = useWords()
  const filter = toFilter(words)
  return (
    <ExportMenu
      name="discovered"
      rows={() => gather((page) => api.get('/api/discoveries', { query: { ...filter, ...page } }), toRow)}
    />
  )
}

const toRow = ({ evidence, owner, seen: _seen, links: _links, attributes, ...plain }: Thing) => ({
  ...plain,
  ...attributes,
  owner: owner?.who,
  evidence: evidence.map(({ file, line }) => `${file}:${line}`),
})

export function DiscoveredQueue() {
  const { words, set, clear } = useFilters(FILTERS)
  const may = useMay()
  const query = usePage((page) => read('/api/discoveries', { query: { ...toFilter(words), ...page } }))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE)
  const [doing, setDoing] = useState<'accept' | 'ignore'>()
  const items = query.data?.items ?? NOTHING
  const picked = items.filter(({ id }) => chosen.has(id))
  const mayDecide = may('asset:write')
  const toggle = (id: string) =>
    setChosen((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]))
  useKeys(
    useMemo(
      () => ({
        x: () =>
          document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click(),
      }),
      [],
    ),
  )
  const done = () => {
    setChosen(NONE)
    setDoing(undefined)
  }
  return (
    <>
      <Filters clear={clear} />
      {mayDecide && items.length > 0 && (
        <Bulk
          chosen={picked.length}
          of={items.length}
          onAll={() => setChosen(picked.length === items.length ? NONE : new Set(items.map(({ id }) => id)))}
          onDo={setDoing}
        />
      )}
      <List
        label="Discovered"
        columns={mayDecide ? [chooser(chosen, toggle), ...COLUMNS] : COLUMNS}
        page={query}
        rowKey={({ id }) => id}
        groupOf={({ kind }) => KIND_WORDS[kind]}
        noun="thing"
        clear={clear}
        empty={<Nothing />}
      />
      {words['thing'] && <DiscoveryDrawer id={words['thing']} onClose={() => set({ thing: undefined })} />}
      {doing === 'accept' && <AcceptThings things={picked} onClose={() => setDoing(undefined)} onDone={done} />}
      {doing === 'ignore' && <IgnoreThings things={picked} onClose={() => setDoing(undefined)} onDone={done} />}
    </>
  )
}

const NONE: ReadonlySet<string> = new Set()
const NOTHING: readonly Thing[] = []

function Filters({ clear }: { clear: (() => void) | undefined }) {
  const [words, set] = useWords()
  return (
    <FilterBar label="Filter what was found" clear={clear}>
      <FilterText main label="Find by name" value={words['q']} onChange={(q) => set({ q })} />
      <MoreFilters active={FILTERS.filter((name) => name !== 'q' && words[name]).length}>
        <FilterSelect
          label="Waits for you"
          value={words['state']}
          options={[
            ...toOptions(STATE_WORDS).filter(({ value }) => value !== 'new'),
            { value: 'any', label: 'In any state' },
          ]}
          onChange={(state) => set({ state })}
        />
        <FilterSelect
          label="Any kind"
          value={words['kind']}
          options={toOptions(KIND_WORDS)}
          onChange={(kind) => set({ kind })}
        />
        <FilterSource />
        <FilterSystem />
        <FilterSelect
          label="There or gone"
          value={words['gone']}
          options={[{ value: 'true', label: 'Not found any more' }]}
          onChange={(gone) => set({ gone })}
        />
      </MoreFilters>
    </FilterBar>
  )
}

interface BulkProps {
  chosen: number
  of: number
  onAll: () => void
  onDo: (what: 'accept' | 'ignore') => void
}

function Bulk({ chosen, of, onAll, onDo }: BulkProps) {
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2 text-sm">
      <Button small onClick={onAll}>
        {chosen === of ? 'Choose none' : 'Choose all on this page'}
      </Button>
      <span role="status" className="text-ink-2">
        {chosen > 0 ? (
          `${plural(chosen, 'thing')} chosen`
        ) : (
          <span className="text-ink-3 max-md:hidden">x chooses a row</span>
        )}
      </span>
      <Button small variant="primary" icon={CheckIcon} disabled={chosen === 0} onClick={() => onDo('accept')}>
        Accept
      </Button>
      <Button small icon={EyeOff} disabled={chosen === 0} onClick={() => onDo('ignore')}>
        Ignore
      </Button>
    </div>
  )
}

function chooser(chosen: ReadonlySet<string>, toggle: (id: string) => void): Column<Thing> {
  return {
    id: 'choose',
    head: 'Choose',
    className: 'w-16',
    cell: ({ id, name, state }) =>
      state === 'new' && (
        <label className="relative z-1 -my-2 -ml-1 grid size-9 cursor-pointer place-items-center">
          <input
            type="checkbox"
            checked={chosen.has(id)}
            onChange={() => toggle(id)}
            aria-label={`Choose ${name}`}
            className="size-4 accent-accent"
          />
        </label>
      ),
  }
}

const COLUMNS: readonly Column<Thing>[] = [
  {
    id: 'name',
    head: 'Found',
    cell: ({ id, name, state, goneSince }) => (
      <>
        <RowLink
          to="."
          search={(before: Search) => ({ ...before, thing: id })}
          resetScroll={false}
          className="wrap-anywhere"
        >
          {name}
        </RowLink>
        <span className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
          {state !== 'new' && <Badge tone={state === 'ignored' ? 'neutral' : 'good'}>{STATE_WORDS[state]}</Badge>}
          {goneSince && <Badge tone="warn">not found any more</Badge>}
        </span>
      </>
    ),
  },
  {
    id: 'where',
    head: 'Where',
    hide: 'md',
    className: 'w-80',
    cell: ({ evidence }) => <FirstPlace places={evidence} />,
  },
  { id: 'source', head: 'Found in', hide: 'xl', className: 'w-48', cell: (thing) => <FoundIn thing={thing} /> },
  {
    id: 'owner',
    head: 'Proposed owner',
    hide: 'lg',
    className: 'w-48',
    cell: ({ owner }) => (owner ? <Who is={owner.who} /> : <Badge tone="warn">nobody</Badge>),
  },
  {
    id: 'sure',
    head: 'Sure',
    hide: 'lg',
    end: true,
    className: 'tabular w-16',
    cell: ({ confidence }) => `${Math.round(confidence * 100)} %`,
  },
  {
    id: 'seen',
    head: 'Last seen',
    hide: 'xl',
    end: true,
    className: 'w-32',
    cell: ({ lastSeen }) => <Time at={lastSeen} />,
  },
]

/** An address breaks before its @ and not in the middle of a name. */
function Who({ is }: { is: string }) {
  const at = is.indexOf('@')
  if (at < 1) return <span className="wrap-anywhere">{is}</span>
  return (
    <span className="wrap-break-word">
      {is.slice(0, at)}
      <wbr />
      {is.slice(at)}
    </span>
  )
}

function FoundIn({ thing: { source, system } }: { thing: Thing }) {
  return (
    <>
      <span className="block wrap-anywhere">
        <SourceName id={source} />
      </span>
      {system && (
        <span className="block text-xs text-ink-3">
          <SystemName id={system} />
        </span>
      )}
    </>
  )
}

function Nothing() {
  return (
    <EmptyState
      icon={ScanSearch}
      title="Nothing waits for you"
      action={
        <ButtonLink to="/discovery/scans" variant="primary">
          Scan something
        </ButtonLink>
      }
    >
      What a scan of a repository, or a log of traffic, finds and the register does not know stands here until somebody
      says what it is.
    </EmptyState>
  )
}
