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
import { StreamGate } from './stream-gate.ts'
import { askThrough, WAYS } from './testing-formats.ts'
import type { Delta } from './wire/delta.ts'

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

const inText = (block: number, channel: 'text' | 'reasoning', text: string): Delta[] => [
  { kind: 'text', choice: 0, block, channel, text, at: [] },
  { kind: 'close', choice: 0, block },
]
const inCall = (block: number, values: object): Delta[] => [
  { kind: 'call', choice: 0, block, id: 'c', name: 'send' },
  { kind: 'arguments', choice: 0, block, text: JSON.stringify(values), at: [] },
  { kind: 'close', choice: 0, block },
]
const SEAMS: readonly [over: string, of: (head: string, tail: string) => Delta[]][] = [
  ['a thought and text', (head, tail) => [...inText(0, 'reasoning', head), ...inText(1, 'text', tail)]],
  ['text and a thought', (head, tail) => [...inText(0, 'text', head), ...inText(1, 'reasoning', tail)]],
  ['text and a call', (head, tail) => [...inText(0, 'text', head), ...inCall(1, { to: tail, more: 'x' })]],
  ['two values of a call', (head, tail) => inCall(0, { to: head, and: tail })],
  ['a call and text', (head, tail) => [...inCall(0, { more: 'x', to: head }), ...inText(1, 'text', tail)]],
]

/** What goes out of it, with the values of calls as a tool reads them. */
function gone(deltas: readonly Delta[]): string {
  const gate = new StreamGate<number>(new Inspection(enforcement, 'answer', () => 0), 1_000_000)
  let [text, input] = ['', '']
  const hear = (released: readonly { deltas: readonly Delta[] }[]) => {
    for (const delta of released.flatMap(({ deltas }) => deltas)) {
      if (delta.kind === 'text') text += delta.text
      if (delta.kind === 'arguments') input += delta.text
    }
  }
  for (const [frame, delta] of deltas.entries()) {
    gate.push(frame, [delta], 1)
    hear(gate.release())
  }
  gate.push(deltas.length, [{ kind: 'stop', choice: 0, reason: 'end' }], 1)
  hear([...gate.release(), ...gate.end()])
  const values: string[] = input === '' ? [] : Object.values(JSON.parse(input) as Record<string, string>)
  return [text, ...values].join('\n')
}

describe('every kind, cut in two at every place, shows nothing', () => {
  for (const [over, of] of SEAMS)
    test(`over ${over}`, () => {
      for (const { kind, text, found } of LINES)
        for (let cut = 1; cut < text.length; cut++)
          assert.deepEqual(leaked(gone(of(text.slice(0, cut), text.slice(cut))), text, found), [], `${kind}, at ${cut}`)
    })
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
        // A key that does not end in its value goes on in the next one, and none may follow it.
        const isEnded = ({ text, found }: Line) => found.every((secret) => !text.endsWith(secret))
        const inOrder = [...batch.filter(isEnded), ...batch.filter((line) => !isEnded(line))]
        const call = Object.fromEntries(inOrder.map((line) => [line.kind, line.text]))
        const found = engine.scan(text, { role: 'assistant' }).findings.map(({ start, end }) => text.slice(start, end))
        // A key that does not end in a text goes on in what follows, and nothing may follow it.
        const isOpen = found.some((secret) => text.endsWith(secret))
        const ask = (answer: Parameters<typeof askThrough>[4]) => askThrough(t, way, {}, { user: 'Hi' }, answer)
        const { texts, calls } = isOpen
          ? { texts: (await ask({ text })).texts, calls: (await ask({ call })).calls }
          : await ask({ text, call })
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
