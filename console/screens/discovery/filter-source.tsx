// Sources of scans: by name, and as what narrows a list.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { useWords } from '../../lib/words.ts'
import { FilterThing } from '../../ui/filter-bar.tsx'

export function useSources() {
  return useQuery({ ...read('/api/scan-sources', { query: { limit: 200 } }), staleTime: 30_000 })
}

/** What people call it; the gateway's own sightings have a source without a row. */
export function SourceName({ id }: { id: string }) {
  const known = useSources().data?.items.find((one) => one.id === id)
  return <>{known?.name ?? (id === 'gateway' ? 'Gateway traffic' : id)}</>
}

export function FilterSource() {
  const [{ source }, set] = useWords()
  return <FilterThing of="Source" value={source} known={useSources().data} onChange={(id) => set({ source: id })} />
}
