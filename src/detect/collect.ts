// Gathers what the detectors say: places it in the text, drops what a cut edge may have maimed and what an overlapping
// window said before, keeps a bounded number, and remembers the highest word on injection.
import type { Finding } from '../model/finding.ts'
import type { AnyDetector, Context, Detector, Match } from './define.ts'

const MOST_EACH = 256
export const THRESHOLD = 0.5
const NONE: readonly Finding[] = []

export class Collector {
  /** The highest confidence in an injection, reported or not. */
  score = 0
  #fresh: Finding[] = []
  #counts: Map<string, number> | undefined
  #truncated: Set<string> | undefined
  /** Detector → end of the last match that earlier windows gave. */
  #ends: Map<string, number> | undefined

  take(): readonly Finding[] {
    const taken = this.#fresh
    if (taken.length === 0) return NONE
    this.#fresh = []
    return taken
  }

  reset(): void {
    this.score = 0
    if (this.#fresh.length > 0) this.#fresh = []
    this.#counts = undefined
    this.#truncated = undefined
    this.#ends = undefined
  }

  get truncated(): string[] {
    return [...(this.#truncated ?? [])]
  }

  get isTruncated(): boolean {
    return this.#truncated !== undefined
  }

  /** Where the last match ends that earlier windows gave. */
  toldUntil({ id }: Detector): number {
    return this.#ends?.get(id) ?? 0
  }

  addWindow(detector: Detector, matches: readonly Match[], length: number, context: Context): void {
    if (matches.length === 0) return
    const before = this.toldUntil(detector)
    let most = before
    const whole: Match[] = []
    for (const match of matches) {
      if (match.start < 0 || match.end > length || match.start >= match.end || isCut(match, length, context)) continue
      const [start, end] = [match.start + context.offset, match.end + context.offset]
      if (start < before) continue
      if (match.confidence >= THRESHOLD) most = Math.max(most, end)
      whole.push({ ...match, start, end })
    }
    this.#ends = (this.#ends ?? new Map()).set(detector.id, most)
    this.add(detector, whole)
  }

  /** Matches with offsets in the whole text. */
  add(detector: AnyDetector, matches: readonly Match[]): void {
    if (matches.length === 0) return
    const counts = (this.#counts ??= new Map())
    for (const match of matches) {
      const { id, control, family, most = MOST_EACH, severity: usual } = match.by ?? detector
      if (family === 'injection' && match.confidence > this.score) this.score = match.confidence
      if (match.confidence < THRESHOLD) continue
      const count = (counts.get(id) ?? 0) + 1
      counts.set(id, count)
      if (count > most) {
        this.#truncated = (this.#truncated ?? new Set()).add(id)
        continue
      }
      const { start, end, confidence, note, kind = id, severity = usual, redaction } = match
      const finding: Finding = { detector: id, control, family, kind, start, end, severity, confidence, note }
      if (redaction !== undefined) finding.redaction = redaction
      this.#fresh.push(finding)
    }
  }
}

/** Touches an edge of its window behind which the text goes on. */
export function isCut(
  { start, end }: Pick<Match, 'start' | 'end'>,
  length: number,
  { atStart, atEnd }: Context,
): boolean {
  return (start === 0 && !atStart) || (end === length && !atEnd)
}

export function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) => a.start - b.start || a.end - b.end || (a.detector < b.detector ? -1 : a.detector > b.detector ? 1 : 0),
  )
}
