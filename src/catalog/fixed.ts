// Values that nobody can change: a catalogue is shared by everything that runs, and a status derived from it must not
// depend on who held it before.

export type Fixed<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Fixed<Item>[]
    : { readonly [Key in keyof T]: Fixed<T[Key]> }

/** Freezes a value parsed from JSON, all the way down. */
export function fix<T>(value: T): Fixed<T> {
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null) continue
    Object.freeze(next)
    waiting.push(...Object.values(next))
  }
  return value as Fixed<T>
}

/** Object.freeze does not stop a Map from changing; this one refuses. */
export function fixedMap<Value>(entries: Iterable<readonly [string, Value]>): ReadonlyMap<string, Value> {
  const map = new Map(entries)
  for (const name of ['set', 'delete', 'clear']) Object.defineProperty(map, name, { value: refuse })
  return Object.freeze(map)
}

function refuse(): never {
  throw new TypeError('the catalogue cannot be changed')
}
