// How a guard is declared: a control of the AI Exchange at work. Most guards read texts, wherever they stand: they are
// given one text at a time, in pieces or whole, so that requests, answers and streams get the same verdict by
// construction. A guard that must see all of a request at once inspects the turn. A guard that counts – calls, tokens,
// money – admits the call before its texts are looked at, and hears how it ended.
import type { z } from 'zod'
import type { Json, JsonObject } from '../lib/canonical-json.ts'
import type { Failure } from '../lib/failure.ts'
import type { JsonEdit } from '../lib/json-edit.ts'
import type { Hold } from '../model/approval.ts'
import type { Exchange } from '../model/exchange.ts'
import type { Finding, Speaker } from '../model/finding.ts'
import type { KeyLimits } from '../model/gateway-key.ts'
import type { Mode } from '../model/policy.ts'
import type { Telling } from '../model/telling.ts'
import type { TextPart, Turn, Usage } from '../model/turn.ts'
import type { Stage } from '../model/verdict.ts'
import type { Probe } from './series/probe.ts'
import type { Meters } from './spend/meters.ts'
import type { WireId } from './wire/wire.ts'

/** What kind of text it is: `other` is whatever stands in a body beside what was said. */
export type TextPartKind = TextPart['kind'] | 'arguments' | 'other'

export interface TextKind {
  stage: Stage
  origin: Speaker
  part: TextPartKind
  /** Where it stands in the body of a request; empty where it comes in a stream. */
  place: string
  /** Several that stand side by side: each of them is read by itself as well. */
  isJoined?: true
}

/** A place to be replaced; without length, something is put in. Offsets count from the start of the text. */
export interface Cut {
  start: number
  end: number
  put: string
}

export interface Watched {
  /** No later finding begins before this offset: what lies before it may go out. */
  safe: number
  /** What is new since the last call. */
  findings: readonly Finding[]
  /** What to put in place of what was found; without cuts, findings stop the whole. Cuts without findings only change. */
  cuts: readonly Cut[]
  /** Findings that are to be known, and from which nothing follows. */
  notes?: readonly Finding[]
}

/** One reading of one text. Invariant: what it says does not depend on how the text is cut into pieces. */
export interface Watch {
  /** The others read the text as this one leaves it. */
  isFirst?: boolean
  push(text: string): Watched
  end(): Watched
  /** The same as both for a text that comes in one piece, where nobody asks what may go out early. */
  whole?(text: string): Watched
}

export type Inspected =
  /** Edits without a finding are the guard's work on what is in order. */
  | { outcome: 'pass'; edits?: readonly JsonEdit[] }
  | {
      outcome: 'hit'
      findings: readonly (Finding & { origin: Speaker; place: string })[]
      /** The remedy; without edits the request is stopped. */
      edits?: readonly JsonEdit[]
    }

/** What is known of a call before its words are looked at. */
export interface CallContext {
  /** Of the caller, as the log names it. */
  keyId: string
  /** The system the key belongs to. */
  asset: string | undefined
  route: string
  /** Of the installation: what is made with it cannot be made up outside. */
  secret: Uint8Array
  /** Undefined where there is no call that somebody waits for. */
  callId?: string | undefined
}

export interface GuardContext extends CallContext {
  now: Date
  /** Aborted at the guard's deadline. */
  signal: AbortSignal
  /** How the model can be told something where no message does: an edit of the body. Absent where the format has no way. */
  instruct?: ((words: string) => JsonEdit) | undefined
}

/** What may need a person: a request as such, a tool call that the model wants, or a hit of another guard. */
export type Holdable =
  | { kind: 'request' }
  | { kind: 'call'; name: string; arguments: string }
  | { kind: 'hit'; guard: string; confidence: number }

/** Says what waits for a person before it goes on. */
export interface Overseer {
  /** Guards whose hits may wait: what they find must not have gone out before it is known. */
  guards: ReadonlySet<string>
  at(stage: Stage): boolean
  /** All of them have to be satisfied. */
  holdsOn(one: Holdable): readonly Hold[]
}

/** What a guard does on one call; it may do several of these. */
export interface Readings {
  oversees?: Overseer
  reads?(text: TextKind): boolean
  open?(text: TextKind): Watch
  /** What it looks for may also lie over the seam of two texts that a model reads as one. */
  joins?: boolean | undefined
  /** Sees all of a request at once. */
  inspect?(turn: Turn, context: GuardContext): Inspected | Promise<Inspected>
  /** Admits the call, or not, before anything is read. */
  admit?(arrival: Arrival, context: AdmitContext): Admission | Promise<Admission>
  /** Sees what is no text: the JSON of a request, of an answer, or of one event of a streamed answer. */
  examine?(body: Json, stage: Stage): Inspected
}

/** A call that asks to be let in: who, what for and where to. Its texts were not looked at yet. */
export interface Arrival {
  keyId: string
  asset: string | undefined
  /** The agent that the key or token is bound to. */
  agent: string | undefined
  /** Who it is for, where that was proven. */
  user: string | undefined
  /** Limits that the key carries. */
  limits: KeyLimits
  route: string
  wire: WireId
  turn: Turn
  /** As it came: for what a turn does not tell. */
  body: JsonObject
  /** Of the body, unpacked. */
  bytes: number
  /** Of the client, as far as proxies can be believed. */
  address: string | undefined
  header(name: string): string | undefined
  /** What it asks anew; undefined where there is nothing new. Made once, for all who ask. */
  probe(): Probe | undefined
  /** Where it may be sent: the name that the model has there. */
  targets: readonly { upstream: string; provider: string; model: string }[]
}

/** How a call ended that was let in. */
export interface CallEnd {
  /** `nowhere`: no upstream took it. `part`: its answer broke off, or was broken off. */
  went: 'nowhere' | 'part' | 'whole'
  /** What the upstream told of; in part, where it went so far. */
  usage: Usage | undefined
  /** UTF-8 bytes of text that came of the answer. */
  seenBytes: number
  /** Where it was sent. */
  target: { upstream: string; model: string } | undefined
  /** Guards that asked for it to be stopped, enforced or not. */
  stoppedBy: readonly string[]
}

/** What an admitting guard says. `settle` is called exactly once if the guard gave one, however the call ends. */
export type Admission = (
  | { outcome: 'pass'; edits?: readonly JsonEdit[] }
  | {
      outcome: 'hit'
      found: readonly { kind: string; note: string; place?: string }[]
      /** It is to be known, and nothing follows. */
      isNote?: true
      /** The remedy; without edits the call is refused. */
      edits?: readonly JsonEdit[]
      /** The words of the refusal; a plain `blocked` unless given. */
      refusal?: Failure
    }
) & {
  /** The call may take so long, from its first byte to its last. */
  seconds?: number | undefined
  /** For the client, whether it is let in or not. */
  headers?: Readonly<Record<string, string>>
  settle?: (end: CallEnd) => void
  /** Asked before the call is sent once more although nobody knows what became of it; `settle` hears of the last one only. */
  again?: () => Promise<boolean>
}

export interface AdmitContext {
  /** Counters that live as long as the gateway. */
  meters: Meters
  now: Date
  /** How long a call may wait to be let in: the guard's deadline with some room. */
  patienceMs: number
}

interface Described<S extends z.ZodObject> {
  /** Id of the control in the catalogue: the name of the file as well. */
  id: string
  title: string
  settings: S
  /** Measures of the catalogue that hold wherever it is enforced with these settings: its decisions are their proof. */
  proves?(settings: z.output<S>): readonly string[]
  /** Measures that hold only as far as calls say so by themselves, or somebody who counts. */
  toldOf?(settings: z.output<S>): readonly string[]
  /** What a call that is over says of them. */
  tells?(exchange: Exchange): readonly Telling[]
  /** In force unless the policy says otherwise: what would surprise a developer only observes. Default: enforce. */
  mode?: Mode
}

interface TextGuard<S extends z.ZodObject> extends Described<S> {
  reads(text: TextKind, settings: z.output<S>): boolean
  joins?: boolean
  open(text: TextKind, settings: z.output<S>): Watch
}

interface TurnGuard<S extends z.ZodObject> extends Described<S> {
  inspect(turn: Turn, settings: z.output<S>, context: GuardContext): Inspected | Promise<Inspected>
}

interface AdmittingGuard<S extends z.ZodObject> extends Described<S> {
  /** Says so at once where it can: most calls need not wait. */
  admit(arrival: Arrival, settings: z.output<S>, context: AdmitContext): Admission | Promise<Admission>
}

interface BodyGuard<S extends z.ZodObject> extends Described<S> {
  examine(body: Json, stage: Stage, settings: z.output<S>): Inspected
}

/** Remembers for the answer what it saw in the request: what it returns lives as long as the call. */
interface CallGuard<S extends z.ZodObject> extends Described<S> {
  begin(turn: Turn, settings: z.output<S>, context: CallContext): Readings
}

/** A guard with its settings: what a policy holds. */
export interface ReadyGuard extends Readings {
  id: string
  /** Has to be asked before each call; `src/enforce/begin.ts` does. */
  begin?(turn: Turn, context: CallContext): Readings
}

export interface Guard {
  id: string
  title: string
  settings: z.ZodObject
  /** Measures of the catalogue that its decisions prove wherever it is enforced with these settings. */
  proves(settings: unknown): readonly string[]
  /** Measures of which more has to be told than that it worked. */
  toldOf(settings: unknown): readonly string[]
  tells: ((exchange: Exchange) => readonly Telling[]) | undefined
  mode: Mode
  ready(settings: unknown): ReadyGuard
}

export function defineGuard<S extends z.ZodObject>(
  guard: TextGuard<S> | TurnGuard<S> | BodyGuard<S> | CallGuard<S> | AdmittingGuard<S>,
): Guard {
  const { id, title, mode = 'enforce' } = guard
  return {
    id,
    title,
    mode,
    settings: guard.settings,
    proves: (settings) => guard.proves?.(guard.settings.parse(settings)) ?? [],
    toldOf: (settings) => guard.toldOf?.(guard.settings.parse(settings)) ?? [],
    tells: guard.tells,
    ready(input) {
      const settings = guard.settings.parse(input)
      if ('admit' in guard) return { id, admit: (arrival, context) => guard.admit(arrival, settings, context) }
      if ('begin' in guard) return { id, begin: (turn, context) => guard.begin(turn, settings, context) }
      if ('inspect' in guard) return { id, inspect: (turn, context) => guard.inspect(turn, settings, context) }
      if ('examine' in guard) return { id, examine: (body, stage) => guard.examine(body, stage, settings) }
      const { joins } = guard
      return { id, joins, reads: (text) => guard.reads(text, settings), open: (text) => guard.open(text, settings) }
    },
  }
}
