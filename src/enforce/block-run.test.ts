// A secret that a streamed answer divides over blocks, thoughts and calls: who reads them takes them for one text.
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
import type { Conversation } from './wire/wire.ts'

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
  /** With what calls went out. */
  called: string
  /** Kind of what came last when the first of them went. */
  calledWith: string | undefined
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
  let [text, called] = ['', '']
  let calledWith: string | undefined
  const went: number[] = []
  const hear = (released: readonly { deltas: readonly Delta[] }[], came = 'end') => {
    for (const { deltas } of released)
      for (const delta of deltas) {
        if (delta.kind === 'text') text += delta.text
        if (delta.kind !== 'arguments') continue
        called += delta.text
        calledWith ??= came
      }
    went.push(released.length)
  }
  let frame = 0
  for (const deltas of eventsOf(parts, between, channels)) {
    gate.push(frame++, deltas, 1)
    hear(gate.release(), deltas[0]?.kind)
  }
  hear(gate.end())
  const found = inspection.verdicts.flatMap(({ guard, hits }) => (hits.length > 0 ? [guard] : []))
  return { text, called, calledWith, isBlocked: gate.isBlocked, found, went }
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

const call = (values: Readonly<Record<string, string>>, block = 1): Delta[] => [
  { kind: 'call', choice: 0, block, id: 'c', name: 'look' },
  ...[...JSON.stringify(values)].map((text): Delta => ({ kind: 'arguments', choice: 0, block, text, at: ['a'] })),
  { kind: 'close', choice: 0, block },
]

test('blocks with a call between them that says nothing are two texts', () =>
  assert.equal(say(split(TEXT, 30), 'enforce', call({})).isBlocked, false))

test('nothing of a key goes out that is split between what was thought and what is said', () => {
  for (let at = BEFORE.length + 1; at < BEFORE.length + KEY.length; at++)
    for (const channels of [
      ['reasoning', 'text'],
      ['text', 'reasoning'],
      ['reasoning', 'refusal'],
    ] as const) {
      const said = say(split(TEXT, at), 'enforce', [], channels)
      assert.ok(said.isBlocked && BEFORE.startsWith(said.text), `${channels.join()} at ${at}: ${said.text}`)
    }
})

test('nothing of a key goes out that is split between text and a call, before it, behind it or over it', () => {
  const [start, end] = [BEFORE.length, BEFORE.length + KEY.length]
  for (let at = start + 1; at < end; at++) {
    const [head, tail] = [TEXT.slice(0, at), TEXT.slice(at, end)]
    const middle = Math.min(at + 7, end - 1)
    const ways: readonly [string, Said][] = [
      ['before', say([head, ' More.'], 'enforce', call({ first: tail, last: 'x' }))],
      ['behind', say([BEFORE, `${tail} and more.`], 'enforce', call({ first: 'x', last: TEXT.slice(start, at) }))],
      ['over', say([head, TEXT.slice(middle)], 'enforce', call({ all: TEXT.slice(at, middle) }))],
    ]
    for (const [way, said] of ways) {
      if (way === 'over' && at >= middle) continue
      assert.ok(said.isBlocked, `${way}, split at ${at}: ${said.text}`)
      assert.ok(BEFORE.startsWith(said.text), `${way}, split at ${at}: ${said.text}`)
      assert.equal(said.called, '', `${way}, split at ${at}: ${said.called}`)
    }
  }
})

test('nothing of a key goes out that is split between two values of a call, or between two calls', () => {
  const [start, end] = [BEFORE.length, BEFORE.length + KEY.length]
  for (let at = start + 1; at < end; at++) {
    const [head, tail] = [TEXT.slice(start, at), TEXT.slice(at, end)]
    const ways: readonly [string, readonly Delta[]][] = [
      ['values', call({ to: 'x', one: head, two: tail, last: 'y' })],
      ['calls', [...call({ to: 'x', one: head }), ...call({ two: tail, last: 'y' }, 3)]],
      ['calls of one value', [...call({ one: head }), ...call({ two: tail }, 3)]],
    ]
    for (const [way, between] of ways) {
      const { called, isBlocked } = say([BEFORE, ' More.'], 'enforce', between)
      assert.ok(isBlocked, `${way}, split at ${at}`)
      for (let i = 0; i + 6 <= KEY.length; i++) assert.ok(!called.includes(KEY.slice(i, i + 6)), `${way}, ${called}`)
    }
  }
})

test('a call waits for no more than the first value of the next', () => {
  const [one, two] = [call({ city: 'Paris', unit: 'C', days: 'seven' }), call({ city: 'Rome', list: 'of words' }, 3)]
  const { called, isBlocked, calledWith } = say(['Let me look. ', 'Here it is.'], 'enforce', [...one, ...two])
  assert.equal(isBlocked, false)
  assert.equal(called, '{"city":"Paris","unit":"C","days":"seven"}{"city":"Rome","list":"of words"}')
  assert.equal(calledWith, 'arguments')
})

test('nothing of a key goes out that is split over three values in two calls', () => {
  for (let at = 4; at < KEY.length - 8; at += 3) {
    const [one, two, three] = [KEY.slice(0, at), KEY.slice(at, at + 4), KEY.slice(at + 4)]
    const { called, isBlocked } = say(['Now', ' More.'], 'enforce', [
      ...call({ to: 'x', one, two }),
      ...call({ three, last: 'y' }, 3),
    ])
    assert.ok(isBlocked, `split at ${at}`)
    for (let i = 0; i + 6 <= KEY.length; i++) assert.ok(!called.includes(KEY.slice(i, i + 6)), `${at}: ${called}`)
  }
})

test('a key that does not end where its text ends goes on in what follows, so that nothing follows', () => {
  const half = `-----BEGIN PRIVATE KEY-----\n${sample('[0-9A-Za-z+/]{64}', seeded(9))}\n`
  for (const said of [say([half, ''], 'enforce', call({ to: 'x', all: 'y' })), say([half, 'And more.'])]) {
    assert.ok(said.isBlocked)
    assert.equal(said.text + said.called, '')
  }
})

test('a call that says nothing of a kind goes out when it is whole', () => {
  const { called, calledWith, isBlocked } = say(
    ['Let me look. ', 'Here it is.'],
    'enforce',
    call({ city: 'Paris', unit: 'C' }),
  )
  assert.equal(isBlocked, false)
  assert.equal(called, '{"city":"Paris","unit":"C"}')
  assert.equal(calledWith, 'text')
})

test('words before a call wait for no more than its first value', () => {
  const words = 'I will write the file'
  const { text, went } = say([words, ''], 'enforce', call({ path: 'a.txt', content: 'A long text. '.repeat(20) }))
  assert.equal(text, words)
  let gone = 0
  const after = went.findIndex((count) => (gone += count) > words.length)
  assert.equal(after, 1 + words.length + 2 + '{"path":"a.txt",'.length - 1)
})

test('what a call and a thought say by themselves is cut there as before, and stops nothing', () => {
  const { text, called, isBlocked } = say([`Words, ${KEY}`, ' and more.'], 'enforce', call({ key: KEY }), ['reasoning'])
  assert.equal(isBlocked, false)
  assert.equal(text, 'Words, [github-pat] and more.')
  assert.equal(called, '{"key":"[github-pat]"}')
})

/** As the format writes them, read and released: what an upstream sends, and what of it a client gets. */
function through(wire: Conversation, deltas: readonly Delta[]): string {
  const reader = wire.upstream.readStream()
  const writer = wire.client.writeStream({ id: 'x', model: 'm', createdAt: new Date(0) })
  const written = deltas.flatMap((delta) => writer.write(delta))
  const inspection = new Inspection(createEnforcement({}), 'answer', () => 0)
  const gate = new StreamGate<string>(inspection, 1_000_000)
  let out = ''
  const hear = (released: ReturnType<typeof gate.release>) => {
    for (const { frame, edits, body } of released)
      out += edits.length > 0 ? editJson(JSON.stringify(body), edits) : frame
  }
  for (const { raw, data, event } of eventStream().push(Buffer.from(written.map(writeFrame).join('')))) {
    const body = data === '[DONE]' ? data : (JSON.parse(data) as Json)
    gate.push(raw, reader.read(body, event), raw.length, body)
    hear(gate.release())
  }
  hear(gate.end())
  return out
}

const THREE = [BEFORE.length + 20, BEFORE.length + KEY.length]
const [HEAD = '', TAIL = '', REST = ''] = split(TEXT, ...THREE)
const SPLITS: readonly [over: string, deltas: readonly Delta[]][] = [
  ['two blocks', [...eventsOf([HEAD, TAIL + REST], [], [])].flat()],
  ['a thought and text', [...eventsOf([HEAD, TAIL + REST], [], ['reasoning', 'text'])].flat()],
  ['text and a call', [...eventsOf([HEAD, ''], call({ to: TAIL, more: 'x' }), [])].flat()],
  ['a thought and a call', [...eventsOf([HEAD, ''], call({ to: TAIL, more: 'x' }), ['reasoning'])].flat()],
  ['two values of a call', [...eventsOf([BEFORE, ''], call({ one: HEAD.slice(BEFORE.length), two: TAIL }), [])].flat()],
  [
    'two calls',
    [
      ...eventsOf([BEFORE, ''], [...call({ one: HEAD.slice(BEFORE.length), x: '' }), ...call({ two: TAIL }, 3)], []),
    ].flat(),
  ],
  ['a call and text', [...eventsOf(['', TAIL + REST], call({ more: 'x', to: HEAD }), [])].flat()],
]

for (const wire of CONVERSATIONS)
  for (const [over, deltas] of SPLITS) {
    // A message of this format says its calls behind all of its text.
    if (wire.id === 'openai-chat' && over === 'a call and text') continue
    test(`${wire.id}: no event shows a part of a key that is split over ${over}, nor tells it again`, () => {
      const out = through(wire, deltas)
      const letters = [
        ...out.matchAll(/"(?:text|delta|content|thinking|arguments|partial_json|reasoning\w*)":"([^"]*)"/g),
      ]
        .map(([, said]) => said)
        .join('')
      for (const piece of [KEY.slice(0, 8), KEY.slice(8, 16), KEY.slice(20, 28)])
        assert.ok(!out.includes(piece) && !letters.includes(piece), `${piece} in ${letters}`)
    })
  }

test('words go out as they come, in every block', () => {
  const { text, went, isBlocked } = say(['Some plain words. ', 'And some more, right behind. ', 'The last ones.'])
  assert.equal(isBlocked, false)
  assert.equal(text, 'Some plain words. And some more, right behind. The last ones.')
  assert.ok(Math.max(...went) < 12, went.join())
})
