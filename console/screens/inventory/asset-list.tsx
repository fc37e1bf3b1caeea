// All assets of the register, by the filters in the address.
import { Boxes } from 'lucide-react'
import { api, read, type Reply } from '../../api.ts'
import { gather } from '../../lib/gather.ts'
import { useFilters, useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { ASSET_KINDS, KindIcon, kindName, placeOfAsset } from '../../ui/asset-kind.tsx'

import { ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText, MoreFilters } from '../../ui/filter-bar.tsx'
import { OwnersBrief } from '../../ui/owners.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { ownersFrom } from './draft.ts'
import { DATA_CLASS_WORDS, ENVIRONMENT_WORDS, EXPOSURE_WORDS, oneOf, SOURCE_WORDS, toOptions } from './words.ts'

type Asset = Reply<'GET', '/api/assets'>['items'][number]

const FILTERS = ['q', 'kind', 'owner', 'exposure', 'dataClass', 'environment', 'source', 'unowned', 'retired'] as const

const COLUMNS: readonly Column<Asset>[] = [
  {
    id: 'name',
    head: 'Asset',
    cell: ({ id, kind, name, sanctioned, retiredAt }) => (
      <div className="flex gap-2.5">
        <span className="pt-0.5">
          <KindIcon kind={kind} />
        </span>
        <div className="min-w-0">
          <RowLink to={placeOfAsset(id, kind)}>{name}</RowLink>
          <span className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
            {kindName(kind)} <code className="font-mono text-2xs break-all">{id}</code>
            {!sanctioned && <Badge tone="warn">not confirmed</Badge>}
            {retiredAt && <Badge>left the register</Badge>}
          </span>
        </div>
      </div>
    ),
  },
  {
    id: 'owners',
    head: 'Owners',
    hide: 'md',
    className: 'w-64 max-w-64',
    cell: ({ owners }) => <OwnersBrief owners={ownersFrom(owners)} />,
  },
  {
    id: 'data',
    head: 'Data',
    hide: 'lg',
    className: 'w-28',
    cell: ({ dataClass }) => dataClass && DATA_CLASS_WORDS[dataClass],
  },
  {
    id: 'exposure',
    head: 'Reached by',
    hide: 'lg',
    className: 'w-40',
    cell: ({ exposure }) => exposure && EXPOSURE_WORDS[exposure],
  },
  { id: 'source', head: 'Known from', hide: 'xl', className: 'w-44', cell: ({ source }) => SOURCE_WORDS[source] },
  {
    id: 'seen',
    head: 'Last seen',
    hide: 'xl',
    end: true,
    className: 'w-32',
    cell: ({ lastSeen }) => <Time at={lastSeen} />,
  },
]

export function ExportAssets() {
  const [words] = useWords()
  const filter = toFilter(words)
  return (
    <ExportMenu
      name="assets"
      rows={() => gather((page) => api.get('/api/assets', { query: { ...filter, ...page } }), toExported)}
    />
  )
}

export function AssetList() {
  const { words, set, active, clear } = useFilters(FILTERS)
  const filter = toFilter(words)
  const query = usePage((page) => read('/api/assets', { query: { ...filter, ...page } }))
  return (
    <>
      <FilterBar label="Filter the assets" clear={clear}>
        <FilterText main label="Find an asset" value={words['q']} onChange={(q) => set({ q })} />
        <MoreFilters active={active - (words['q'] ? 1 : 0)}>
          <FilterText label="Owner" value={words['owner']} onChange={(owner) => set({ owner })} />
          <FilterSelect
            label="Any kind"
            value={words['kind']}
            options={ASSET_KINDS.map((kind) => ({ value: kind, label: kindName(kind) }))}
            onChange={(kind) => set({ kind })}
          />
          <FilterSelect
            label="Reached by anyone"
            value={words['exposure']}
            options={toOptions(EXPOSURE_WORDS)}
            onChange={(exposure) => set({ exposure })}
          />
          <FilterSelect
            label="Any data"
            value={words['dataClass']}
            options={toOptions(DATA_CLASS_WORDS)}
            onChange={(dataClass) => set({ dataClass })}
          />
          <FilterSelect
            label="Any environment"
            value={words['environment']}
            options={toOptions(ENVIRONMENT_WORDS)}
            onChange={(environment) => set({ environment })}
          />
          <FilterSelect
            label="Known from anywhere"
            value={words['source']}
            options={toOptions(SOURCE_WORDS)}
            onChange={(source) => set({ source })}
          />
          <FilterSelect
            label="In the register"
            value={words['retired']}
            options={[{ value: 'true', label: 'Left the register' }]}
            onChange={(retired) => set({ retired })}
          />
        </MoreFilters>
      </FilterBar>
      <List
        label="Assets"
        columns={COLUMNS}
        page={query}
        rowKey={({ id }) => id}
        waitingRows={10}
        noun="asset"
        clear={clear}
        hint="Words are looked for in names and ids; an owner is compared as a whole, in any of the three roles."
        empty={
          <EmptyState
            icon={Boxes}
            title="Nothing is registered yet"
            action={
              <ButtonLink to="/discovery/scans" search={{ new: 'source' }}>
                Scan a repository
              </ButtonLink>
            }
          >
            Models, data, prompts, tools and agents appear here when somebody registers them, when a file beside the
            code declares them (<code className="font-mono text-xs">parapet apply</code>), or when a scan or the gateway
            sees them.
          </EmptyState>
        }
      />
    </>
  )
}

const isTrue = (word: string | undefined) => (word === 'true' ? true : undefined)

function toFilter(words: Search) {
  return {
    text: words['q'],
    owner: words['owner'],
    kind: ASSET_KINDS.find((kind) => kind === words['kind']),
    exposure: oneOf(EXPOSURE_WORDS, words['exposure']),
    dataClass: oneOf(DATA_CLASS_WORDS, words['dataClass']),
    environment: oneOf(ENVIRONMENT_WORDS, words['environment']),
    source: oneOf(SOURCE_WORDS, words['source']),
    unowned: isTrue(words['unowned']),
    retired: isTrue(words['retired']),
  }
}

function toExported({ owners, links, tags, ...plain }: Asset) {
  return {
    ...plain,
    businessOwner: owners.business,
    dataOwner: owners.data,
    riskOwner: owners.risk,
    tags: tags.join(' '),
    links: links.map(({ kind, to }) => `${kind} ${to}`).join(', '),
  }
}
