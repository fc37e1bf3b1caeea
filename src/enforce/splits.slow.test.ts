// Secrets of every kind there is, cut at every place: a stream gives what the whole text gives, in every format, in texts
// and in the arguments of tools, and no piece of a secret ever goes out.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SECRET_KINDS } from '../detect/detectors/secrets/gates.ts'
import { sample, seeded } from '../detect/detectors/secrets/sample.ts'
import { secrets } from '../detect/detectors/secrets/secrets.ts'
import { createEngine } from '../detect/engine.ts'
import { Inspection } from './inspection.ts'
import { createEnforcement } from './policy.ts'
import { askThrough, WAYS } from './testing-formats.ts'

const engine = createEngine([secrets])
const enforcement = createEnforcement()
const RUN = 8

interface Line {
  kind: string
  text: string
  /** What the engine finds in it. */
  found: string[]
}

const LINES: readonly Line[] = (() => {
  const random = seeded(17)
  return SECRET_KINDS.flatMap(({ id, source, way, gates }) => {
    const value = sample(source, random)
    const text = way === 'token' ? `run 1: ${value} and then` : `${gates[0] ?? ''}_value = "${value}"`
    const found = engine.scan(text, { role: 'assistant' }).findings.map(({ start, end }) => text.slice(start, end))
    return found.length === 0 ? [] : [{ kind: id, text, found }]
  })
})()

function streamed(pieces: readonly string[]): { out: string; steps: string[] } {
  const lane = new Inspection(enforcement, 'answer', () => 0).open('assistant', '')
  const steps = pieces.map((piece) => {
    lane.push(piece)
    return lane.take(lane.safe)
  })
  lane.end()
  steps.push(lane.take(lane.safe))
  return { out: steps.join(''), steps }
}

/** Runs of letters of what was found that went out, but for those that also stand beside it or in the label put there. */
function leaked(out: string, text: string, found: readonly string[]): string[] {
  const beside = found.reduce((rest, secret) => rest.replaceAll(secret, '\n'), text)
  const plain = out.replaceAll(/\[[a-z0-9-]+\]/g, '\n')
  return found.flatMap((secret) => {
    const length = Math.min(RUN, secret.length)
    const runs = Array.from({ length: secret.length - length + 1 }, (_, i) => secret.slice(i, i + length))
    return runs.filter((run) => plain.includes(run) && !beside.includes(run))
  })
}

test('most kinds can be made, so that what follows means something', () =>
  assert.ok(LINES.length > SECRET_KINDS.length * 0.9, `${LINES.length} of ${SECRET_KINDS.length}`))

test('every kind, cut in two at every place, comes out as it does in one piece', () => {
  for (const { kind, text, found } of LINES) {
    const whole = streamed([text]).out
    assert.deepEqual(leaked(whole, text, found), [], kind)
    for (let cut = 1; cut < text.length; cut++)
      assert.equal(streamed([text.slice(0, cut), text.slice(cut)]).out, whole, `${kind}, cut at ${cut}`)
  }
})

describe('every kind, letter by letter', () => {
  const BATCH = 40
  const batches = Array.from({ length: Math.ceil(LINES.length / BATCH) }, (_, i) =>
    LINES.slice(i * BATCH, (i + 1) * BATCH),
  )
  for (const way of WAYS)
    test(way.title, async (t) => {
      for (const batch of batches) {
        const text = batch.map((line) => line.text).join('\n')
        const call = Object.fromEntries(batch.map((line) => [line.kind, line.text]))
        const { texts, calls } = await askThrough(t, way, {}, { user: 'Hi' }, { text, call })
        const found = engine.scan(text, { role: 'assistant' }).findings.map(({ start, end }) => text.slice(start, end))
        assert.equal(texts[0], streamed([text]).out)
        assert.deepEqual(leaked(texts.join(''), text, found), [])
        const heard = Object.values(calls[0] ?? {}).join('\n')
        assert.deepEqual(
          leaked(
            heard,
            text,
            batch.flatMap((line) => line.found),
          ),
          [],
        )
        assert.equal(Object.keys(calls[0] ?? {}).length, batch.length)
      }
    })
})
