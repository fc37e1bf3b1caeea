// A secret that a streamed answer divides over blocks: who reads them takes them for one text.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sample, seeded } from '../detect/detectors/secrets/sample.ts'
import type { Json } from '../lib/canonical-json.ts'
import { editJson } from '../lib/json-edit.ts'
import { eventStream, writeFrame } from './frames.ts'
import { Inspection } from './inspection.ts'
import { createEnforcement } from './policy.ts'
import { StreamGate } from './stream-gate.ts'
import type { Delta, TextDelta } from './wire/delta.ts'
import { CONVERSATIONS } from './wire/index.ts'

const KEY = sample('ghp_[0-9A-Za-z]{36}', seeded(3))
const PASSWORD = sample('[a-z]{5}[0-9]{3}![A-Z]{3}', seeded(5))
const BEFORE = 'Here it is: '
const TEXT = `${BEFORE}${KEY} and more words.`

type Channel = TextDelta['channel']

/** Blocks one behind the other, letter by letter. */
function* eventsOf(parts: readonly string[], between: readonly Delta[], channels: readonly Channel[]) {
  yield [{ kind: 'start', id: 'a', model: 'm' }] satisfies Delta[]
  for (const [block, part] of parts.entries()) {
    const channel = channels[block] ?? 'text'
    for (const text of part)
      yield [{ kind: 'text', choice: 0, block: 2 * block, channel, text, at: ['t'] }] satisfies Delta[]
    yield [{ kind: 'close', choice: 0, block: 2 * block }] satisfies Delta[]
    if (block < parts.length - 1) for (const delta of between) yield [delta]
  }
  yield [{ kind: 'stop', choice: 0, reason: 'end' }, { kind: 'end' }] satisfies Delta[]
}

interface Said {
  text: string
  isBlocked: boolean
  /** Verdicts that found something. */
  found: string[]
  /** Of each event: how many went out with it. */
  went: number[]
}

function say(
  parts: readonly string[],
  mode = 'enforce',
  between: readonly Delta[] = [],
  channels: readonly Channel[] = [],
): Said {
  const guards = { 'sensitive-output-handling': { mode }, 'model-input-confidentiality': { mode } }
  const inspection = new Inspection(createEnforcement(guards), 'answer', () => 0)
  const gate = new StreamGate<number>(inspection, 1_000_000)
  let text = ''
  const went: number[] = []
  const hear = (released: readonly { deltas: readonly Delta[] }[]) => {
    for (const { deltas } of released) for (const delta of deltas) if (delta.kind === 'text') text += delta.text
    went.push(released.length)
  }
  let frame = 0
  for (const deltas of eventsOf(parts, between, channels)) {
    gate.push(frame++, deltas, 1)
    hear(gate.release())
  }
  hear(gate.end())
  const found = inspection.verdicts.flatMap(({ guard, hits }) => (hits.length > 0 ? [guard] : []))
  return { text, isBlocked: gate.isBlocked, found, went }
}

const split = (text: string, ...at: number[]): string[] =>
  [0, ...at].map((from, i) => text.slice(from, at[i] ?? text.length))

test('nothing of a key goes out, wherever it is split over two blocks or three', () => {
  for (let at = BEFORE.length + 1; at < BEFORE.length + KEY.length; at += 3)
    for (const places of [[at], [at, Math.min(at + 5, BEFORE.length + KEY.length - 1)]]) {
      const said = say(split(TEXT, ...places))
      assert.ok(said.isBlocked, `split at ${places.join()}: ${said.text}`)
      assert.ok(BEFORE.startsWith(said.text), `split at ${places.join()}: ${said.text}`)
    }
})

test('a value whose name stands in the block before does not go out', () => {
  const said = say([`The password: `, `"${PASSWORD}" and more.`])
  assert.ok(said.isBlocked)
  assert.ok(!said.text.includes(PASSWORD.slice(0, 6)), said.text)
})

test('what is found in a block by itself is cut there as before, and stops nothing', () => {
  for (const parts of [
    [TEXT, ' Then more.'],
    ['Some words. ', KEY, ' and more.'],
    [`Words, ${KEY}`, ` and ${KEY}`],
  ]) {
    const { text, isBlocked } = say(parts)
    assert.equal(isBlocked, false)
    assert.equal(text, parts.join('').replaceAll(KEY, '[github-pat]'))
  }
})

test('where nothing is enforced it goes out, and is known', () => {
  const said = say(split(TEXT, 30), 'observe')
  assert.equal(said.text, TEXT)
  assert.ok(said.found.includes('sensitive-output-handling'))
})

test('blocks with a call between them, or of two kinds, are two texts', () => {
  const call: Delta[] = [
    { kind: 'call', choice: 0, block: 1, id: 'c', name: 'look' },
    { kind: 'close', choice: 0, block: 1 },
  ]
  assert.equal(say(split(TEXT, 30), 'enforce', call).isBlocked, false)
  assert.equal(say(split(TEXT, 30), 'enforce', [], ['reasoning', 'text']).isBlocked, false)
})

for (const wire of CONVERSATIONS)
  test(`${wire.id}: no event shows a part of a key that is divided over two blocks, nor tells it again`, () => {
    const { readStream } = wire.upstream
    const reader = readStream()
    const writer = wire.client.writeStream({ id: 'x', model: 'm', createdAt: new Date(0) })
    const written = [...eventsOf(split(TEXT, BEFORE.length + 20), [], [])]
      .flat()
      .flatMap((delta) => writer.write(delta))
    const frames = eventStream().push(Buffer.from(written.map(writeFrame).join('')))
    const inspection = new Inspection(createEnforcement({}), 'answer', () => 0)
    const gate = new StreamGate<string>(inspection, 1_000_000)
    let out = ''
    for (const { raw, data, event } of frames) {
      const body = data === '[DONE]' ? data : (JSON.parse(data) as Json)
      gate.push(raw, reader.read(body, event), raw.length, body)
      for (const { frame, edits, body: told } of gate.release())
        out += edits.length > 0 ? editJson(JSON.stringify(told), edits) : frame
    }
    for (const { frame, edits, body } of gate.end())
      out += edits.length > 0 ? editJson(JSON.stringify(body), edits) : frame
    const letters = [...out.matchAll(/"(?:text|delta|content)":"([^"]*)"/g)].map(([, said]) => said).join('')
    for (const piece of [KEY.slice(0, 8), KEY.slice(8, 16), KEY.slice(20, 28)])
      assert.ok(!out.includes(piece) && !letters.includes(piece), `${piece} in ${letters}`)
  })

test('words go out as they come, in every block', () => {
  const { text, went, isBlocked } = say(['Some plain words. ', 'And some more, right behind. ', 'The last ones.'])
  assert.equal(isBlocked, false)
  assert.equal(text, 'Some plain words. And some more, right behind. The last ones.')
  assert.ok(Math.max(...went) < 12, went.join())
})
