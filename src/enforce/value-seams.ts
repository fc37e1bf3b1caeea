// Values that stand side by side in calls, as a tool may put them together. Of all of them in a row it cannot be said where
// a key begins and ends: the value before it may end in letters, and so may the one behind begin. So few of them are read
// at a time, as far as nothing white stands between.
import { REACH } from './adjoining.ts'

/** A key that lies over so many values is found wherever it begins and ends among others. */
const MOST = 4
/** No key that anybody knows by its looks is shorter. */
const SHORTEST = 16
const WHITE = /\s/
const LAST_WORD = /\S*$/

/** The ends that meet, for each row of values that ends at `from` or behind it. */
export function* meetingEnds(values: readonly string[], from = 1): Generator<readonly string[]> {
  for (let last = from; last < values.length; last++) {
    const row = [headOf(values[last] ?? '')]
    if (row[0] === '') continue
    for (let first = last - 1; first >= 0 && last - first < MOST; first--) {
      const value = values[first] ?? ''
      const tail = tailOf(value)
      if (tail === '') break
      row.unshift(tail)
      if (row.reduce((sum, { length }) => sum + length, 0) >= SHORTEST) yield [...row]
      if (tail.length < value.length) break
    }
  }
}

/** What a key that goes on behind the values may begin with. */
export function* openEnds(values: readonly string[]): Generator<string> {
  let end = ''
  for (const value of values.toReversed().slice(0, MOST - 1)) {
    const tail = tailOf(value)
    if (tail === '') return
    end = tail + end
    yield end
    if (tail.length < value.length) return
  }
}

/** What of the values may still meet others that follow. */
export function lastOf(values: readonly string[]): string[] {
  return values.slice(1 - MOST).map((value) => value.slice(-REACH - 1))
}

function headOf(value: string): string {
  const head = value.slice(0, REACH)
  const white = head.search(WHITE)
  return white < 0 ? head : head.slice(0, white)
}

const tailOf = (value: string): string => LAST_WORD.exec(value.slice(-REACH))?.[0] ?? ''
