// The matrix and the periodic table of the AI Exchange over one's own systems: which threats concern them, and how much of
// what counters each is proven. A tile opens the systems behind it.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { api, read, type Reply } from '../../api.ts'
import { download } from '../../lib/export.ts'
import { formatNumber } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { AsOf, PastNotice, useAt } from '../../ui/as-of.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/class.ts'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { toastError } from '../../ui/toast.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterSystem } from '../system/filter-system.tsx'
import { CoverageMatrix } from './coverage-matrix.tsx'
import { CoverageTable } from './coverage-table.tsx'
import { LEGENDS, type Layer } from './shade.ts'
import { ThreatSystems } from './threat-systems.tsx'

export function ThreatMatrix() {
  const [{ threat, system, tag, layer: named }, set] = useWords()
  const at = useAt()
  const view = useTab(['matrix', 'periodic'])
  const layer: Layer = named === 'applies' ? 'applies' : 'proven'
  const filter = { system: system === undefined ? undefined : [system], tag, at }
  const query = useQuery({ ...read('/api/matrix', { query: filter }), placeholderData: keepPreviousData })
  const isNarrowed = system !== undefined || tag !== undefined
  return (
    <Page
      wide
      title="Threat matrix"
      lead="What threatens your systems, and how much of what counters each threat is proven today. No proof, no colour."
      actions={
        <>
          <NavigatorLayer filter={filter} />
          <ExportMenu name="threat-matrix" rows={() => ({ rows: (query.data?.threats ?? []).map(toExported) })} />
        </>
      }
      tabs={
        <Tabs
          label="Arranged as"
          chosen={view}
          tabs={[
            { id: 'matrix', name: 'Matrix' },
            { id: 'periodic', name: 'Periodic table' },
          ]}
        />
      }
    >
      <PastNotice />
      <FilterBar
        label="Filter the systems"
        clear={isNarrowed ? () => set({ system: undefined, tag: undefined }) : undefined}
      >
        {view === 'matrix' && (
          <FilterSelect
            label="Coloured by what is proven"
            value={named}
            options={[{ value: 'applies', label: 'Coloured by what applies' }]}
            onChange={(value) => set({ layer: value })}
          />
        )}
        <FilterSystem />
        <FilterTag />
        <AsOf />
        {query.data && (
          <p className="ml-auto text-xs text-ink-3">
            over {formatNumber(query.data.systems)} {query.data.systems === 1 ? 'system' : 'systems'}
          </p>
        )}
      </FilterBar>
      <Legend layer={view === 'matrix' ? layer : 'proven'} />
      <Loaded query={query}>
        {(data) => (
          <div className={cx('transition-opacity', query.isPlaceholderData && 'opacity-60')}>
            {view === 'matrix' ? <CoverageMatrix data={data} layer={layer} /> : <CoverageTable data={data} />}
            {threat && (
              <ThreatSystems
                cell={data.threats.find(({ id }) => id === threat)}
                threat={threat}
                onClose={() => set({ threat: undefined })}
              />
            )}
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function FilterTag() {
  const [{ tag }, set] = useWords()
  const { data } = useQuery(read('/api/systems', { query: { limit: 200 } }))
  const tags = [...new Set([...(data?.items.flatMap((one) => one.tags) ?? []), ...(tag ? [tag] : [])])].toSorted()
  if (tags.length === 0) return null
  return <FilterSelect label="Any tag" value={tag} options={tags} onChange={(value) => set({ tag: value })} />
}

function Legend({ layer }: { layer: Layer }) {
  return (
    <ul aria-label="What the colours mean" className="mb-4 flex flex-wrap gap-x-4 gap-y-1.5 text-xs text-ink-2">
      {LEGENDS[layer].map(({ name, tile, edge }) => (
        <li key={name} className="flex items-center gap-1.5">
          <span aria-hidden className={cx('h-3.5 w-5 rounded-xs border-l-3', tile, edge)} />
          {name}
        </li>
      ))}
    </ul>
  )
}

interface LayerFilter {
  system: string[] | undefined
  tag: string | undefined
  at: string | undefined
}

function NavigatorLayer({ filter }: { filter: LayerFilter }) {
  async function save() {
    try {
      const layer = await api.get('/api/matrix/layer', { query: filter })
      download('parapet-navigator-layer.json', 'application/json', `${JSON.stringify(layer, null, 2)}\n`)
    } catch (error) {
      toastError(error)
    }
  }
  return (
    <Button icon={Download} onClick={() => void save()} title="By techniques of MITRE ATLAS, for the ATT&CK Navigator">
      Navigator layer
    </Button>
  )
}

function toExported({ counts, parts, ...cell }: Reply<'GET', '/api/matrix'>['threats'][number]) {
  return { ...cell, ...counts, ...Object.fromEntries(Object.entries(parts).map(([is, n]) => [`controls-${is}`, n])) }
}
