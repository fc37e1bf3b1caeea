// Narrows a list to one system. While there are few enough to choose from they stand by name; beyond that one types an id.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { useWords } from '../../lib/words.ts'
import { FilterSelect, FilterText } from '../../ui/filter-bar.tsx'

export function FilterSystem() {
  const [{ system }, set] = useWords()
  const { data } = useQuery(read('/api/systems', { query: { limit: 200 } }))
  const options = data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
  const choose = (id: string | undefined) => set({ system: id })
  if (data?.next !== undefined)
    return (
      <FilterText label="System" value={system} suggestions={options.map(({ value }) => value)} onChange={choose} />
    )
  const known = system === undefined || options.some(({ value }) => value === system)
  const all = known ? options : [...options, { value: system, label: system }]
  return <FilterSelect label="Any system" value={system} options={all} onChange={choose} />
}
