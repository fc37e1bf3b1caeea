// An event that is recognised says what reading it would have said, whatever stands in it and however it is spelt.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../lib/canonical-json.ts'
import { EventMoulds, onlyText } from './event-moulds.ts'
import { eventStream } from './frames.ts'
import { CONVERSATIONS } from './wire/index.ts'
import type { Delta } from './wire/delta.ts'

/** As `#read` of a relay does it; beside it what a reader gives that reads all of them. */
function heard(wire: (typeof CONVERSATIONS)[number], events: readonly string[], isSilent = true) {
  const { readStream } = wire.upstream
  const [reader, witness] = [readStream(), readStream()]
  const moulds = new EventMoulds(reader.varying ?? new Set())
  const [said, wanted]: [Delta[], Delta[]] = [[], []]
  const bodies: Json[] = []
  let recognised = 0
  for (const { raw, data, event } of eventStream().push(Buffer.from(events.join('')))) {
    const body = JSON.parse(data) as Json
    wanted.push(...witness.read(body, event))
    const known = moulds.recognise(raw)
    if (known !== undefined) {
      recognised++
      said.push(...known.deltas)
      bodies.push(known.body)
      continue
    }
    bodies.push(body)
    const deltas = reader.read(body, event)
    said.push(...deltas)
    const delta = onlyText(deltas)
    if (delta === undefined && deltas.length > 0) moulds.forget()
    else if (delta) moulds.learn(raw, data, delta, body, () => isSilent)
  }
  return { said, wanted, bodies, recognised }
}

const chat = CONVERSATIONS.find(({ id }) => id === 'openai-chat')
assert.ok(chat)
const sent = (data: string) => `data: ${data}\n\n`
const chunk = (content: string, more = '') => `{"id":"c","choices":[{"index":0,"delta":{"content":${content}}}]${more}}`
const words = ['"one"', '" two"', '" three"', '""', String.raw`" \n\"four\" \u00e9"`, '"é 🌧"']

describe('a mould', () => {
  test('is made of the first event that holds nothing but a text, and fits all that follow', () => {
    const { said, wanted, recognised } = heard(
      chat,
      words.map((word) => sent(chunk(word))),
    )
    assert.deepEqual(said, wanted)
    assert.equal(recognised, words.length - 2)
  })

  test('fits whatever label stands in an event', () => {
    const events = words.map((word, i) => sent(chunk(word, `,"obfuscation":"${'xY4'.repeat(i)}"`)))
    const { said, wanted, recognised } = heard(chat, events)
    assert.deepEqual(said, wanted)
    assert.equal(recognised, words.length - 2)
  })

  test('counts events where they are numbered, and shows whoever follows each text', () => {
    const responses = CONVERSATIONS.find(({ id }) => id === 'openai-responses')
    assert.ok(responses)
    const place = '"item_id":"m","output_index":0, "content_index": 0'
    const events = words.map((word, i) =>
      sent(`{"type":"response.output_text.delta","sequence_number": ${i + 9},${place},"delta":${word},"logprobs":[]}`),
    )
    const { said, wanted, bodies, recognised } = heard(responses, events)
    assert.deepEqual(said, wanted)
    assert.deepEqual(
      bodies,
      events.map((event) => JSON.parse(event.slice('data: '.length))),
    )
    assert.equal(recognised, words.length - 1)
    const odd = [...events.slice(0, 2), ...['1.5', '-1', '01', '"1"'].map((n) => events[2]?.replace('11', n) ?? '')]
    assert.throws(() => heard(responses, odd), SyntaxError)
    assert.equal(heard(responses, odd.toSpliced(4, 1)).recognised, 1)
  })

  test('fits no event in which anything else differs', () => {
    const first = [sent(chunk('"a"')), sent(chunk('"one"'))]
    const others = [
      chunk('"two"', ',"note":"ghp_"'),
      chunk('"two","refusal":"no"'),
      chunk('"two","content":"three"'),
      chunk('"two"').replace('"index":0', '"index":1'),
      chunk('"two"').replace('}}]', '},"finish_reason":"stop"}]'),
      chunk('null'),
    ]
    for (const other of others) {
      const { said, wanted, recognised } = heard(chat, [...first, sent(other)])
      assert.deepEqual(said, wanted, other)
      assert.equal(recognised, 0, other)
    }
  })

  test('is not made where a label might say something', () => {
    const events = words.map((word) => sent(chunk(word, ',"obfuscation":"a few words"')))
    assert.equal(heard(chat, events).recognised, 0)
  })

  test('is not made where guards have something to say of the event', () => {
    const events = words.map((word) => sent(chunk(word)))
    assert.equal(heard(chat, events, false).recognised, 0)
  })

  test('is not made of a place that only looks like that of the text', () => {
    // The text is spelt in escapes, and what looks like it is another member.
    const tricky = sent(chunk(String.raw`"\u0061b"`, ',"note":"ab"'))
    const { said, wanted, recognised } = heard(chat, [sent(chunk('"x"')), tricky, tricky.replace('"ab"', '"cd"')])
    assert.deepEqual(said, wanted)
    assert.equal(recognised, 0)
  })

  test('is forgotten when the answer takes a turn', () => {
    const stop = sent(chunk('"!"').replace('}}]', '},"finish_reason":"stop"}]'))
    const events = [...words, '"x"'].map((word) => sent(chunk(word)))
    const { said, wanted } = heard(chat, [...events, stop, ...events, stop])
    assert.deepEqual(said, wanted)
  })
})

for (const wire of CONVERSATIONS.filter(({ upstream }) => upstream.readStream().varying !== undefined))
  test(`${wire.id}: events of every kind say the same, recognised or read`, () => {
    const delta = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({
          kind: fc.constant('text' as const),
          text: fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.constantFrom('content', 'a', 'index', '0')),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('call' as const, 'stop' as const) }) },
    )
    fc.assert(
      fc.property(fc.array(delta, { maxLength: 24 }), fc.boolean(), (kinds, isEscaped) => {
        const writer = wire.client.writeStream({ id: 'x', model: 'm', createdAt: new Date(0) })
        const deltas = kinds.flatMap((one): Delta[] => {
          if (one.kind === 'text') return [{ ...one, choice: 0, block: 0, channel: 'text', at: [] }]
          if (one.kind === 'stop') return [{ kind: 'stop', choice: 0, reason: 'end' }]
          return [
            { kind: 'close', choice: 0, block: 0 },
            { kind: 'call', choice: 0, block: 1, id: 'c', name: 'n' },
            { kind: 'arguments', choice: 0, block: 1, text: '{}', at: [] },
            { kind: 'close', choice: 0, block: 1 },
          ]
        })
        const events = [{ kind: 'start', id: 'x', model: 'm' } as const, ...deltas].flatMap((one) =>
          writer.write(one).map(({ event, data }) => {
            const text = JSON.stringify(data)
            const spelt = isEscaped ? text.replaceAll('o', String.raw`\u006f`) : text
            return `${event === undefined ? '' : `event: ${event}\n`}data: ${spelt}\n\n`
          }),
        )
        const { said, wanted } = heard(wire, events)
        assert.deepEqual(said, wanted)
      }),
      { numRuns: 200 },
    )
  })
