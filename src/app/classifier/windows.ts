// A model reads so many tokens at a time and is blind behind them. A long text is therefore read in windows that overlap,
// so that no sentence is only ever seen in halves.
import type { Pieces } from './word-piece.ts'

export interface TokenWindow {
  ids: number[]
  start: number
  end: number
}

/** `size` counts the two marks that open and close a window. */
export function toWindows({ ids, starts, ends }: Pieces, { begin, end }: { begin: number; end: number }, size: number) {
  const holds = size - 2
  const step = Math.max(1, holds - (holds >> 3))
  const windows: TokenWindow[] = []
  for (let from = 0; from === 0 || from + holds - step < ids.length; from += step) {
    const to = Math.min(ids.length, from + holds)
    windows.push({ ids: [begin, ...ids.slice(from, to), end], start: starts[from] ?? 0, end: ends[to - 1] ?? 0 })
  }
  return windows
}
