// What a text costs, for tests of what hostile texts may ask: processor time by the character, told in that
// of prose under all detectors in the same run, so that a slow or busy machine gives the same answer. A text is measured
// short; only where that took long enough to be in question, longer too, and again where the answer is bad.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Speaker } from '../model/finding.ts'
import { DETECTORS } from './detectors/index.ts'
import { type AnyDetector, isReader } from './define.ts'
import { createEngine, type Engine } from './engine.ts'

/** The long one is more than is read at once. */
const SHORT = 40_960
const TIMES = 8
/**
 * Of what a character may cost. What costs no more where it is short is not asked for longer: if it grew with the square of
 * the text, it would cost a quarter of what it may at a megabyte.
 */
const BEYOND_QUESTION = 0.01
/** By the character, where the text is eight times as long: eight would be its square, two is what reading on costs. */
const MOST_GROWTH = 5
/** The best of so many tells what the machine was not busy with. */
const RUNS = 8
/** It takes some before code runs as fast as it can. */
const RUNS_OF_PROSE = 12
const RUNS_BESIDE = 2
/** Of any text that is made of a detector's own words. */
const MOST = 32

/** In microseconds. */
const CLOCK_STEP = 4000

interface Question {
  /** Times what prose costs. */
  most?: number
  role?: Speaker
  /** How many characters a short text has, and each piece of it; default: it comes whole. */
  short?: number
  piece?: number
}

export function acceptPace(detector: AnyDetector): void {
  const engine = createEngine([detector])
  test(`${detector.id} takes time in proportion to the text, whatever the text`, () => {
    assert.deepEqual(tooDear(engine, adversarialUnits(detector), { role: detector.roles?.[0] ?? 'user' }), [])
  })
}

/** Those units that, repeated, cost too much by the character, or the more the more characters there are. */
export function tooDear(
  engine: Engine,
  units: readonly string[],
  { most = MOST, role = 'user', short: few = SHORT, piece = Number.POSITIVE_INFINITY }: Question = {},
): string[] {
  return units.flatMap((unit) => {
    const cost = (characters: number, prose: number) => {
      const text = unit.repeat(Math.ceil(characters / unit.length))
      return costOf(() => read(engine, text, role, piece)) / text.length / prose
    }
    let short = cost(few, usualProse())
    const little = BEYOND_QUESTION * most
    if (short <= little) return []
    let long = Number.POSITIVE_INFINITY
    for (let run = 0; run < RUNS; run++) {
      // The machine may be slower now than it was.
      const prose = proseCost(RUNS_BESIDE)
      long = Math.min(long, cost(TIMES * few, prose))
      // Not the first time, which costs more.
      short = Math.min(run === 0 ? cost(few, prose) : short, cost(few, prose))
      if (long <= most && long <= MOST_GROWTH * short + little) return []
    }
    const [before, after] = [short.toFixed(1), long.toFixed(1)]
    return [
      `${JSON.stringify(unit.slice(0, 40))}: ${before}, of ${TIMES} times as much ${after} times what prose costs`,
    ]
  })
}

/** Units that, repeated, are the worst for a gate or a pattern: the detector's own words, and long runs. */
function adversarialUnits(detector: AnyDetector): string[] {
  const literals = isReader(detector) ? [] : (detector.literals ?? []).slice(0, 4)
  const hits = detector.examples.hit.map((hit) => (typeof hit === 'string' ? hit : hit.text).slice(0, 40))
  return ['a', '0', ' ', '-', '@.', 'a1', 'é', '\u{1F600}', ...literals, ...literals.map((l) => `${l} a`), ...hits]
}

function read(engine: Engine, text: string, role: Speaker, piece: number): void {
  if (piece >= text.length) return void engine.scan(text, { role })
  const scanner = engine.open({ role })
  for (let at = 0; at < text.length; at += piece) scanner.push(text.slice(at, at + piece))
  scanner.end()
}

/**
 * In microseconds. The clock of the processor goes by steps, and the one on the wall goes on while others work: what they
 * agree on is right for a short time, and for a long one.
 */
function costOf(work: () => void): number {
  const [started, before] = [performance.now(), process.threadCpuUsage()]
  work()
  const { user, system } = process.threadCpuUsage(before)
  return Math.min(1000 * (performance.now() - started), user + system + CLOCK_STEP)
}

let usual: number | undefined
const usualProse = (): number => (usual ??= proseCost(RUNS_OF_PROSE))

let prose: { engine: Engine; text: string } | undefined

/** Of one character. */
function proseCost(runs: number): number {
  prose ??= {
    engine: createEngine(DETECTORS),
    text: readdirSync('docs/adr')
      .map((name) => readFileSync(`docs/adr/${name}`, 'utf8'))
      .join('\n')
      .slice(0, 131_072),
  }
  const { engine, text } = prose
  const costs = Array.from({ length: runs }, () => costOf(() => read(engine, text, 'user', text.length)))
  return Math.min(...costs) / text.length
}
