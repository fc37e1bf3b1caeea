// How a guard is declared: a control of the AI Exchange at work. Most guards read texts, wherever they stand: they are
// given one text at a time, in pieces or whole, so that requests, answers and streams get the same verdict by
// construction. A guard that must see all of a request at once inspects the turn.
import type { z } from 'zod'
import type { JsonEdit } from '../lib/json-edit.ts'
import type { Stage } from '../model/verdict.ts'
import type { Finding, Speaker } from '../model/finding.ts'
import type { Turn } from '../model/turn.ts'

export interface TextKind {
  stage: Stage
  origin: Speaker
}

/** A place to be replaced. Offsets count from the start of the text. */
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
  /** What to put in place of what was found; without cuts, findings stop the whole. */
  cuts: readonly Cut[]
}

/** One reading of one text. Invariant: what it says does not depend on how the text is cut into pieces. */
export interface Watch {
  push(text: string): Watched
  end(): Watched
}

export type Inspected =
  | { outcome: 'pass' }
  | {
      outcome: 'hit'
      findings: readonly (Finding & { origin: Speaker; place: string })[]
      /** The remedy; without edits the request is stopped. */
      edits?: readonly JsonEdit[]
    }

export interface GuardContext {
  /** Of the caller, as the log names it. */
  keyId: string
  route: string
  now: Date
  /** Aborted at the guard's deadline. */
  signal: AbortSignal
}

interface Described<S extends z.ZodObject> {
  /** Id of the control in the catalogue: the name of the file as well. */
  id: string
  title: string
  settings: S
  /** Measures of the catalogue that hold wherever it is enforced with these settings: its decisions are their proof. */
  proves?(settings: z.output<S>): readonly string[]
}

interface TextGuard<S extends z.ZodObject> extends Described<S> {
  reads(text: TextKind, settings: z.output<S>): boolean
  open(text: TextKind, settings: z.output<S>): Watch
}

interface TurnGuard<S extends z.ZodObject> extends Described<S> {
  inspect(turn: Turn, settings: z.output<S>, context: GuardContext): Inspected | Promise<Inspected>
}

/** A guard with its settings: what a policy holds. */
export type ReadyGuard = { id: string } & (
  | { reads(text: TextKind): boolean; open(text: TextKind): Watch }
  | { inspect(turn: Turn, context: GuardContext): Inspected | Promise<Inspected> }
)

export interface Guard {
  id: string
  title: string
  settings: z.ZodObject
  /** Measures of the catalogue that its decisions prove wherever it is enforced with these settings. */
  proves(settings: unknown): readonly string[]
  ready(settings: unknown): ReadyGuard
}

export function defineGuard<S extends z.ZodObject>(guard: TextGuard<S> | TurnGuard<S>): Guard {
  const { id, title } = guard
  return {
    id,
    title,
    settings: guard.settings,
    proves: (settings) => guard.proves?.(guard.settings.parse(settings)) ?? [],
    ready(input) {
      const settings = guard.settings.parse(input)
      if ('inspect' in guard) return { id, inspect: (turn, context) => guard.inspect(turn, settings, context) }
      return { id, reads: (text) => guard.reads(text, settings), open: (text) => guard.open(text, settings) }
    },
  }
}
