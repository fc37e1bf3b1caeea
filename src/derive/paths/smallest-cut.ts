// The fewest edges that meet every way, where there may be far too many ways to list: those that are known are met with
// as few edges as possible, and as long as another way gets past them, it is one more to meet. What ends this is the
// smallest there is. An edge may be gone along in more than one place of a pattern, so no flow alone can tell.

/** Ways that are looked at before a cut is taken for good enough. */
const MOST_WAYS = 60

export interface SmallestCut {
  cut: readonly number[]
  /** Whether no smaller one can be; else the work was too much. */
  isSmallest: boolean
}

/** Edges that may still be tried, for all that is cut in one search together. */
export interface Effort {
  tries: number
}

/** `wayPast` gives a way that goes along none of these edges. */
export function smallestCut(
  found: readonly number[],
  known: readonly (readonly number[])[],
  wayPast: (edges: readonly number[]) => readonly number[] | undefined,
  effort: Effort,
): SmallestCut {
  const ways = [...known]
  while (ways.length < MOST_WAYS) {
    const met = fewestThatMeet(ways, found.length, effort)
    if (met === undefined) break
    if (met.length === found.length) return { cut: found, isSmallest: true }
    const way = wayPast(met)
    if (way === undefined) return { cut: met, isSmallest: true }
    ways.push(way)
  }
  return { cut: found, isSmallest: false }
}

/** The fewest edges that meet these ways, or as many as are known to be enough; undefined where it takes too long. */
function fewestThatMeet(ways: readonly (readonly number[])[], enough: number, effort: Effort) {
  const chosen: number[] = []
  let fewest: readonly number[] = Array.from<number>({ length: enough })
  const choose = () => {
    const open = ways.find((way) => !way.some((edge) => chosen.includes(edge)))
    if (open === undefined) fewest = [...chosen]
    else if (chosen.length + 1 < fewest.length)
      for (const edge of open) {
        if (effort.tries-- <= 0) return
        chosen.push(edge)
        choose()
        chosen.pop()
      }
  }
  choose()
  return effort.tries > 0 ? fewest : undefined
}
