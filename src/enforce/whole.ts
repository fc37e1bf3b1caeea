// Watches over texts that need not go out letter by letter: those that are here whole, and those that a guard only
// observes. Both are read in large pieces, which costs a fraction of many small ones.
import type { Watch, Watched } from './guard.ts'

/** How much of a stream gathers before a guard that only observes it looks. */
const PIECE = 2048
const SILENT: Watched = { safe: Number.POSITIVE_INFINITY, findings: [], cuts: [] }

export function readWhole(watch: Watch, text: string): Watched {
  if (watch.whole !== undefined) return watch.whole(text)
  const pushed = watch.push(text)
  return after(pushed, watch.end())
}

export function inLargePieces(watch: Watch): Watch {
  let held = ''
  let isFresh = true
  return {
    isFirst: watch.isFirst === true,
    push(text) {
      held += text
      if (held.length < PIECE) return SILENT
      const piece = held
      held = ''
      isFresh = false
      return watch.push(piece)
    },
    end() {
      if (isFresh) return readWhole(watch, held)
      const pushed = held === '' ? SILENT : watch.push(held)
      return after(pushed, watch.end())
    },
    whole: (text) => readWhole(watch, text),
  }
}

function after(pushed: Watched, ended: Watched): Watched {
  return {
    safe: ended.safe,
    findings: [...pushed.findings, ...ended.findings],
    cuts: [...pushed.cuts, ...ended.cuts],
    notes: [...(pushed.notes ?? []), ...(ended.notes ?? [])],
  }
}
