// What the guards of one policy say about one request or one answer. Texts go through lanes, as fast as they come; guards
// that read whole turns are asked once. Nothing a guard does can throw its way past: it has failed, and that is a verdict.
import { Failure } from '../lib/failure.ts'
import type { JsonEdit, JsonPath } from '../lib/json-edit.ts'
import type { Decision, Hit, Stage, Verdict } from '../model/verdict.ts'
import type { Speaker } from '../model/finding.ts'
import type { Turn } from '../model/turn.ts'
import { decide } from './decide.ts'
import type { Admission, AdmitContext, Arrival, CallEnd, GuardContext, ReadyGuard, Watched } from './guard.ts'
import { Lane, type LaneWatch } from './lane.ts'
import type { Enforcement } from './policy.ts'

const MOST_HITS = 32
const SILENT: Watched = { safe: Number.POSITIVE_INFINITY, findings: [], cuts: [] }

export interface PlacedText {
  origin: Speaker
  at: JsonPath
  text: string
  /** A key, for instance: what is found in it can stop the whole, but not be cut. */
  fixed?: boolean | undefined
}

export interface Admitted {
  edits: JsonEdit[]
  /** Of the guard that refused first, in its own words. */
  refusal: Failure | undefined
}

export interface AdmitOptions extends Pick<AdmitContext, 'meters' | 'now'> {
  /** Takes what is to be called when the call is over. */
  onEnd(settle: (end: CallEnd) => void): void
  setHeader(name: string, value: string): void
}

/** Of a deadline, the part for which a guard may let a call wait. */
const PATIENCE = 0.8
/** What was counted is certain. */
const EXCESS = { severity: 'medium', confidence: 1 } as const
const NOWHERE: CallEnd = { went: 'nowhere', usage: undefined, seenBytes: 0, target: undefined }

type Open = Omit<Verdict, 'hits'> & { hits: Hit[] }

export class Inspection {
  readonly #enforcement: Enforcement
  readonly #stage: Stage
  readonly #now: () => number
  readonly #verdicts = new Map<string, Open>()
  /** Undefined once a verdict changed. */
  #decision: Decision | undefined

  /** `now` in milliseconds; only differences count. */
  constructor(enforcement: Enforcement, stage: Stage, now: () => number) {
    this.#enforcement = enforcement
    this.#stage = stage
    this.#now = now
  }

  get verdicts(): readonly Verdict[] {
    return [...this.#verdicts.values()]
  }

  get decision(): Decision {
    return (this.#decision ??= decide(this.verdicts, this.#enforcement.policy))
  }

  /** For a text that arrives in pieces. */
  open(origin: Speaker, place: string, fixed = false): Lane {
    const kind = { stage: this.#stage, origin }
    const watches = this.#enforcement.guards.flatMap((guard): LaneWatch[] => {
      if (!('reads' in guard) || !guard.reads(kind)) return []
      const verdict = this.#verdictOf(guard.id)
      const watch = this.#try(verdict, () => guard.open(kind))
      const ask = (work: (() => Watched) | undefined): Watched => {
        const seen = work && verdict.outcome !== 'failed' ? this.#try(verdict, work) : undefined
        if (seen === undefined) return SILENT
        this.#note(verdict, seen.findings, seen.cuts.length > 0 && !fixed, { origin, place })
        return seen
      }
      return [
        {
          enforced: this.#enforcement.policy.guards[guard.id]?.mode === 'enforce',
          push: (text) => ask(watch && (() => watch.push(text))),
          end: () => ask(watch && (() => watch.end())),
        },
      ]
    })
    return new Lane(watches)
  }

  /** How a text reads after the cuts; undefined where it stays as it is. */
  whole({ origin, at, text, fixed = false }: PlacedText): string | undefined {
    const lane = this.open(origin, at.join('.'), fixed)
    lane.push(text)
    lane.end()
    return lane.isCut && !fixed ? lane.take(lane.length) : undefined
  }

  texts(texts: Iterable<PlacedText>): JsonEdit[] {
    const edits: JsonEdit[] = []
    for (const text of texts) {
      const to = this.whole(text)
      if (to !== undefined) edits.push({ at: text.at, to })
    }
    return edits
  }

  async turn(turn: Turn, context: Omit<GuardContext, 'signal'>): Promise<JsonEdit[]> {
    const edits: JsonEdit[] = []
    for (const guard of this.#enforcement.guards) {
      if ('inspect' in guard) edits.push(...(await this.#inspect(guard, turn, context)))
    }
    return edits
  }

  /** Asks the guards that count, in their order, until one refuses. */
  async admit(arrival: Arrival, options: AdmitOptions): Promise<Admitted> {
    const admitted: Admitted = { edits: [], refusal: undefined }
    for (const guard of this.#enforcement.guards) {
      if (!('admit' in guard) || this.decision.action === 'block') continue
      const said = await this.#admit(guard, arrival, options)
      const isEnforced = this.#enforcement.policy.guards[guard.id]?.mode === 'enforce'
      if (said === undefined || !isEnforced) continue
      admitted.edits.push(...(said.edits ?? []))
      for (const [name, value] of Object.entries(said.headers ?? {})) options.setHeader(name, value)
      if (said.outcome === 'hit' && said.edits === undefined) admitted.refusal ??= said.refusal
    }
    return admitted
  }

  async #admit(
    guard: Extract<ReadyGuard, { admit: unknown }>,
    arrival: Arrival,
    { meters, now, onEnd }: AdmitOptions,
  ): Promise<Admission | undefined> {
    const verdict = this.#verdictOf(guard.id)
    const deadlineMs = this.#enforcement.policy.guards[guard.id]?.deadlineMs ?? 0
    let asked: Admission | Promise<Admission> | undefined
    try {
      asked = guard.admit(arrival, { meters, now, patienceMs: deadlineMs * PATIENCE })
      const said = asked instanceof Promise ? await Promise.race([asked, late(AbortSignal.timeout(deadlineMs))]) : asked
      if (said.settle) onEnd(said.settle)
      if (said.outcome === 'hit') {
        const isCut = said.edits !== undefined
        for (const { kind, note, place = '' } of said.found)
          this.#note(verdict, [{ ...EXCESS, detector: guard.id, kind, note }], isCut, { origin: 'user', place })
      }
      return said
    } catch (error) {
      this.#fail(verdict, error)
      // What it still takes hold of after its deadline, it gives back.
      if (asked instanceof Promise) asked.then(({ settle }) => settle?.(NOWHERE)).catch(() => undefined)
      return undefined
    }
  }

  async #inspect(
    guard: Extract<ReadyGuard, { inspect: unknown }>,
    turn: Turn,
    context: Omit<GuardContext, 'signal'>,
  ): Promise<readonly JsonEdit[]> {
    const verdict = this.#verdictOf(guard.id)
    const rule = this.#enforcement.policy.guards[guard.id]
    const signal = AbortSignal.timeout(rule?.deadlineMs ?? 0)
    try {
      const said = await Promise.race([guard.inspect(turn, { ...context, signal }), late(signal)])
      if (said.outcome === 'pass') return []
      for (const finding of said.findings) this.#note(verdict, [finding], said.edits !== undefined, finding)
      return rule?.mode === 'enforce' ? (said.edits ?? []) : []
    } catch (error) {
      this.#fail(verdict, error)
      return []
    }
  }

  #verdictOf(guard: string): Open {
    let verdict = this.#verdicts.get(guard)
    if (verdict === undefined) {
      verdict = { guard, stage: this.#stage, outcome: 'pass', remedy: 'rewrite', hits: [], more: 0 }
      this.#verdicts.set(guard, verdict)
    }
    return verdict
  }

  #try<T>(verdict: Open, work: () => T): T | undefined {
    const started = this.#now()
    try {
      const result = work()
      const deadline = this.#enforcement.policy.guards[verdict.guard]?.deadlineMs ?? 0
      if (this.#now() - started > deadline) throw new Failure('unavailable', 'was later than its deadline')
      return result
    } catch (error) {
      this.#fail(verdict, error)
      return undefined
    }
  }

  #note(
    verdict: Open,
    findings: readonly Omit<Hit, 'origin' | 'place'>[],
    isCut: boolean,
    at: { origin: Speaker; place: string },
  ): void {
    if (findings.length === 0) return
    this.#decision = undefined
    if (verdict.outcome === 'pass') verdict.outcome = 'hit'
    if (!isCut) verdict.remedy = 'block'
    for (const { detector, kind, severity, confidence, note } of findings) {
      const { origin, place } = at
      if (verdict.hits.length >= MOST_HITS) verdict.more++
      else verdict.hits.push({ detector, kind, severity, confidence, note, origin, place })
    }
  }

  /** Only our own words: an error of a bug may quote the text that was inspected. */
  #fail(verdict: Open, error: unknown): void {
    this.#decision = undefined
    verdict.outcome = 'failed'
    verdict.why = error instanceof Failure ? error.message : error instanceof Error ? error.name : 'threw no error'
  }
}

function late(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Failure('unavailable', 'was later than its deadline')))
  })
}
