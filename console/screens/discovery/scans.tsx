// What was looked at and when: each scan with what came of it, and the sources that are scanned again.
import { GitBranch, ScanSearch, Upload } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useFilters, useWords } from '../../lib/words.ts'
import { useMay } from '../../session.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import { oneOf, toOptions } from '../inventory/words.ts'
import { AddSource } from './add-source.tsx'
import { FilterSource, useSources } from './filter-source.tsx'
import { ScanProgress } from './scan-progress.tsx'
import { Sources } from './sources.tsx'
import { UploadScan } from './upload-scan.tsx'
import { SCAN_TONE, SCAN_WORDS, SOURCE_WORDS } from './words.ts'

type Scan = Reply<'GET', '/api/scans'>['items'][number]

export function Scans() {
  const tab = useTab(['scans', 'sources'])
  const [words, set] = useWords()
  const may = useMay()
  const close = () => set({ new: undefined })
  return (
    <Page
      wide
      title="Scans"
      lead="Repositories, uploads and logs are read and never run. Each scan says what it found, and what it did not look at."
      actions={
        may('scan:write') && (
          <>
            <Button icon={Upload} onClick={() => set({ new: 'upload' })}>
              Upload
            </Button>
            <Button variant="primary" icon={GitBranch} onClick={() => set({ new: 'source' })}>
              Add a repository
            </Button>
          </>
        )
      }
      tabs={
        <Tabs
          label="What to list"
          chosen={tab}
          tabs={[
            { id: 'scans', name: 'Scans' },
            { id: 'sources', name: 'Sources' },
          ]}
        />
      }
    >
      {tab === 'scans' ? <ScanList /> : <Sources />}
      {words['new'] === 'source' && may('scan:write') && <AddSource onClose={close} />}
      {words['new'] === 'upload' && may('scan:write') && <UploadScan onClose={close} />}
    </Page>
  )
}

const FILTERS = ['source', 'state'] as const

function ScanList() {
  const { words, set, clear } = useFilters(FILTERS)
  const sources = useSources()
  const query = usePage((page) =>
    read('/api/scans', {
      query: { source: words['source'], state: oneOf(SCAN_WORDS, words['state']), ...page },
    }),
  )
  const sourceOf = (id: string) => sources.data?.items.find((one) => one.id === id)
  return (
    <>
      <FilterBar label="Filter the scans" clear={clear}>
        <FilterSource />
        <FilterSelect
          label="Any state"
          value={words['state']}
          options={toOptions(SCAN_WORDS)}
          onChange={(state) => set({ state })}
        />
      </FilterBar>
      <List
        label="Scans"
        columns={columnsOf(sourceOf)}
        page={query}
        rowKey={({ id }) => id}
        noun="scan"
        clear={clear}
        empty={<Nothing />}
      />
    </>
  )
}

type Source = Reply<'GET', '/api/scan-sources'>['items'][number]

function columnsOf(sourceOf: (id: string) => Source | undefined): readonly Column<Scan>[] {
  return [
    {
      id: 'source',
      head: 'Scanned',
      cell: ({ id, source, commit }) => (
        <>
          <RowLink to="/discovery/scans/$id" params={{ id }} className="wrap-anywhere">
            {sourceOf(source)?.name ?? source}
          </RowLink>
          <span className="block text-xs text-ink-3">
            {SOURCE_WORDS[sourceOf(source)?.kind ?? 'submitted']}
            {commit && ` at ${commit.slice(0, 12)}`}
          </span>
        </>
      ),
    },
    {
      id: 'state',
      head: 'State',
      className: 'w-24 md:w-44',
      cell: (scan) => (
        <>
          <Badge tone={SCAN_TONE[scan.state]}>{SCAN_WORDS[scan.state]}</Badge>
          <ScanProgress scan={scan} brief />
        </>
      ),
    },
    {
      id: 'found',
      head: 'Found',
      hide: 'md',
      className: 'w-52',
      cell: ({ summary }) => summary && <FoundBrief summary={summary} />,
    },
    {
      id: 'missed',
      head: 'Not looked at',
      hide: 'lg',
      className: 'w-36',
      cell: ({ summary }) =>
        summary && (summary.missed > 0 ? <Badge tone="warn">{plural(summary.missed, 'file')}</Badge> : 'nothing'),
    },
    { id: 'at', head: 'When', end: true, className: 'w-28 md:w-32', cell: ({ createdAt }) => <Time at={createdAt} /> },
  ]
}

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0)

function FoundBrief({ summary: { things, findings, modelFiles } }: { summary: NonNullable<Scan['summary']> }) {
  const bad = modelFiles.malicious
  return (
    <>
      <span className="block">
        {plural(sum(things), 'part')}, {plural(sum(findings), 'finding')}
      </span>
      {bad > 0 && <Badge tone="bad">{plural(bad, 'malicious model file')}</Badge>}
    </>
  )
}

function Nothing() {
  const [, set] = useWords()
  const may = useMay()
  return (
    <EmptyState
      icon={ScanSearch}
      title="Nothing was scanned yet"
      action={
        may('scan:write') ? (
          <Button variant="primary" icon={GitBranch} onClick={() => set({ new: 'source' })}>
            Add a repository
          </Button>
        ) : (
          <ButtonLink to="/inventory">Open the inventory</ButtonLink>
        )
      }
    >
      Add a repository, upload an archive, or scan in a pipeline and send the result:{' '}
      <code className="font-mono text-xs">parapet discover . --submit</code>
    </EmptyState>
  )
}
