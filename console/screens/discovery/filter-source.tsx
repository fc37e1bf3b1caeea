// Narrows a list to what one source of scans gave.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { useWords } from '../../lib/words.ts'
import { FilterSelect } from '../../ui/filter-bar.tsx'

export function useSources() {
  return useQuery({ ...read('/api/scan-sources', { query: { limit: 200 } }), staleTime: 30_000 })
}

export function FilterSource() {
  const [{ source }, set] = useWords()
  const { data } = useSources()
  const options = data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
  const known = source === undefined || options.some(({ value }) => value === source)
  return (
    <FilterSelect
      label="Any source"
      value={source}
      options={known ? options : [...options, { value: source, label: source }]}
      onChange={(id) => set({ source: id })}
    />
  )
}
