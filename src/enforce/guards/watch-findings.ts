// A guard's watch over one text, made of the detection engine's scan: which findings count, and what follows from each.
// Findings that overlap are one place, so that a place is never replaced in part and its value is known whole.
import type { Engine } from '../../detect/engine.ts'
import { Failure } from '../../lib/failure.ts'
import type { Finding } from '../../model/finding.ts'
import type { Cut, TextKind, Watch, Watched } from '../guard.ts'

/** The stronger stands further right. */
export const TREATMENTS = ['note', 'replace', 'block'] as const
type Treatment = (typeof TREATMENTS)[number]

export interface Wants {
  /** Undefined where it does not count. */
  treat(finding: Finding): Treatment | undefined
  /** What to put in place of a value that is to be replaced. */
  replace(value: string, finding: Finding): string
  /** Whether a place is to be left alone; undefined until more of the text has come. */
  passesOver?(place: Place): boolean | undefined
}

interface Place {
  start: number
  end: number
  findings: Finding[]
}

/** Where a text is whole, nobody waits for any of it. */
const SILENT: Watched = { safe: Number.POSITIVE_INFINITY, findings: [], cuts: [] }

export function watchFindings(engine: Engine, { origin }: Pick<TextKind, 'origin'>, wants: Wants): Watch {
  const { passesOver = () => false } = wants
  const scanner = engine.open({ role: origin })
  let [text, base] = ['', 0]
  let waiting: Place[] = []

  function told({ findings, safe }: { findings: readonly Finding[]; safe: number }): Watched {
    if (scanner.isTruncated) throw new Failure('too_large', 'more was found than can be taken out')
    if (findings.length === 0 && waiting.length === 0) {
      letGo(safe)
      return { safe, findings: NONE, cuts: NONE }
    }
    const counted = findings.filter((finding) => wants.treat(finding) !== undefined)
    if (counted.length > 0) waiting = joined(waiting, counted)
    const unknown = waiting.findIndex((place) => place.end > safe || passesOver(place) === undefined)
    const known = waiting.splice(0, unknown < 0 ? waiting.length : unknown)
    const counting = known.filter((place) => passesOver(place) !== true)
    const seen = counting.map((place) => judged(place, text.slice(place.start - base, place.end - base), wants))
    const until = Math.min(safe, waiting[0]?.start ?? safe)
    letGo(until)
    const isStopped = seen.some(({ treatment }) => treatment === 'block')
    return {
      safe: until,
      findings: seen.flatMap(({ treatment, findings }) => (treatment === 'note' ? [] : findings)),
      cuts: isStopped ? [] : seen.flatMap(({ cut }) => cut ?? []),
      notes: seen.flatMap(({ treatment, findings }) => (treatment === 'note' ? findings : [])),
    }
  }

  function letGo(until: number): void {
    if (until <= base) return
    text = text.slice(until - base)
    base = until
  }

  return {
    push(piece) {
      text += piece
      return told(scanner.push(piece))
    },
    end: () => told(scanner.end()),
    whole(all) {
      const said = scanner.end(all)
      if (said.findings.length === 0) return SILENT
      text = all
      return told(said)
    },
  }
}

const NONE: readonly never[] = []

function joined(places: readonly Place[], findings: readonly Finding[]): Place[] {
  const all = [...places, ...findings.map((finding) => ({ ...spanOf(finding), findings: [finding] }))]
  const merged: Place[] = []
  for (const place of all.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last === undefined || place.start >= last.end) {
      merged.push({ ...place })
      continue
    }
    last.end = Math.max(last.end, place.end)
    last.findings = [...last.findings, ...place.findings]
  }
  return merged
}

const spanOf = ({ start, end }: Finding) => ({ start, end })

function judged(
  { start, end, findings }: Place,
  value: string,
  { treat, replace }: Wants,
): { treatment: Treatment; findings: readonly Finding[]; cut?: Cut } {
  const treatment = TREATMENTS.findLast((one) => findings.some((finding) => treat(finding) === one)) ?? 'note'
  if (treatment !== 'replace') return { treatment, findings }
  // The surest says what it is; of equals, the one that covers more.
  const [first] = findings
    .filter((finding) => treat(finding) === 'replace')
    .toSorted((a, b) => b.confidence - a.confidence || b.end - b.start - (a.end - a.start))
  return first === undefined
    ? { treatment, findings }
    : { treatment, findings, cut: { start, end, put: replace(value, first) } }
}
