// The acceptance kit: what every detector must do, run on its own examples. A detector's test file calls
// `acceptDetector(detector)` and then adds what is particular to it. What a detector may cost is asked in `pace.ts`.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding, Speaker } from '../model/finding.ts'
import { inOrder } from './collect.ts'
import type { AnyDetector, Example } from './define.ts'
import { createEngine, type Engine } from './engine.ts'

const BEFORE = 'The ferry leaves the harbour at dawn and the fog lifts slowly over the islands. '.repeat(4)
const AFTER = ' Later the sun comes out, people walk along the quay and talk about the weather. '.repeat(4)
/** So many splits in two; and pieces of this length, beginning at each of its characters. */
const SPLITS = 60
const PIECE = 7

export function acceptDetector(detector: AnyDetector): void {
  const engine = createEngine([detector])
  const hits = detector.examples.hit.map(toExample)
  const misses = detector.examples.miss.map(toExample)
  test(`${detector.id} says by examples what it finds and what it leaves`, () => {
    assert(hits.length > 0 && misses.length > 0)
  })

  test(`${detector.id} finds its examples alone and at the start, middle and end of a text`, () => {
    for (const { text, role } of hits) {
      const places = [text, `${text}\n${AFTER}`, `${BEFORE}\n${text}\n${AFTER}`, `${BEFORE}\n${text}`]
      for (const place of places) assert.notDeepEqual(ask(engine, place, role), [], `missed: ${JSON.stringify(place)}`)
    }
  })

  test(`${detector.id} lets its misses pass`, () => {
    for (const { text, role } of misses) assert.deepEqual(ask(engine, text, role), [], JSON.stringify(text))
  })

  test(`${detector.id} finds the same however a stream is cut, and lets go only what is safe`, () => {
    for (const { text, role } of [...hits, ...misses]) acceptStream(engine, `${text}\n${AFTER}`, role)
  })
}

/** Many splits in two; then a cut behind each character, alone and with others at some distance. */
export function acceptStream(engine: Engine, text: string, role: Speaker): void {
  const whole = engine.scan(text, { role })
  const accept = (pieces: readonly string[], how: string) =>
    assert.deepEqual(inPieces(engine, pieces, role), whole, `${how}: ${JSON.stringify(text)}`)
  const step = Math.max(1, Math.ceil(text.length / SPLITS))
  for (let at = 0; at <= text.length; at += step) accept([text.slice(0, at), text.slice(at)], `cut at ${at}`)
  for (let first = 1; first <= PIECE; first++) {
    const pieces = [text.slice(0, first)]
    for (let at = first; at < text.length; at += PIECE) pieces.push(text.slice(at, at + PIECE))
    accept(pieces, `${first} characters, then ${PIECE} at a time`)
  }
  accept(text.split(''), 'one character at a time')
}

/** Scans a text in pieces, and checks that nothing is found where it was already let go. */
export function inPieces(engine: Engine, pieces: readonly string[], role: Speaker) {
  const scanner = engine.open({ role })
  const findings: Finding[] = []
  let [safe, seen] = [0, 0]
  for (const step of [...pieces, undefined]) {
    const progress = step === undefined ? scanner.end() : scanner.push(step)
    seen += step?.length ?? 0
    for (const { start } of progress.findings) assert.ok(start >= safe, `found at ${start}, let go up to ${safe}`)
    assert.ok(progress.safe >= safe && progress.safe <= seen, `let go up to ${progress.safe} of ${seen} after ${safe}`)
    findings.push(...progress.findings)
    safe = progress.safe
  }
  const { score, truncated } = scanner
  return { findings: inOrder(findings), score, flag: score >= 0.5, truncated }
}

function ask(engine: Engine, text: string, role: Speaker): Finding[] {
  const { findings } = engine.scan(text, { role })
  for (const { start, end } of findings)
    assert.ok(start >= 0 && start < end && end <= text.length, 'offsets in the text')
  return findings
}

function toExample(example: string | Example): Required<Example> {
  return typeof example === 'string' ? { text: example, role: 'user' } : { role: 'user', ...example }
}
