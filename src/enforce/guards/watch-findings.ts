// A guard's watch over one text, made of the detection engine's scan: which findings count, and what follows from each.
// Findings that overlap are one place, so that a place is never replaced in part and its value is known whole.
import type { Engine, Told } from '../../detect/engine.ts'
import type { Scanner } from '../../detect/scanner.ts'
import { endOf } from '../../detect/text.ts'
import { Failure } from '../../lib/failure.ts'
import type { Finding, Speaker } from '../../model/finding.ts'
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

const NONE: readonly never[] = []
/** Where a text is whole, nobody waits for any of it. */
const SILENT: Watched = { safe: Number.POSITIVE_INFINITY, findings: [], cuts: [] }

export function watchFindings(engine: Engine, { origin }: Pick<TextKind, 'origin'>, wants: Wants): Watch {
  return new FindingsWatch(engine, origin, wants)
}

class FindingsWatch implements Watch {
  readonly #engine: Engine
  readonly #speaker: Speaker
  readonly #wants: Wants
  /** Of a text that comes in pieces. */
  #scanner: Scanner | undefined
  /** What is still undecided of the text, and where in it that begins. */
  #text = ''
  #base = 0
  #waiting: readonly Place[] = NONE

  constructor(engine: Engine, speaker: Speaker, wants: Wants) {
    this.#engine = engine
    this.#speaker = speaker
    this.#wants = wants
  }

  push(piece: string): Watched {
    const scanner = (this.#scanner ??= this.#engine.open({ role: this.#speaker }))
    this.#text += piece
    const { findings, safe } = scanner.push(piece)
    return this.#told(findings, safe, scanner)
  }

  end(): Watched {
    const scanner = (this.#scanner ??= this.#engine.open({ role: this.#speaker }))
    const { findings, safe } = scanner.end()
    return this.#told(findings, safe, scanner)
  }

  whole(all: string): Watched {
    const found = this.#engine.find(all, this.#speaker)
    if (found.findings.length === 0) return SILENT
    this.#text = all
    return this.#told(found.findings, all.length, found)
  }

  #told(findings: readonly Finding[], safe: number, { isTruncated }: Pick<Told, 'isTruncated'>): Watched {
    const wants = this.#wants
    if (isTruncated) throw new Failure('too_large', 'more was found than can be taken out')
    if (findings.length === 0 && this.#waiting.length === 0) {
      this.#letGo(safe)
      return { safe, findings: NONE, cuts: NONE }
    }
    const counted = findings.filter((finding) => wants.treat(finding) !== undefined)
    let waiting: readonly Place[] = counted.length > 0 ? joined(this.#waiting, counted) : this.#waiting
    const unknown = waiting.findIndex(
      (place) => place.end > safe || (wants.passesOver !== undefined && wants.passesOver(place) === undefined),
    )
    const known = unknown < 0 ? waiting : waiting.slice(0, unknown)
    waiting = unknown < 0 ? NONE : waiting.slice(unknown)
    this.#waiting = waiting
    const counting = known.filter((place) => wants.passesOver?.(place) !== true)
    const seen = counting.map((place) => judged(place, this.#textOf(place), wants))
    const until = Math.min(safe, waiting[0]?.start ?? safe)
    this.#letGo(until)
    const isStopped = seen.some(({ treatment }) => treatment === 'block')
    return {
      safe: until,
      findings: seen.flatMap(({ treatment, findings }) => (treatment === 'note' ? [] : findings)),
      cuts: isStopped ? [] : seen.flatMap(({ cut }) => cut ?? []),
      notes: seen.flatMap(({ treatment, findings }) => (treatment === 'note' ? findings : [])),
    }
  }

  #letGo(until: number): void {
    if (until <= this.#base) return
    this.#text = endOf(this.#text, until - this.#base)
    this.#base = until
  }

  #textOf({ start, end }: Place): string {
    return this.#text.slice(start - this.#base, end - this.#base)
  }
}

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
