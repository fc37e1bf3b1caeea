// What the guards of one policy say about one request or one answer. Texts go through lanes, as fast as they come; guards
// that read whole turns are asked once. Nothing a guard does can throw its way past: it has failed, and that is a verdict.
import type { Json } from '../lib/canonical-json.ts'
import type { JsonEdit, JsonPath } from '../lib/json-edit.ts'
import type { Hold } from '../model/approval.ts'
import type { Decision, Hit, Settled, Stage, Verdict } from '../model/verdict.ts'
import type { Speaker } from '../model/finding.ts'
import type { Turn } from '../model/turn.ts'
import { beginAlone, type CallGuard, type CallGuards, whyOf } from './begin.ts'
import { Adjoining, runsOf, type Stretch } from './adjoining.ts'
import { type Admitted, type AdmitOptions, cannotCount } from './admitted.ts'
import { decide } from './decide.ts'
import type {
  Admission,
  Arrival,
  CallEnd,
  GuardContext,
  Holdable,
  Inspected,
  Readings,
  TextKind,
  TextPartKind,
} from './guard.ts'
import type { GuardTime } from './guard-time.ts'
import { inTime } from './in-time.ts'
import type { Lane } from './lane.ts'
import { type HeldCall, Holds } from './oversight/holds.ts'
import { isPlainPass } from './passed.ts'
import type { PlacedText } from './placed-text.ts'
import type { Enforcement } from './policy.ts'
import { saneAdmission, saneHolds, saneInspected, saneYesOrNo } from './sane.ts'
import { TextReaders } from './text-readers.ts'
import type { QuotedKey } from './upstream/quoted-key.ts'
import { type OpenVerdict, type Place, Verdicts } from './verdicts.ts'

/** Of a deadline, the part for which a guard may let a call wait. */
const PATIENCE = 0.5
/** What was counted is certain. */
const EXCESS = { severity: 'medium', confidence: 1 } as const
const OF_MODEL: Place = { origin: 'assistant', place: '' }
const NOWHERE: CallEnd = { went: 'nowhere', usage: undefined, seenBytes: 0, target: undefined, stoppedBy: [] }

export class Inspection {
  readonly #enforcement: Enforcement
  readonly #stage: Stage
  readonly #now: () => number
  readonly #guards: CallGuards
  readonly #verdicts: Verdicts
  readonly #overseers: CallGuards
  readonly #readers: TextReaders
  /** What waits for a person. */
  readonly holds = new Holds()
  #approval: Settled | undefined
  /** Good until there are news. */
  #decision: Decision | undefined

  /** `now` in milliseconds; only differences count. `guards` are those that saw the request, where there was one; `key` is what an answer must not quote. */
  constructor(
    enforcement: Enforcement,
    stage: Stage,
    now: () => number,
    guards: CallGuards = beginAlone(enforcement),
    key?: QuotedKey,
  ) {
    this.#enforcement = enforcement
    this.#stage = stage
    this.#now = now
    this.#guards = guards
    const verdicts = new Verdicts(stage)
    this.#verdicts = verdicts
    for (const { id, failed } of guards) if (failed !== undefined) verdicts.fail(verdicts.of(id), failed)
    this.#overseers = guards.filter((guard) => this.#oversees(guard))
    this.#readers = new TextReaders(guards, {
      now,
      verdicts,
      key: key?.isTelling === true ? key : undefined,
      isOverseen: (guard) => this.#isOverseen(guard),
      note: (verdict, findings, remedy, about) => this.#note(verdict, findings, remedy, about),
    })
    if (stage === 'request') this.#hold({ kind: 'request' }, (hold) => this.holds.words(hold))
  }

  get verdicts(): readonly Verdict[] {
    return this.#verdicts.all
  }

  get decision(): Decision {
    if (this.#decision === undefined || this.#verdicts.hasNews)
      this.#decision = decide(this.verdicts, this.#enforcement.policy, this.#approval)
    this.#verdicts.hasNews = false
    return this.#decision
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
    for (const { id, oversees, isEnforced, time } of this.#overseers) {
      const verdict = this.#verdicts.of(id)
      const holds =
        oversees && verdict.outcome !== 'failed' ? this.#try(verdict, time, () => saneHolds(oversees.holdsOn(one))) : []
      for (const hold of holds ?? []) {
        if (isEnforced) held(hold)
        isHeld ||= isEnforced
        this.#verdicts.add(verdict, [{ ...EXCESS, detector: id, kind: one.kind, note: hold.why }], 'hold', about)
      }
    }
    return isHeld
  }

  #oversees({ id, oversees }: CallGuard): boolean {
    try {
      if (oversees === undefined || !saneYesOrNo(oversees.at(this.#stage))) return false
      this.#verdicts.of(id)
    } catch (error) {
      this.#verdicts.fail(this.#verdicts.of(id), whyOf(error))
    }
    return true
  }

  /** Its hits may wait for a person, so nothing that it could still find may go out before. */
  #isOverseen(guard: string): boolean {
    return this.#overseers.some(({ oversees, isEnforced }) => isEnforced && oversees?.guards.has(guard) === true)
  }

  /** For a text that arrives in pieces. */
  open(origin: Speaker, place: string, fixed = false, part: TextPartKind = 'text'): Lane {
    return this.#readers.open({ stage: this.#stage, origin, part, place }, fixed)
  }

  /** How a text reads after the cuts; undefined where it stays as it is. */
  whole({ origin, part, at, text, fixed = false }: PlacedText): string | undefined {
    return this.#readers.whole(new KindAt(this.#stage, origin, part, at), text, fixed)
  }

  /** Somebody looks over the seams of texts. */
  get joins(): boolean {
    return this.#readers.join
  }

  /** For what lies over the seams of texts that stand side by side; undefined where nobody looks there. */
  openJoined([first]: readonly PlacedText[], fixed: boolean, stretch: Stretch): Lane | undefined {
    if (first === undefined) return undefined
    const { origin, part, at } = first
    const kind = { stage: this.#stage, origin, part, place: at.join('.'), isJoined: true } as const
    return this.#readers.openJoined(kind, fixed, stretch)
  }

  texts(texts: Iterable<PlacedText>): JsonEdit[] {
    const edits: JsonEdit[] = []
    for (const run of runsOf(texts)) {
      for (const text of run.length === 1 ? run : this.#overSeams(run)) {
        const to = this.whole(text) ?? (text.isChanged === true ? text.text : undefined)
        if (to !== undefined) edits.push({ at: text.at, to: text.write === undefined ? to : text.write(to) })
      }
    }
    return edits
  }

  #overSeams(run: readonly PlacedText[]): readonly PlacedText[] {
    const adjoining = new Adjoining(run)
    for (const stretch of adjoining.stretches) {
      const lane = this.openJoined(run, adjoining.isFixed, stretch)
      if (lane === undefined) return run
      lane.whole(stretch.pieces.map(({ text }) => text).join(''))
      adjoining.take(stretch, lane)
    }
    return adjoining.texts()
  }

  async turn(turn: Turn, context: Omit<GuardContext, 'signal'>): Promise<JsonEdit[]> {
    const edits: (readonly JsonEdit[])[] = []
    for (const guard of this.#guards) {
      if (guard.inspect !== undefined) edits.push(await this.#inspect(guard, turn, context))
    }
    return edits.flat()
  }

  /** Asks the guards that count, in their order, until one refuses. */
  async admit(arrival: Arrival, options: AdmitOptions): Promise<Admitted> {
    const admitted: Admitted = { edits: [], refusal: undefined }
    for (const guard of this.#guards) {
      const { id, admit } = guard
      if (admit === undefined || this.decision.action === 'block') continue
      const asked = this.#admit(guard, admit, arrival, options)
      const said = asked instanceof Promise ? await asked : asked
      if (said === undefined) admitted.refusal ??= cannotCount(id)
      if (said === undefined || !guard.isEnforced) continue
      if (said.edits !== undefined) admitted.edits.push(...said.edits)
      if (said.headers !== undefined)
        for (const [name, value] of Object.entries(said.headers)) options.setHeader(name, value)
      if (said.outcome === 'hit' && said.edits === undefined && !said.isNote) admitted.refusal ??= said.refusal
    }
    return admitted
  }

  /** Most say so at once, and nobody waits for them. */
  #admit(
    guard: CallGuard,
    admit: NonNullable<Readings['admit']>,
    arrival: Arrival,
    options: AdmitOptions,
  ): Admission | undefined | Promise<Admission | undefined> {
    const verdict = this.#verdicts.of(guard.id)
    const { meters, now } = options
    try {
      const asked = admit(arrival, { meters, now, patienceMs: guard.time.leftMs * PATIENCE })
      if (asked instanceof Promise) return this.#admitLater(guard, verdict, asked, options)
      return this.#hearAdmission(guard, verdict, asked, options)
    } catch (error) {
      this.#verdicts.fail(verdict, whyOf(error))
      return undefined
    }
  }

  async #admitLater(
    guard: CallGuard,
    verdict: OpenVerdict,
    asked: Promise<Admission>,
    options: AdmitOptions,
  ): Promise<Admission | undefined> {
    const started = this.#now()
    try {
      const said = await inTime(asked, guard.time.leftMs)
      guard.time.add(this.#now() - started)
      return this.#hearAdmission(guard, verdict, said, options)
    } catch (error) {
      this.#verdicts.fail(verdict, whyOf(error))
      // What it still takes hold of after its deadline, it gives back.
      asked.then(({ settle }) => settle?.(NOWHERE)).catch(() => undefined)
      return undefined
    }
  }

  #hearAdmission(
    { isEnforced }: CallGuard,
    verdict: OpenVerdict,
    asked: Admission,
    { onEnd, onAgain, onLimit }: AdmitOptions,
  ): Admission {
    const said = saneAdmission(asked)
    if (said.settle) onEnd(said.settle)
    if (said.again && isEnforced) onAgain(said.again)
    if (said.seconds !== undefined) onLimit(verdict.guard, said.seconds)
    if (said.outcome === 'pass') return said
    const remedy = said.isNote ? 'note' : said.edits === undefined ? 'block' : 'rewrite'
    for (const { kind, note, place = '' } of said.found)
      this.#note(verdict, [{ ...EXCESS, detector: verdict.guard, kind, note }], remedy, { origin: 'user', place })
    this.#verdicts.change(verdict, said.edits?.length ?? 0)
    return said
  }

  /** What is no text, in a request, an answer, or an event of a streamed one. */
  body(body: Json): JsonEdit[] {
    const edits: JsonEdit[] = []
    for (const guard of this.#guards) {
      const { id, examine, time } = guard
      if (examine === undefined) continue
      const verdict = this.#verdicts.of(id)
      if (verdict.outcome === 'failed') continue
      const started = this.#now()
      try {
        const said = saneInspected(examine(body, this.#stage))
        time.add(this.#now() - started)
        edits.push(...this.#hear(guard, verdict, said))
      } catch (error) {
        this.#verdicts.fail(verdict, whyOf(error))
      }
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

  async #inspect(guard: CallGuard, turn: Turn, context: Omit<GuardContext, 'signal'>): Promise<readonly JsonEdit[]> {
    const { id, inspect, time } = guard
    const verdict = this.#verdicts.of(id)
    if (inspect === undefined || verdict.outcome === 'failed') return []
    let late: AbortController | undefined
    try {
      const started = this.#now()
      const asked = inspect(turn, {
        ...context,
        // Few listen, and to make one costs more than most of them do.
        get signal() {
          return (late ??= new AbortController()).signal
        },
      })
      const said = asked instanceof Promise ? await inTime(asked, time.leftMs, () => late?.abort()) : asked
      time.add(this.#now() - started)
      return this.#hear(guard, verdict, saneInspected(said))
    } catch (error) {
      this.#verdicts.fail(verdict, whyOf(error))
      return []
    }
  }

  #hear({ isEnforced }: CallGuard, verdict: OpenVerdict, said: Inspected): readonly JsonEdit[] {
    const { edits = [] } = said
    if (said.outcome === 'hit') {
      const remedy = said.edits === undefined ? 'block' : 'rewrite'
      for (const finding of said.findings) this.#note(verdict, [finding], remedy, finding)
    }
    this.#verdicts.change(verdict, edits.length)
    return isEnforced ? edits : []
  }

  #try<T>(verdict: OpenVerdict, time: GuardTime, work: () => T): T | undefined {
    const started = this.#now()
    try {
      const result = work()
      time.add(this.#now() - started)
      return result
    } catch (error) {
      this.#verdicts.fail(verdict, whyOf(error))
      return undefined
    }
  }

  #note(
    verdict: OpenVerdict,
    findings: readonly Omit<Hit, 'origin' | 'place'>[],
    remedy: Verdict['remedy'],
    about: Place,
  ): void {
    if (this.#overseers.length === 0) return this.#verdicts.add(verdict, findings, remedy, about)
    for (const finding of findings) {
      const { guard } = verdict
      const hit = { kind: 'hit', guard, confidence: finding.confidence } as const
      const isHeld = this.#hold(hit, (hold) => this.holds.words(hold), about)
      this.#verdicts.add(verdict, [finding], isHeld && remedy === 'block' ? 'hold' : remedy, about)
    }
  }
}

/** Of a text that comes whole: few ask where it stands, and to write that down costs more than most of what they do ask. */
class KindAt implements TextKind {
  readonly stage: Stage
  readonly origin: Speaker
  readonly part: TextPartKind
  readonly #at: JsonPath

  constructor(stage: Stage, origin: Speaker, part: TextPartKind, at: JsonPath) {
    this.stage = stage
    this.origin = origin
    this.part = part
    this.#at = at
  }

  get place(): string {
    return this.#at.join('.')
  }
}
