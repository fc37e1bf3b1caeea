// Narrows a list to one system.
import { useWords } from '../../lib/words.ts'
import { FilterThing } from '../../ui/filter-bar.tsx'
import { useSystems } from './system-names.tsx'

/** `word` is its name in the address. */
export function FilterSystem({ word = 'system' }: { word?: 'system' | 'asset' }) {
  const [words, set] = useWords()
  return (
    <FilterThing of="System" value={words[word]} known={useSystems().data} onChange={(id) => set({ [word]: id })} />
  )
}
