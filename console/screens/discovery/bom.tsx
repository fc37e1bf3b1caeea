// The bill of materials of what was scanned: its parts by kind, what is known of each, and what changed since the scan before.
import { Package } from 'lucide-react'
import type { ReactNode } from 'react'
import { read, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useFilters, useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { BomChanges } from './bom-changes.tsx'
import { BomCompared } from './bom-compared.tsx'
import { ChosenScan } from './chosen-scan.tsx'
import { DownloadMenu } from './download-menu.tsx'
import { PartDrawer } from './part-drawer.tsx'
import { FirstPlace } from './place-list.tsx'
import { BOM_WORDS } from './words.ts'

type Part = Reply<'GET', '/api/scans/:id/parts'>['items'][number]

const EMPTY = {
  title: 'There is no bill of materials yet',
  says: 'Scan a repository or upload one: its models, providers, tools, prompts, data and libraries are listed here and can be downloaded as CycloneDX or SPDX.',
  action: 'Scan something',
  to: '/discovery/scans',
} as const

export function BomPage() {
  const chosen = useTab(['parts', 'changes', 'seen'])
  const [words] = useWords()
  const head = { wide: true, title: 'Bill of materials' }
  return (
    <ChosenScan
      fits={(_, kind) => kind !== 'traffic'}
      empty={EMPTY}
      page={(nothing) => (
        <Page {...head} lead="What each scanned source is made of.">
          {nothing}
        </Page>
      )}
    >
      {(scan, source, chooser) => {
        // Only what somebody declared can be held against what was seen.
        const tab = chosen === 'seen' && source?.kind !== 'bom' ? 'parts' : chosen
        return (
          <Page
            {...head}
            lead={`What ${source?.name ?? 'the scanned source'} is made of, as ${source?.kind === 'bom' ? 'whoever wrote it' : 'its scan'} says.`}
            actions={
              <DownloadMenu
                scan={scan.id}
                name={source?.name ?? scan.id}
                formats={['cyclonedx', 'cyclonedx-1.6', 'spdx']}
              />
            }
            tabs={
              <Tabs
                label="About the bill of materials"
                chosen={tab}
                keep={words['scan'] ? { scan: words['scan'] } : {}}
                tabs={[
                  { id: 'parts', name: 'Parts' },
                  { id: 'changes', name: 'What changed' },
                  ...(source?.kind === 'bom' ? [{ id: 'seen' as const, name: 'Beside what scans saw' }] : []),
                ]}
              />
            }
          >
            {tab === 'parts' && <Parts scan={scan.id} chooser={chooser} />}
            {tab === 'changes' && <BomChanges scan={scan} chooser={chooser} />}
            {tab === 'seen' && source && <BomCompared scan={scan.id} source={source} chooser={chooser} />}
          </Page>
        )
      }}
    </ChosenScan>
  )
}

const isKind = (word: string | undefined): word is Part['kind'] => word !== undefined && Object.hasOwn(BOM_WORDS, word)

function Parts({ scan, chooser }: { scan: string; chooser: ReactNode }) {
  const { words, set, clear } = useFilters(['kind', 'q'])
  const { kind, q } = words
  const query = usePage((page) =>
    read('/api/scans/:id/parts', {
      params: { id: scan },
      query: { kind: isKind(kind) ? kind : undefined, text: q, ...page },
    }),
  )
  const counts = Object.entries(query.data?.counts ?? {})
  const part = query.data?.items.find(({ id }) => id === words['part'])
  return (
    <>
      <FilterBar label="Filter the parts" clear={clear}>
        <FilterText main label="Find a part" value={q} onChange={(text) => set({ q: text })} />
        {chooser}
        <FilterSelect
          label="Any kind"
          value={kind}
          options={counts.flatMap(([word, count]) =>
            isKind(word) ? [{ value: word, label: `${BOM_WORDS[word]} (${count})` }] : [],
          )}
          onChange={(word) => set({ kind: word })}
        />
      </FilterBar>
      <List
        label="Parts"
        columns={COLUMNS}
        page={query}
        rowKey={({ id }) => id}
        groupOf={({ kind: word }) => BOM_WORDS[word]}
        noun="part"
        clear={clear}
        empty={
          <EmptyState icon={Package} title="No part of an AI system was found">
            Nothing in what was scanned speaks with a model, holds one, or instructs one.
          </EmptyState>
        }
      />
      {part && <PartDrawer part={part} onClose={() => set({ part: undefined, cursor: words['cursor'] })} />}
    </>
  )
}

/** Of these a version can be expected; of an endpoint or a prompt it cannot. */
const VERSIONED: ReadonlySet<Part['kind']> = new Set([
  'application',
  'model',
  'dataset',
  'library',
  'framework',
  'container',
  'mcp-server',
  'serving',
])

const COLUMNS: readonly Column<Part>[] = [
  {
    id: 'name',
    head: 'Part',
    cell: ({ id, name }) => (
      <RowLink
        to="."
        search={(before: Search) => ({ ...before, part: id })}
        resetScroll={false}
        className="wrap-anywhere"
      >
        {name}
      </RowLink>
    ),
  },
  { id: 'version', head: 'Version', hide: 'md', className: 'w-40', cell: ({ version, kind }) => version ?? (VERSIONED.has(kind) && <span className="text-ink-3">not said</span>) }, // prettier-ignore
  {
    id: 'supplier',
    head: 'From',
    hide: 'lg',
    className: 'w-40',
    cell: ({ supplier }) => supplier,
  },
  {
    id: 'where',
    head: 'Where',
    hide: 'md',
    className: 'w-80',
    cell: ({ occurrences }) => <FirstPlace places={occurrences.map(({ file, line = 0 }) => ({ file, line }))} />,
  },
  {
    id: 'links',
    head: 'Leads to',
    hide: 'xl',
    end: true,
    className: 'w-28',
    cell: ({ links }) => links.length > 0 && plural(links.length, 'part'),
  },
]
