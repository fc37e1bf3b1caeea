// What `parapet detect` does with its inputs, apart from the terminal: texts to lines of output and an exit code. Reads
// plain text, or JSON lines `{id, text, role}` where the first line is such an object.
import { Failure } from '../lib/failure.ts'
import type { Speaker } from '../model/finding.ts'
import { type Classifier, withJudgement } from './classifier.ts'
import { parseSpeaker, type Engine, type Scan } from './engine.ts'

export interface Source {
  name: string
  bytes: Uint8Array
}

export interface Detected extends Scan {
  id: string
  /** Some bytes were no text of the encoding; they were read as U+FFFD, and offsets count those. */
  damaged: boolean
}

interface Item {
  id: string
  text: string
  role: Speaker
}

/** One result a text, in order. A line that is no such object is a Failure that names it. */
export function* detectIn(engine: Engine, { name, bytes }: Source, role: Speaker): Generator<Detected> {
  const { text: all, damaged } = decode(bytes)
  for (const { id, text, role: speaker } of items(name, all, role)) {
    yield { id, ...engine.scan(text, { role: speaker }), damaged }
  }
}

/** The same, with the word of a classifier added to each. */
export async function* detectWith(
  engine: Engine,
  { classify, threshold }: { classify: Classifier['classify']; threshold: number },
  { name, bytes }: Source,
  role: Speaker,
): AsyncGenerator<Detected> {
  const { text: all, damaged } = decode(bytes)
  for (const { id, text, role: speaker } of items(name, all, role)) {
    const scan = engine.scan(text, { role: speaker })
    yield { id, ...withJudgement(scan, await classify(text), threshold), damaged }
  }
}

/** For people: where, what, and how sure. Never the text itself. */
export function toLines({ id, score, findings, truncated, damaged }: Detected): string[] {
  const lines = findings.map(
    ({ detector, start, end, severity, confidence, note }) =>
      `${id}:${start}-${end}  ${severity}  ${detector} (${confidence.toFixed(2)})  ${note}`,
  )
  if (lines.length === 0) lines.push(`${id}: nothing found (score ${score.toFixed(2)})`)
  for (const detector of truncated) lines.push(`${id}: ${detector} found more than is listed here`)
  if (damaged) lines.push(`${id}: not all of it is text; each byte that is none was read as U+FFFD`)
  return lines
}

/** UTF-8, or UTF-16 where a byte order mark says so. */
function decode(bytes: Uint8Array): { text: string; damaged: boolean } {
  const [first, second] = bytes
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes), damaged: false }
  } catch {
    return { text: new TextDecoder(label).decode(bytes), damaged: true }
  }
}

/** 0: clean, 1: something was found. */
export function exitCode(results: readonly Detected[]): 0 | 1 {
  return results.some(({ flag, findings }) => flag || findings.length > 0) ? 1 : 0
}

function* items(name: string, text: string, role: Speaker): Generator<Item> {
  if (!isJsonLines(text)) {
    yield { id: name, text, role }
    return
  }
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '') yield toItem(line, `${name}:${index + 1}`, role)
  }
}

function isJsonLines(text: string): boolean {
  const first = text.slice(0, text.indexOf('\n') + 1 || text.length)
  return /^\s*\{/.test(first) && isItem(parseLine(first))
}

function toItem(line: string, place: string, role: Speaker): Item {
  const value = parseLine(line)
  if (!isItem(value)) {
    throw new Failure('input_invalid', `${place}: not a JSON object with a string "text"`, {
      hint: 'each line reads {"id": "…", "text": "…", "role": "user"}; id and role may be left out',
    })
  }
  const id = typeof value.id === 'string' || typeof value.id === 'number' ? String(value.id) : place
  return { id, text: value.text, role: value.role === undefined ? role : parseSpeaker(value.role) }
}

function isItem(value: unknown): value is { text: string; id?: unknown; role?: unknown } {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
