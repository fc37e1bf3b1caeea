// Where something is written: file, line and commit, in the order in which the scan trusts them.
import { plural } from '../../lib/format.ts'
import { placeWords } from './words.ts'

interface Written {
  file: string
  line: number
  commit?: string | undefined
}

const SHOWN = 12

export function PlaceList({ places }: { places: readonly Written[] }) {
  if (places.length === 0) return <p className="text-sm text-ink-2">No place in a file: it was seen, not read.</p>
  return (
    <>
      <ul className="grid gap-1 font-mono text-xs wrap-anywhere">
        {places.slice(0, SHOWN).map((place) => (
          <li key={placeWords(place)}>
            {placeWords(place)}
            {place.commit && <span className="text-ink-3"> at {place.commit.slice(0, 12)}</span>}
          </li>
        ))}
      </ul>
      {places.length > SHOWN && (
        <p className="mt-1 text-xs text-ink-3">and {plural(places.length - SHOWN, 'other place')}</p>
      )}
    </>
  )
}

/** A path breaks before the name of the file rather than in the middle of it. */
export function Place({ is }: { is: string }) {
  const last = is.lastIndexOf('/') + 1
  return (
    <code className="block font-mono text-xs wrap-anywhere">
      {is.slice(0, last)}
      <wbr />
      {is.slice(last)}
    </code>
  )
}

/** For a row of a table: the first, and how many there are besides. */
export function FirstPlace({ places }: { places: readonly Written[] }) {
  const [first] = places
  if (!first) return <span className="text-ink-3">seen in traffic</span>
  return (
    <span className="block min-w-0">
      <Place is={placeWords(first)} />
      {places.length > 1 && <span className="text-xs text-ink-3">and {places.length - 1} more</span>}
    </span>
  )
}
