// Text in, findings out. An engine is a list of detectors made ready once; it keeps no state between texts, so one serves
// every caller of a process.
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import { SPEAKERS, type Finding, type Speaker } from '../model/finding.ts'
import { inOrder, THRESHOLD } from './collect.ts'
import { compile, type Program } from './compile.ts'
import type { AnyDetector } from './define.ts'
import { Scanner } from './scanner.ts'
import { nextReader, SilentTexts } from './silent-texts.ts'

export interface Scan {
  /** In the order of their places. */
  findings: Finding[]
  /** 0 to 1: how likely the text holds an injection. */
  score: number
  /** The score reached the shipped threshold. */
  flag: boolean
  /** Detectors that found more than is kept. */
  truncated: string[]
}

export interface Told {
  findings: readonly Finding[]
  /** More was found than is kept. */
  isTruncated: boolean
}

export interface Engine {
  readonly detectors: readonly AnyDetector[]
  /** Default role: `user`. */
  scan(text: string, options?: { role?: Speaker }): Scan
  /** Its findings alone, as they come. */
  find(text: string, role: Speaker): Told
  /** For text that arrives in pieces. */
  open(options?: { role?: Speaker }): Scanner
}

export interface EngineOptions {
  /** `find` remembers there in which texts it found nothing: for those that come again and again. */
  silent?: SilentTexts
  /** Says of a text, at a look, that there is nothing to be found in it for anybody. */
  isHarmless?(text: string): boolean
}

export function createEngine(detectors: readonly AnyDetector[], { silent, isHarmless }: EngineOptions = {}): Engine {
  const ids = detectors.map(({ id }) => id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined) throw new TypeError(`two detectors are called ${twice}`)
  const programs = new Map<Speaker, Program>()
  /** Most texts come whole: one scanner after the other would be made for them, and it is most of what a short text costs. */
  const idle = new Map<Speaker, Scanner | undefined>()
  const readers = new Map<Speaker, number>()

  function open({ role = 'user' }: { role?: Speaker } = {}): Scanner {
    let program = programs.get(role)
    if (!program) programs.set(role, (program = compile(detectors, parseSpeaker(role))))
    return new Scanner(program, role)
  }

  /** A scanner that threw is not used again, and one that is at work is not there for what is scanned meanwhile. */
  function whole<T>(text: string, role: Speaker, tell: (scanner: Scanner, findings: readonly Finding[]) => T): T {
    const scanner = idle.get(role) ?? open({ role })
    // Not deleted: a map that loses and gains a member with each text is made anew with each text.
    idle.set(role, undefined)
    const told = tell(scanner, scanner.end(text).findings)
    scanner.reset()
    idle.set(role, scanner)
    return told
  }

  function scan(text: string, { role = 'user' }: { role?: Speaker } = {}): Scan {
    if (typeof text !== 'string') throw new Failure('input_invalid', 'the text to scan is not a string')
    return whole(text, role, ({ score, truncated }, findings) => ({
      findings: inOrder(findings),
      score,
      flag: score >= THRESHOLD,
      truncated,
    }))
  }

  function find(text: string, role: Speaker): Told {
    if (isHarmless?.(text) === true) return NOTHING
    if (silent === undefined || !SilentTexts.takes(text)) return whole(text, role, toTold)
    let reader = readers.get(role)
    if (reader === undefined) readers.set(role, (reader = nextReader()))
    if (silent.has(text, reader)) return NOTHING
    const found = whole(text, role, toTold)
    if (found.findings.length === 0) silent.add(text, reader)
    return found
  }

  return { detectors, scan, find, open }
}

const NOTHING: Told = { findings: [], isTruncated: false }
const toTold = ({ isTruncated }: Scanner, findings: readonly Finding[]): Told => ({ findings, isTruncated })

export function parseSpeaker(role: unknown): Speaker {
  const known = SPEAKERS.find((speaker) => speaker === role)
  if (known) return known
  const near = suggest(String(role), SPEAKERS)
  throw new Failure('input_invalid', `unknown role; expected one of ${SPEAKERS.join(', ')}`, {
    hint: near ? `did you mean "${near}"?` : undefined,
  })
}
