// What the guards of one inspection have said so far: a verdict for each guard that was asked, and whether anything is new.
import type { Hit, Stage, Verdict } from '../model/verdict.ts'
import { passed } from './passed.ts'

const MOST_HITS = 32
/** What was wrong with it decides over what else was: the strongest remedy counts. */
const WEAKEST_FIRST: readonly Verdict['remedy'][] = ['note', 'rewrite', 'hold', 'block']

export type OpenVerdict = Omit<Verdict, 'hits'> & { hits: Hit[] }
export type Place = Pick<Hit, 'origin' | 'place'>

export class Verdicts {
  readonly #stage: Stage
  readonly #byGuard = new Map<string, OpenVerdict>()
  /** Something was said since somebody decided. */
  hasNews = true

  constructor(stage: Stage) {
    this.#stage = stage
  }

  of(guard: string): OpenVerdict {
    let verdict = this.#byGuard.get(guard)
    if (verdict === undefined) {
      verdict = { guard, stage: this.#stage, outcome: 'pass', remedy: 'note', changes: 0, hits: [], more: 0 }
      this.#byGuard.set(guard, verdict)
    }
    return verdict
  }

  get all(): readonly Verdict[] {
    const said: Verdict[] = []
    for (const verdict of this.#byGuard.values())
      said.push(verdict.outcome === 'pass' && verdict.changes === 0 ? passed(verdict) : verdict)
    return said
  }

  add(
    verdict: OpenVerdict,
    findings: readonly Omit<Hit, 'origin' | 'place'>[],
    remedy: Verdict['remedy'],
    { origin, place }: Place,
  ): void {
    if (findings.length === 0) return
    this.hasNews = true
    if (verdict.outcome === 'pass') verdict.outcome = 'hit'
    if (WEAKEST_FIRST.indexOf(remedy) > WEAKEST_FIRST.indexOf(verdict.remedy)) verdict.remedy = remedy
    for (const { detector, kind, severity, confidence, note } of findings) {
      if (verdict.hits.length >= MOST_HITS) verdict.more++
      else verdict.hits.push({ detector, kind, severity, confidence, note, origin, place })
    }
  }

  change(verdict: OpenVerdict, places: number): void {
    if (places === 0) return
    this.hasNews = true
    verdict.changes += places
  }

  fail(verdict: OpenVerdict, why: string): void {
    this.hasNews = true
    verdict.outcome = 'failed'
    verdict.why = why
  }
}
