// What the guards of one policy say about one request or one answer. Texts go through lanes, as fast as they come; guards
// that read whole turns are asked once. Nothing a guard does can throw its way past: it has failed, and that is a verdict.
import type { Json } from '../lib/canonical-json.ts'
import type { JsonEdit } from '../lib/json-edit.ts'
import type { Hold } from '../model/approval.ts'
import type { Decision, Hit, Settled, Stage, Verdict } from '../model/verdict.ts'
import type { Speaker } from '../model/finding.ts'
import type { Turn } from '../model/turn.ts'
import { beginAlone, type CallGuard, type CallGuards, tooLate, whyOf } from './begin.ts'
import { afterCuts } from './after-cuts.ts'
import { type Admitted, type AdmitOptions, cannotCount } from './admitted.ts'
import { decide } from './decide.ts'
import type {
  Admission,
  Arrival,
  CallEnd,
  Cut,
  GuardContext,
  Holdable,
  Inspected,
  Readings,
  TextKind,
  TextPartKind,
  Watch,
  Watched,
} from './guard.ts'
import { inTime } from './in-time.ts'
import { type Lane, laneOf, type LaneWatch } from './lane.ts'
import { type HeldCall, Holds } from './oversight/holds.ts'
import { isPlainPass, passed } from './passed.ts'
import type { PlacedText } from './placed-text.ts'
import type { Enforcement } from './policy.ts'
import { saneAdmission, saneHolds, saneInspected, saneWatch, saneWatched, saneYesOrNo } from './sane.ts'
import { inLargePieces, readWhole } from './whole.ts'

const MOST_HITS = 32
const SILENT: Watched = { safe: Number.POSITIVE_INFINITY, findings: [], cuts: [] }
/** What was wrong with it decides over what else was: the strongest remedy counts. */
const WEAKEST_FIRST: readonly Verdict['remedy'][] = ['note', 'rewrite', 'hold', 'block']

/** Of a deadline, the part for which a guard may let a call wait. */
const PATIENCE = 0.5
/** What was counted is certain. */
const EXCESS = { severity: 'medium', confidence: 1 } as const
const OF_MODEL: Place = { origin: 'assistant', place: '' }
const NOWHERE: CallEnd = { went: 'nowhere', usage: undefined, seenBytes: 0, target: undefined, stoppedBy: [] }

type Open = Omit<Verdict, 'hits'> & { hits: Hit[] }
type Place = Pick<Hit, 'origin' | 'place'>

/** A guard's reading of one text; without a watch it has failed. */
interface Opened {
  verdict: Open
  watch: Watch | undefined
  /** Its cuts are made. */
  isEnforced: boolean
  /** What it could still find is held back. */
  enforced: boolean
}

export class Inspection {
  readonly #enforcement: Enforcement
  readonly #stage: Stage
  readonly #now: () => number
  readonly #guards: CallGuards
  readonly #verdicts = new Map<string, Open>()
  readonly #overseers: CallGuards
  /** What waits for a person. */
  readonly holds = new Holds()
  #approval: Settled | undefined
  /** Undefined once a verdict changed. */
  #decision: Decision | undefined

  /** `now` in milliseconds; only differences count. `guards` are those that saw the request, where there was one. */
  constructor(enforcement: Enforcement, stage: Stage, now: () => number, guards: CallGuards = beginAlone(enforcement)) {
    this.#enforcement = enforcement
    this.#stage = stage
    this.#now = now
    this.#guards = guards
    for (const { id, failed } of guards) if (failed !== undefined) this.#fail(this.#verdictOf(id), failed)
    this.#overseers = guards.filter((guard) => this.#oversees(guard))
    if (stage === 'request') this.#hold({ kind: 'request' }, (hold) => this.holds.words(hold))
  }

  get verdicts(): readonly Verdict[] {
    const said: Verdict[] = []
    for (const verdict of this.#verdicts.values())
      said.push(verdict.outcome === 'pass' && verdict.changes === 0 ? passed(verdict) : verdict)
    return said
  }

  get decision(): Decision {
    return (this.#decision ??= decide(this.verdicts, this.#enforcement.policy, this.#approval))
  }

  /** Somebody is to see the tool calls of this answer before they go out, or what guards found. */
  get isOverseen(): boolean {
    return this.#overseers.length > 0
  }

  /** A tool call of an answer, as it would go out. Whether it waits for a person. */
  call(call: HeldCall): boolean {
    return this.#hold({ kind: 'call', ...call }, (hold) => this.holds.call(hold, call))
  }

  /** What became of what was held. */
  settle(approval: Settled): void {
    this.#approval = approval
    this.#decision = undefined
  }

  /** Whether an overseer that is enforced holds it; one that only observes notes that it would. */
  #hold(one: Holdable, held: (hold: Hold) => void, about: Place = OF_MODEL): boolean {
    let isHeld = false
    for (const { id, oversees } of this.#overseers) {
      const verdict = this.#verdictOf(id)
      const holds =
        oversees && verdict.outcome !== 'failed' ? this.#try(verdict, () => saneHolds(oversees.holdsOn(one))) : []
      const enforced = this.#enforces(id)
      for (const hold of holds ?? []) {
        if (enforced) held(hold)
        isHeld ||= enforced
        this.#add(verdict, [{ ...EXCESS, detector: id, kind: one.kind, note: hold.why }], 'hold', about)
      }
    }
    return isHeld
  }

  #oversees({ id, oversees }: CallGuard): boolean {
    try {
      if (oversees === undefined || !saneYesOrNo(oversees.at(this.#stage))) return false
      this.#verdictOf(id)
    } catch (error) {
      this.#fail(this.#verdictOf(id), whyOf(error))
    }
    return true
  }

  #enforces(guard: string): boolean {
    return this.#enforcement.policy.guards[guard]?.mode === 'enforce'
  }

  /** Its hits may wait for a person, so nothing that it could still find may go out before. */
  #isOverseen(guard: string): boolean {
    return this.#overseers.some(({ id, oversees }) => oversees?.guards.has(guard) === true && this.#enforces(id))
  }

  /** For a text that arrives in pieces. */
  open(origin: Speaker, place: string, fixed = false, part: TextPartKind = 'text'): Lane {
    const kind = { stage: this.#stage, origin, part, place }
    return laneOf(this.#opened(kind).map((one) => this.#laneWatch(one, kind, fixed)))
  }

  /** The guards that read such a text, each at its beginning. */
  #opened(kind: TextKind): Opened[] {
    const all: Opened[] = []
    for (const { id, reads, open } of this.#guards) {
      if (open === undefined || !this.#isRead(id, reads, kind)) continue
      const verdict = this.#verdictOf(id)
      const isEnforced = this.#enforces(id)
      const watch = verdict.outcome === 'failed' ? undefined : this.#try(verdict, () => saneWatch(open(kind)))
      all.push({ verdict, watch, isEnforced, enforced: isEnforced || this.#isOverseen(id) })
    }
    return all
  }

  #laneWatch({ verdict, watch, isEnforced, enforced }: Opened, kind: TextKind, fixed: boolean): LaneWatch {
    const read = watch === undefined || enforced ? watch : inLargePieces(watch)
    const ask = (work: () => Watched) => {
      const seen = this.#ask(verdict, work, kind, fixed)
      return isEnforced || seen.cuts.length === 0 ? seen : { ...seen, cuts: [] }
    }
    if (read === undefined)
      return { enforced, isFirst: false, push: () => SILENT, end: () => SILENT, whole: () => SILENT }
    return {
      enforced,
      isFirst: read.isFirst === true,
      push: (text) => ask(() => read.push(text)),
      end: () => ask(() => read.end()),
      whole: (text) => ask(() => readWhole(read, text)),
    }
  }

  #ask(verdict: Open, work: () => Watched, kind: TextKind, fixed: boolean): Watched {
    const seen = verdict.outcome === 'failed' ? undefined : this.#try(verdict, () => saneWatched(work()))
    if (seen === undefined) return SILENT
    const { findings, cuts, notes } = seen
    if (!fixed) this.#change(verdict, cuts.length)
    if (findings.length > 0) this.#note(verdict, findings, cuts.length > 0 && !fixed ? 'rewrite' : 'block', kind)
    if (notes !== undefined) this.#note(verdict, notes, 'note', kind)
    return seen
  }

  /** What cannot even say whether it reads a text has failed at it. */
  #isRead(id: string, reads: CallGuard['reads'], kind: TextKind): boolean {
    if (reads === undefined) return true
    try {
      return saneYesOrNo(reads(kind))
    } catch (error) {
      this.#fail(this.#verdictOf(id), whyOf(error))
      return true
    }
  }

  /** How a text reads after the cuts; undefined where it stays as it is. */
  whole({ origin, part, at, text, fixed = false }: PlacedText): string | undefined {
    const kind = { stage: this.#stage, origin, part, place: at.join('.') }
    const opened = this.#opened(kind)
    if (opened.some(({ watch }) => watch?.isFirst === true)) {
      const lane = laneOf(opened.map((one) => this.#laneWatch(one, kind, fixed)))
      lane.whole(text)
      return lane.isCut && !fixed ? lane.take(lane.length) : undefined
    }
    const cuts: Cut[] = []
    for (const { verdict, watch, isEnforced } of opened) {
      if (watch === undefined) continue
      const seen = this.#ask(verdict, () => readWhole(watch, text), kind, fixed)
      if (isEnforced) cuts.push(...seen.cuts)
    }
    return cuts.length === 0 || fixed ? undefined : afterCuts(text, cuts)
  }

  texts(texts: Iterable<PlacedText>): JsonEdit[] {
    const edits: JsonEdit[] = []
    for (const text of texts) {
      const to = this.whole(text)
      if (to !== undefined) edits.push({ at: text.at, to: text.write === undefined ? to : text.write(to) })
    }
    return edits
  }

  async turn(turn: Turn, context: Omit<GuardContext, 'signal'>): Promise<JsonEdit[]> {
    const edits: JsonEdit[] = []
    for (const guard of this.#guards) {
      if (guard.inspect !== undefined) edits.push(...(await this.#inspect(guard, turn, context)))
    }
    return edits
  }

  /** Asks the guards that count, in their order, until one refuses. */
  async admit(arrival: Arrival, options: AdmitOptions): Promise<Admitted> {
    const admitted: Admitted = { edits: [], refusal: undefined }
    for (const { id, admit } of this.#guards) {
      if (admit === undefined || this.decision.action === 'block') continue
      const said = await this.#admit(id, admit, arrival, options)
      if (said === undefined) admitted.refusal ??= cannotCount(id)
      if (said === undefined || this.#enforcement.policy.guards[id]?.mode !== 'enforce') continue
      admitted.edits.push(...(said.edits ?? []))
      for (const [name, value] of Object.entries(said.headers ?? {})) options.setHeader(name, value)
      if (said.outcome === 'hit' && said.edits === undefined && !said.isNote) admitted.refusal ??= said.refusal
    }
    return admitted
  }

  async #admit(
    id: string,
    admit: NonNullable<Readings['admit']>,
    arrival: Arrival,
    { meters, now, onEnd, onLimit }: AdmitOptions,
  ): Promise<Admission | undefined> {
    const verdict = this.#verdictOf(id)
    const deadlineMs = this.#enforcement.policy.guards[id]?.deadlineMs ?? 0
    let asked: Admission | Promise<Admission> | undefined
    try {
      asked = admit(arrival, { meters, now, patienceMs: deadlineMs * PATIENCE })
      const said = saneAdmission(asked instanceof Promise ? await inTime(asked, deadlineMs) : asked)
      if (said.settle) onEnd(said.settle)
      if (said.seconds !== undefined) onLimit(id, said.seconds)
      if (said.outcome === 'pass') return said
      const remedy = said.isNote ? 'note' : said.edits === undefined ? 'block' : 'rewrite'
      for (const { kind, note, place = '' } of said.found)
        this.#note(verdict, [{ ...EXCESS, detector: id, kind, note }], remedy, { origin: 'user', place })
      this.#change(verdict, said.edits?.length ?? 0)
      return said
    } catch (error) {
      this.#fail(verdict, whyOf(error))
      // What it still takes hold of after its deadline, it gives back.
      if (asked instanceof Promise) asked.then(({ settle }) => settle?.(NOWHERE)).catch(() => undefined)
      return undefined
    }
  }

  /** What is no text, in a request, an answer, or an event of a streamed one. */
  body(body: Json): JsonEdit[] {
    const edits: JsonEdit[] = []
    for (const { id, examine } of this.#guards) {
      if (examine === undefined) continue
      const verdict = this.#verdictOf(id)
      if (verdict.outcome === 'failed') continue
      const said = this.#try(verdict, () => saneInspected(examine(body, this.#stage)))
      if (said !== undefined) edits.push(...this.#hear(verdict, said))
    }
    return edits
  }

  /** Nobody has anything to say of what is no text in it, nor of another body that differs in texts alone. */
  isSilentOn(body: Json): boolean {
    return this.#guards.every(({ examine }) => {
      try {
        return examine === undefined || isPlainPass(examine(body, this.#stage))
      } catch {
        return false
      }
    })
  }

  async #inspect(
    { id, inspect }: CallGuard,
    turn: Turn,
    context: Omit<GuardContext, 'signal'>,
  ): Promise<readonly JsonEdit[]> {
    const verdict = this.#verdictOf(id)
    if (inspect === undefined || verdict.outcome === 'failed') return []
    const late = new AbortController()
    try {
      const asked = inspect(turn, { ...context, signal: late.signal })
      const deadlineMs = this.#enforcement.policy.guards[id]?.deadlineMs ?? 0
      const said = asked instanceof Promise ? await inTime(asked, deadlineMs, late) : asked
      return this.#hear(verdict, saneInspected(said))
    } catch (error) {
      this.#fail(verdict, whyOf(error))
      return []
    }
  }

  #hear(verdict: Open, said: Inspected): readonly JsonEdit[] {
    const { edits = [] } = said
    if (said.outcome === 'hit') {
      const remedy = said.edits === undefined ? 'block' : 'rewrite'
      for (const finding of said.findings) this.#note(verdict, [finding], remedy, finding)
    }
    this.#change(verdict, edits.length)
    return this.#enforcement.policy.guards[verdict.guard]?.mode === 'enforce' ? edits : []
  }

  #verdictOf(guard: string): Open {
    let verdict = this.#verdicts.get(guard)
    if (verdict === undefined) {
      verdict = { guard, stage: this.#stage, outcome: 'pass', remedy: 'note', changes: 0, hits: [], more: 0 }
      this.#verdicts.set(guard, verdict)
    }
    return verdict
  }

  #try<T>(verdict: Open, work: () => T): T | undefined {
    const started = this.#now()
    try {
      const result = work()
      const deadline = this.#enforcement.policy.guards[verdict.guard]?.deadlineMs ?? 0
      if (this.#now() - started > deadline) throw tooLate()
      return result
    } catch (error) {
      this.#fail(verdict, whyOf(error))
      return undefined
    }
  }

  #note(
    verdict: Open,
    findings: readonly Omit<Hit, 'origin' | 'place'>[],
    remedy: Verdict['remedy'],
    about: Place,
  ): void {
    if (this.#overseers.length === 0) return this.#add(verdict, findings, remedy, about)
    for (const finding of findings) {
      const { guard } = verdict
      const hit = { kind: 'hit', guard, confidence: finding.confidence } as const
      const isHeld = this.#hold(hit, (hold) => this.holds.words(hold), about)
      this.#add(verdict, [finding], isHeld && remedy === 'block' ? 'hold' : remedy, about)
    }
  }

  #add(
    verdict: Open,
    findings: readonly Omit<Hit, 'origin' | 'place'>[],
    remedy: Verdict['remedy'],
    { origin, place }: Place,
  ): void {
    if (findings.length === 0) return
    this.#decision = undefined
    if (verdict.outcome === 'pass') verdict.outcome = 'hit'
    if (WEAKEST_FIRST.indexOf(remedy) > WEAKEST_FIRST.indexOf(verdict.remedy)) verdict.remedy = remedy
    for (const { detector, kind, severity, confidence, note } of findings) {
      if (verdict.hits.length >= MOST_HITS) verdict.more++
      else verdict.hits.push({ detector, kind, severity, confidence, note, origin, place })
    }
  }

  #change(verdict: Open, places: number): void {
    if (places === 0) return
    this.#decision = undefined
    verdict.changes += places
  }

  #fail(verdict: Open, why: string): void {
    this.#decision = undefined
    verdict.outcome = 'failed'
    verdict.why = why
  }
}
