// Several watches over one text as one. What one of them stops is stopped: the cuts of the others must not mend it.
import type { Watch, Watched } from '../guard.ts'
import { readWhole } from '../whole.ts'

export function together(...watches: readonly Watch[]): Watch {
  return {
    push: (piece) => joined(watches.map((watch) => watch.push(piece))),
    end: () => joined(watches.map((watch) => watch.end())),
    whole: (text) => joined(watches.map((watch) => readWhole(watch, text))),
  }
}

function joined(seen: readonly Watched[]): Watched {
  const isStopped = seen.some(({ findings, cuts }) => findings.length > 0 && cuts.length === 0)
  return {
    safe: Math.min(Number.POSITIVE_INFINITY, ...seen.map(({ safe }) => safe)),
    findings: seen.flatMap(({ findings }) => findings),
    cuts: isStopped ? [] : seen.flatMap(({ cuts }) => cuts),
    notes: seen.flatMap(({ notes = [] }) => notes),
  }
}
