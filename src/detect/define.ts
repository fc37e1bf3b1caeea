// How a detector is declared: plain data and one pure function. A detector never sees the whole text; it names literals
// (or a short trigger), and gets a window round each place where one occurs. That bound is what makes a scan linear,
// streamable and safe from patterns that backtrack.
import type { Family, Severity, Speaker } from '../model/finding.ts'
import type { Tape, Text } from './text.ts'

/** What a detector says about its window; offsets count from the window's start. */
export interface Match {
  start: number
  end: number
  /** 0 to 1; from 0.5 on it is reported. */
  confidence: number
  note: string
  /** Default: the detector's id. */
  kind?: string
  /** Default: the detector's. */
  severity?: Severity
  redaction?: string
  /** Who found it, where several read as one. Default: who was asked. */
  by?: Reader
}

/** The same at another place. */
export const moved = (match: Match, by: number): Match => ({ ...match, start: match.start + by, end: match.end + by })

export interface Context {
  role: Speaker
  /** Where the window starts in the text. */
  offset: number
  /** The window's first character is the text's first; otherwise the text goes on before it. */
  atStart: boolean
  atEnd: boolean
  /** What begins in the window before this was told with the window before it, and is not asked for again. */
  told?: number
  /** A bit for each of the detector's `words` that stands in the window; absent: nobody looked. */
  words?: number
}

export interface Example {
  text: string
  role?: Speaker
}

interface Described {
  id: string
  control: string
  family: Family
  title: string
  severity: Severity
  /** Whose words it reads; absent: everybody's. */
  roles?: readonly Speaker[]
  /** How many findings of one text are kept; the rest is only counted. Default: 256. Redaction needs them all. */
  most?: number
  examples: { hit: readonly (string | Example)[]; miss: readonly (string | Example)[] }
}

/** A hit that begins with one of some characters. All of these share one pass over the text. */
export interface Trigger {
  /** Characters and ranges, as between the brackets of a pattern: `0-9%`. A hyphen that is meant stands first. */
  first: string
  /** A sticky pattern, tried where such a character stands; or where the hit ends, 0 where there is none. */
  hit: RegExp | ((text: Text, at: number) => number)
}

/** The first hit from an offset on, for a loop that can leap over most of a text; costs a pass of its own. */
export type Seek = (text: Text, from: number) => { start: number; end: number } | undefined

/** What a match looks like: a global pattern, and whether such a thing counts at all. */
export interface Shape {
  pattern: RegExp
  /** Default: it does. Says the same of it whatever stands round it. */
  counts?: (found: RegExpExecArray) => boolean
}

/** Looks at windows. The usual kind. */
export interface Detector extends Described {
  /**
   * Literals or a trigger, not both. At least one literal occurs in every match or near it. Compared without case, so a literal must be at most 64 characters
   * and its lower case as long as itself.
   */
  literals?: readonly string[]
  /** For what no literal announces. No hit longer than 32, looks back at most 8. */
  trigger?: Trigger | Seek
  /**
   * How far a match and all that decides about it may lie from the gate's hit, in characters. What touches the cut edge
   * of a window is dropped, so reach must exceed the longest match by one. `before` is what a stream must hold back.
   * Of matches that overlap over two windows the first stays.
   */
  reach: { before: number; after: number }
  /**
   * Words that it wants to know about in a window, as literals are written: they come out of the pass that looks for those, so
   * that what needs them need not be looked for in windows without. They open no window.
   */
  words?: readonly string[]
  detect(window: string, context: Context): readonly Match[]
  /**
   * Every match begins where one of these does. With them a stream holds back only what may still become a match; without,
   * as many characters as a window reaches before its gate.
   */
  shapes?: readonly Shape[]
}

/** One reading of a text in order, for what only the whole can tell: a trained model, a measure of repetition. */
export interface Reading {
  /** Reads what is fresh on the tape, which says whether more will come. Offsets in what it returns are those of the whole text. */
  read(tape: Tape): readonly Match[]
  /** No later match begins before this offset. */
  settled(): number
  /** From which offset on it wants to find the text on the tape again. Default: nothing of what it read. */
  needs?(): number
  /** How likely the text is what the family fears, so far; findings below the threshold count as well. */
  score?(): number
  /** Forgets the text: the same as a reading that was just opened. Without it, one is opened for each text. */
  reset?(): void
}

/** Invariant: what a reading returns is the same however its text is cut into chunks. */
export interface Reader extends Described {
  /** The most characters that `settled` may lag behind. */
  reach: { before: number; after: number }
  open(role: Speaker): Reading
}

export type AnyDetector = Detector | Reader

export function isReader(detector: AnyDetector): detector is Reader {
  return 'open' in detector
}

export const LONGEST_LITERAL = 64
/** So many bits a small integer has. */
export const MOST_WORDS = 30
export const LONGEST_TRIGGER = 32
/** A window is never larger than this on either side. */
export const LONGEST_REACH = 16_384

/** Throws on a detector that could not keep its promises: a mistake of ours, so a plain error. */
export function defineDetector<D extends AnyDetector>(detector: D): D {
  const complain = (what: string): never => {
    throw new TypeError(`detector ${detector.id}: ${what}`)
  }
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(detector.id)) complain('the id must be kebab-case')
  const { before, after } = detector.reach
  if (before < 0 || after < 0 || before > LONGEST_REACH || after > LONGEST_REACH) complain('reach is out of bounds')
  if (isReader(detector)) return detector
  const { literals = [], words = [], trigger } = detector
  if (literals.length > 0 === (trigger !== undefined)) complain('needs literals or a trigger, and not both')
  if (typeof trigger === 'object' && trigger.hit instanceof RegExp && !trigger.hit.sticky)
    complain('the pattern of the trigger must be sticky')
  if (words.length > MOST_WORDS) complain('wants to know about too many words')
  for (const literal of [...literals, ...words]) {
    if (literal.length === 0 || literal.length > LONGEST_LITERAL) complain('a literal is empty or too long')
    if (literal.toLowerCase().length !== literal.length) complain('a literal changes its length in lower case')
  }
  return detector
}
