// What says nothing is left out. Who only writes BOMs needs no checks of other people's.

/** Lists that say something by being empty: no place is known, and readers of graphs expect the list of each part. */
const SAID_EMPTY = new Set(['occurrences', 'dependsOn'])

/** Without members that say nothing, so that equal parts are equal objects. */
export function lean<T>(value: T): T {
  if (Array.isArray(value)) return value.map(lean) as T
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    const clean = lean(member)
    const says =
      clean !== undefined && !(typeof clean === 'object' && clean !== null && Object.keys(clean).length === 0)
    return says || SAID_EMPTY.has(key) ? [[key, clean] as const] : []
  })
  return Object.fromEntries(kept) as T
}
