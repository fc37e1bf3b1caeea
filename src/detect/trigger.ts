// What the triggers of several detectors have in common: one table that tells of each character which of them it may set
// off, so that one pass over a text serves them all.
import type { Seek, Trigger } from './define.ts'
import type { Text } from './text.ts'

export interface TriggerTable {
  /** Unit → index into `sets`; 0: sets nothing off. */
  of: Uint8Array
  /** Numbers of triggers. */
  sets: readonly (readonly number[])[]
}

export function toTable(triggers: readonly Trigger[]): TriggerTable {
  const of = new Uint8Array(65_536)
  const sets: (readonly number[])[] = [[]]
  const grown = new Map<string, number>()
  for (const [number, { first }] of triggers.entries()) {
    for (const unit of unitsOf(first)) {
      const set = of[unit] ?? 0
      const key = `${set} ${number}`
      if (!grown.has(key)) grown.set(key, sets.push([...(sets[set] ?? []), number]) - 1)
      of[unit] = grown.get(key) ?? 0
    }
  }
  if (sets.length > 256) throw new TypeError('the triggers begin with too many different sets of characters')
  return { of, sets }
}

/** Characters and ranges, as between the brackets of a pattern. */
export function* unitsOf(first: string): Generator<number> {
  for (let i = 0; i < first.length; i++) {
    const isRange = first[i + 1] === '-' && i + 2 < first.length
    const last = first.charCodeAt(isRange ? i + 2 : i)
    for (let unit = first.charCodeAt(i); unit <= last; unit++) yield unit
    if (isRange) i += 2
  }
}

/** Where the hit that begins at this place ends; 0: there is none. */
export function endOfHit({ hit }: Trigger, text: Text, at: number): number {
  if (typeof hit === 'function') return hit(text, at)
  hit.lastIndex = at
  return hit.test(text.string) ? hit.lastIndex : 0
}

/** Whether a text holds any hit at all. */
export function toTest(trigger: Trigger | Seek): (text: Text) => boolean {
  if (typeof trigger === 'function') return (text) => trigger(text, 0) !== undefined
  const { of } = toTable([trigger])
  return (text) => {
    for (let at = 0; at < text.string.length; at++)
      if (of[text.units[at] ?? 0] !== 0 && endOfHit(trigger, text, at) > 0) return true
    return false
  }
}
