// The acceptance kit: what every detector must do, run on its own examples. A detector's test file calls
// `acceptDetector(detector)` and then adds what is particular to it; a slow test calls `acceptPace(detector)`, which takes
// seconds where a detector has much to look at.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding, Speaker } from '../model/finding.ts'
import { inOrder } from './collect.ts'
import { isReader, type AnyDetector, type Example } from './define.ts'
import { createEngine, type Engine } from './engine.ts'

const BEFORE = 'The ferry leaves the harbour at dawn and the fog lifts slowly over the islands. '.repeat(4)
const AFTER = ' Later the sun comes out, people walk along the quay and talk about the weather. '.repeat(4)
const EVERY_SPLIT_UP_TO = 600

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

export function acceptPace(detector: AnyDetector): void {
  const engine = createEngine([detector])
  test(`${detector.id} takes time in proportion to the text, whatever the text`, () => {
    for (const text of adversarialTexts(detector)) acceptGrowth(engine, text, detector.roles?.[0] ?? 'user')
  })
}

/** Every split in two, then one character at a time. */
export function acceptStream(engine: Engine, text: string, role: Speaker): void {
  const whole = engine.scan(text, { role })
  const step = Math.max(1, Math.ceil(text.length / EVERY_SPLIT_UP_TO))
  for (let at = 0; at <= text.length; at += step) {
    assert.deepEqual(inPieces(engine, [text.slice(0, at), text.slice(at)], role), whole, `cut at ${at}`)
  }
  assert.deepEqual(inPieces(engine, text.split(''), role), whole, 'one character at a time')
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

/** Units that, repeated, are the worst for a gate or a pattern: the detector's own words, and long runs. */
export function adversarialTexts(detector: AnyDetector): string[] {
  const literals = isReader(detector) ? [] : (detector.literals ?? []).slice(0, 4)
  const hits = detector.examples.hit.map((hit) => toExample(hit).text.slice(0, 40))
  return ['a', '0', ' ', '-', '@.', 'a1', 'é', '\u{1F600}', ...literals, ...literals.map((l) => `${l} a`), ...hits]
}

/**
 * Four times the text may take some four times as long: a quadratic pattern would take sixteen. Processor time, best of
 * three, because a test machine has other things to do.
 */
export function acceptGrowth(engine: Engine, unit: string, role: Speaker): void {
  const large = unit.repeat(Math.ceil(1_048_576 / unit.length))
  const time = (text: string) => {
    const started = process.cpuUsage()
    engine.scan(text, { role })
    return process.cpuUsage(started).user / 1000
  }
  const whole = time(large)
  if (whole < 400) return
  const quarter = Math.min(...[1, 2, 3].map(() => time(large.slice(0, 262_144))))
  const isFine = (took: number) => took < Math.max(10 * quarter, 400) && took < 8000
  const best = isFine(whole) ? whole : Math.min(whole, time(large))
  assert.ok(best < Math.max(10 * quarter, 400), `${JSON.stringify(unit)}: ${quarter} ms, then ${best} ms`)
  assert.ok(best < 8000, `${JSON.stringify(unit)}: ${best} ms for a megabyte`)
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
