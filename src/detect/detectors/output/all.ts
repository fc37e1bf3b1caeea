// Every match of a pattern in a window, as findings.
import type { Match } from '../../define.ts'

type Said = Omit<Match, 'start' | 'end'>

/** `say` may refuse a match. The pattern must be global and bounded. */
export function all(
  window: string,
  pattern: RegExp,
  say: (found: RegExpMatchArray, at: number) => Said | undefined,
): Match[] {
  const matches: Match[] = []
  // Not `matchAll`, which copies the pattern each time: most windows hold no match.
  pattern.lastIndex = 0
  for (let found = pattern.exec(window); found; found = pattern.exec(window)) {
    const [{ length }, at] = [found[0], found.index]
    const said = say(found, at)
    if (said) matches.push({ start: at, end: at + length, ...said })
    pattern.lastIndex = at + Math.max(1, length)
  }
  return matches
}

/** Of several patterns over one window, each place once: the surest word on it stays. */
export function surest(matches: readonly Match[]): Match[] {
  // In order of place and without overlap, so that two neighbours decide whether another one fits.
  const kept: Match[] = []
  for (const match of matches.toSorted((a, b) => b.confidence - a.confidence || a.start - b.start)) {
    let [low, high] = [0, kept.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((kept[middle]?.start ?? 0) < match.start) low = middle + 1
      else high = middle
    }
    const [previous, next] = [kept[low - 1], kept[low]]
    if ((!previous || previous.end <= match.start) && (!next || next.start >= match.end)) kept.splice(low, 0, match)
  }
  return kept
}
