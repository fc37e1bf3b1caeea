// What scans found wrong, the gravest first: where it is, which threat it opens and which control is missing, how it is
// mended. One that stays as it is has somebody who answers for it and a day on which it comes back.
import { useQuery } from '@tanstack/react-query'
import { ScanSearch, ShieldCheck } from 'lucide-react'
import type { FindingState } from '../../../src/model/discovery.ts'
import { api, read, type Reply } from '../../api.ts'
import { begun, toTitleOfId, toWords } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useFilters } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText, MoreFilters } from '../../ui/filter-bar.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { LEVEL_OF } from '../attack-paths/level-of.ts'
import { oneOf, toOptions } from '../inventory/words.ts'
import { FilterSystem } from '../system/filter-system.tsx'
import { DownloadMenu } from './download-menu.tsx'
import { FilterSource, SourceName, useSources } from './filter-source.tsx'
import { FindingDrawer } from './finding-drawer.tsx'
import { Place } from './place-list.tsx'
import { SeverityTiles } from './severity-tiles.tsx'
import { FINDING_WORDS, placeWords, SEVERITIES } from './words.ts'

type Finding = Reply<'GET', '/api/scan-findings'>['items'][number]

const FILTERS = ['severity', 'rule', 'state', 'source', 'system'] as const

function toFilter({ severity, rule, state, source, system }: Search) {
  const shown: FindingState | undefined = state === 'any' ? undefined : (oneOf(FINDING_WORDS, state) ?? 'open')
  return { state: shown, severity: SEVERITIES.find((one) => one === severity), rule, source, system }
}

const COLUMNS: readonly Column<Finding>[] = [
  {
    id: 'severity',
    head: 'Severity',
    className: 'w-24 md:w-28',
    cell: ({ severity }) => <LevelTag is={LEVEL_OF[severity]}>{severity}</LevelTag>,
  },
  {
    id: 'what',
    head: 'Finding',
    cell: ({ id, title, subject, state, rule }) => (
      <>
        <RowLink to="." search={(before: Search) => ({ ...before, finding: id })} resetScroll={false}>
          {begun(title)}
        </RowLink>
        <span className="block text-xs wrap-anywhere text-ink-3">
          {subject} · {rule}
        </span>
        {state !== 'open' && <Badge>{FINDING_WORDS[state]}</Badge>}
      </>
    ),
  },
  {
    id: 'where',
    head: 'Where',
    hide: 'md',
    className: 'w-80',
    cell: ({ place, about, source }) => (
      <>
        <Place is={about === 'model-file' ? place.file : placeWords(place)} />
        <span className="text-xs text-ink-3">
          in <SourceName id={source} />
        </span>
      </>
    ),
  },
  {
    id: 'control',
    head: 'Missing control',
    hide: 'lg',
    className: 'w-52',
    cell: ({ controls }) => controls.slice(0, 2).map(toTitleOfId).join(', '),
  },
  {
    id: 'seen',
    head: 'First seen',
    hide: 'xl',
    end: true,
    className: 'w-32',
    cell: ({ firstSeen }) => <Time at={firstSeen} />,
  },
]

export function ScanFindings() {
  const { words, set, clear } = useFilters(FILTERS)
  const filter = toFilter(words)
  const hasSources = useSources().data?.items.length !== 0
  const query = usePage((page) => read('/api/scan-findings', { query: { ...filter, ...page } }))
  return (
    <Page
      wide
      title="Findings"
      lead="What scans found wrong in code, configuration and model files. A finding goes when a scan does not meet it any more."
      actions={
        <>
          <SarifOf source={words['source']} />
          <ExportMenu
            name="findings"
            rows={() => gather((page) => api.get('/api/scan-findings', { query: { ...filter, ...page } }), toRow)}
          />
        </>
      }
    >
      {!words['state'] && hasSources && (
        <div className="mb-4">
          <SeverityTiles source={filter.source} system={filter.system} rule={filter.rule} />
        </div>
      )}
      <FilterBar label="Filter the findings" clear={clear}>
        <FilterSelect
          label="Open"
          value={words['state']}
          options={[
            ...toOptions(FINDING_WORDS).filter(({ value }) => value !== 'open'),
            { value: 'any', label: 'In any state' },
          ]}
          onChange={(state) => set({ state })}
        />
        <FilterSelect
          label="Any severity"
          value={words['severity']}
          options={SEVERITIES.map((one) => ({ value: one, label: toWords(one) }))}
          onChange={(severity) => set({ severity })}
        />
        <MoreFilters active={['rule', 'source', 'system'].filter((name) => words[name]).length}>
          <FilterText label="Rule" value={words['rule']} onChange={(rule) => set({ rule })} />
          <FilterSource />
          <FilterSystem />
        </MoreFilters>
      </FilterBar>
      <List
        label="Findings of scans"
        columns={COLUMNS}
        page={query}
        rowKey={({ id }) => id}
        noun="finding"
        clear={clear}
        hint={
          <>
            A rule is compared as a whole, as in <code className="font-mono text-xs">unpinned-model</code>.
          </>
        }
        empty={hasSources ? <NoneOpen /> : <NothingScanned />}
      />
      {words['finding'] && <FindingDrawer id={words['finding']} onClose={() => set({ finding: undefined })} />}
    </Page>
  )
}

/** SARIF is of one scan: the newest of the chosen source, or the newest of all. */
function SarifOf({ source }: { source: string | undefined }) {
  const sources = useSources()
  const { data } = useQuery(read('/api/scans', { query: { source, state: 'done', limit: 20 } }))
  const sourceOf = (id: string) => sources.data?.items.find((one) => one.id === id)
  const scan = data?.items.find((one) => !/^(?:traffic|bom)$/.test(sourceOf(one.source)?.kind ?? ''))
  if (!scan) return null
  const name = sourceOf(scan.source)?.name ?? scan.id
  return <DownloadMenu scan={scan.id} name={name} formats={['sarif']} label={`SARIF of ${name}`} />
}

/** What was never looked at is not known to be fine. */
function NothingScanned() {
  return (
    <EmptyState
      icon={ScanSearch}
      title="Nothing was scanned yet"
      action={
        <ButtonLink variant="primary" to="/discovery/scans" search={{ new: 'source' }}>
          Add a repository
        </ButtonLink>
      }
    >
      Findings come from scans of code, configuration and model files. Whether anything is wrong is not known until
      then.
    </EmptyState>
  )
}

function NoneOpen() {
  return (
    <EmptyState
      icon={ShieldCheck}
      title="No finding is open"
      action={<ButtonLink to="/discovery/scans">See what was scanned</ButtonLink>}
    >
      That says something only of what was scanned: each scan lists the files that it did not look at.
    </EmptyState>
  )
}

const toRow = ({ place, suppression, ...plain }: Finding) => ({
  ...plain,
  file: place.file,
  line: place.line,
  commit: place.commit,
  answersForIt: suppression?.owner,
  until: suppression?.until,
})
