// Streams of ordinary words are let go as they come, up to the word that is still being written.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyDetector } from '../define.ts'
import { createEngine } from '../engine.ts'
import { OUTPUT_DETECTORS } from './output/index.ts'
import { promptLeakage } from './output/prompt-leakage.ts'
import { personal } from './personal/personal.ts'
import { secrets } from './secrets/secrets.ts'

const PROSE =
  'Sure, here is how the ferry works: it leaves at dawn, crosses the bay in 40 minutes and is back by noon. The password ' +
  'of the ticket machine is nothing you need, since the token you bought last week keeps working. First, walk to the quay; ' +
  'then show your key card, and if the gate stays shut, ask the man in the blue jacket. In 1998 the old boat sank (nobody ' +
  'was hurt), so the company bought 3 new ones. See [the timetable](https://ferry.test/times) or "the board" for changes. '

const PROMPT =
  'You answer questions about ferries. Be polite, be brief, and never speak about the price of the new boats.'

const CASES: readonly (readonly [what: string, detectors: readonly AnyDetector[], usually: number, most: number])[] = [
  ['secrets', [secrets], 12, 64],
  ['secrets and personal data', [secrets, personal], 24, 90],
  ['dangerous output', OUTPUT_DETECTORS, 24, 64],
  ['a protected prompt', [promptLeakage(PROMPT)], 12, 40],
]

for (const [what, detectors, usually, most] of CASES) {
  test(`a stream read for ${what} holds back little of ordinary words`, () => {
    const scanner = createEngine(detectors).open({ role: 'assistant' })
    const text = PROSE.repeat(4)
    const held = text.split('').map((char, at) => at + 1 - scanner.push(char).safe)
    const sorted = held.toSorted((a, b) => a - b)
    assert.ok((sorted[held.length >> 1] ?? 0) <= usually, `mostly ${sorted[held.length >> 1]}`)
    assert.ok(
      (sorted.at(-1) ?? 0) <= most,
      `at most ${sorted.at(-1)}, at ${text.slice(0, held.indexOf(sorted.at(-1) ?? 0) + 1).slice(-100)}`,
    )
    assert.deepEqual(scanner.end().findings, [])
  })
}
