// Pages that show what one scan found: the scan that the address names, or else the newest that fits.
import { useQuery } from '@tanstack/react-query'
import { ScanSearch } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ScanSourceKind } from '../../../src/model/scan.ts'
import { read, type Reply } from '../../api.ts'
import { formatDay } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { FilterSelect } from '../../ui/filter-bar.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useSources } from './filter-source.tsx'

type Scan = Reply<'GET', '/api/scans'>['items'][number]
type Source = Reply<'GET', '/api/scan-sources'>['items'][number]

/** Where something can be scanned or uploaded. */
type Place = '/discovery/scans' | '/discovery/model-files' | '/discovery/shadow-ai'

interface ChosenScanProps {
  /** Whether a scan has something for this page. */
  fits: (scan: Scan, kind: ScanSourceKind | undefined) => boolean
  empty: { title: string; says: ReactNode; action: string; to: Place }
  /** What stands around it while there is no scan, where the page itself depends on one. */
  page?: (nothing: ReactNode) => ReactNode
  children: (scan: Scan, source: Source | undefined, chooser: ReactNode) => ReactNode
}

const alone = (nothing: ReactNode) => nothing

export function ChosenScan({ fits, empty, page = alone, children }: ChosenScanProps) {
  const [words, set] = useWords()
  const sources = useSources()
  const query = useQuery(read('/api/scans', { query: { state: 'done', limit: 200 } }))
  const sourceOf = (id: string) => sources.data?.items.find((one) => one.id === id)
  if (sources.isPending) return page(<Loaded query={sources}>{() => null}</Loaded>)
  return (
    <Loaded query={query}>
      {({ items }) => {
        const fitting = items.filter((scan) => fits(scan, sourceOf(scan.source)?.kind))
        const named = items.find(({ id }) => id === words['scan'])
        const scan = named ?? fitting[0]
        if (!scan)
          return page(
            <EmptyState
              icon={ScanSearch}
              title={empty.title}
              action={
                <ButtonLink
                  variant="primary"
                  to={empty.to}
                  search={{ new: empty.to === '/discovery/scans' ? 'source' : 'upload' }}
                >
                  {empty.action}
                </ButtonLink>
              }
            >
              {empty.says}
            </EmptyState>,
          )
        const shown = fitting.some(({ id }) => id === scan.id) ? fitting : [scan, ...fitting]
        const chooser = (
          <FilterSelect
            label="The newest scan"
            value={named?.id}
            options={shown.map(({ id, source, endedAt, createdAt }) => ({
              value: id,
              label: `${sourceOf(source)?.name ?? source}, ${formatDay(endedAt ?? createdAt)}`,
            }))}
            onChange={(id) => set({ scan: id })}
          />
        )
        return children(scan, sourceOf(scan.source), chooser)
      }}
    </Loaded>
  )
}
