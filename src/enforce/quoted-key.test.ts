// An upstream whose answers quote the key that it was sent: no client hears it, in any format, whole or letter by letter,
// wherever it stands and whatever the policy says.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Lane } from './lane.ts'
import { laneOf } from './lane.ts'
import { askThrough, WAYS } from './testing-formats.ts'
import { over, startGateway, startUpstream } from './testing.ts'
import { QuotedKey } from './upstream/quoted-key.ts'

// No kind of key that anybody knows: nothing else finds it.
const KEY = 'house-key/Zq83+kd=7Yw2 "x'.replace(' "', '-%')
const FORMS: readonly (readonly [how: string, text: string])[] = [
  ['as it stands', KEY],
  ['in base64', Buffer.from(`Bearer ${KEY}`).toString('base64')],
  ['in hexadecimal', Buffer.from(KEY).toString('hex')],
  ['in an address', encodeURIComponent(KEY)],
]
const OFF = { 'sensitive-output-handling': { mode: 'off' }, 'encode-model-output': { mode: 'off' } }

describe('an answer that quotes the key of its upstream', { concurrency: 8 }, () => {
  for (const [at, way] of WAYS.entries())
    for (const [how, text] of [FORMS[0], FORMS[(at % 3) + 1]].filter((form) => form !== undefined))
      test(`${way.title}: ${how}`, async (t) => {
        const asked = await askThrough(t, way, OFF, { user: 'Which?' }, { text: `It is ${text} and so on`, call: { to: text } }, { key: KEY }) // prettier-ignore
        assert.equal(asked.status, 200, asked.raw)
        assert.match(asked.texts.join(''), /^It is .*\[key\].* and so on$/)
        for (const said of [asked.texts.join(''), JSON.stringify(asked.calls)])
          assert.ok(!said.includes(text.slice(-15, -3)), said)
        const { verdicts } = await over(asked.gateway)
        assert.ok(verdicts.some(({ hits }) => hits.some(({ kind }) => kind === 'upstream-key')))
      })
})

const CHUNK = { id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hi' } }] }
const DEBUG = { headers: { authorization: `Bearer ${KEY}` } }
const STREAM = [{ ...CHUNK, debug: DEBUG }, CHUNK].map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
const COMPLETION = {
  id: 'c',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' } }],
}

for (const [title, type, answer] of [
  ['a member that nobody knows', 'application/json', JSON.stringify({ ...COMPLETION, debug: DEBUG })],
  ['a member of an event', 'text/event-stream', `${STREAM}data: [DONE]\n\n`],
  ['a name that cannot be cut', 'application/json', JSON.stringify({ ...COMPLETION, [KEY]: 1 })],
  ['the error of an answer that is none', 'application/json', JSON.stringify({ error: { message: `bad ${KEY}` } })],
] as const)
  test(`the key is not told in ${title}`, async (t) => {
    const upstream = await startUpstream(t)
    upstream.next.push((response) => void response.setHeader('content-type', type).end(answer))
    const gateway = await startGateway(t, {
      upstreams: { u: { provider: 'openai', url: upstream.url, key: KEY } },
      routes: { r: { models: ['m'], upstreams: ['u'] } },
      guards: OFF,
    })
    const messages = [{ role: 'user', content: 'Which?' }]
    const stream = type === 'text/event-stream'
    const text = await (await gateway.send('/v1/chat/completions', { model: 'm', stream, messages })).text()
    assert.equal(upstream.recorded.length, 1)
    assert.ok(!text.includes(JSON.stringify(KEY.slice(-12)).slice(1, -1)), text)
    if (stream) assert.match(text, /"content":"Hi"/)
  })

test('what goes out does not depend on how a text is cut, and holds no more than three letters of it', () => {
  const key = new QuotedKey(KEY)
  const open = (): Lane => {
    const watch = key.open()
    const whole = (text: string) => watch.whole?.(text) ?? watch.push(text)
    return laneOf([{ enforced: true, isFirst: false, push: (text) => watch.push(text), end: () => watch.end(), whole }])
  }
  const piece = fc.oneof(
    fc.constantFrom(...FORMS.map(([, text]) => text), KEY.slice(0, 9), KEY.slice(4), 'ho', ' '),
    fc.string({ maxLength: 6 }),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (pieces, sizes) => {
        const text = pieces.join('')
        const whole = open()
        whole.whole(text)
        const [lane, out]: [Lane, string[]] = [open(), []]
        for (let at = 0, i = 0; at < text.length; i++) {
          const size = sizes[i % sizes.length] ?? 1
          lane.push(text.slice(at, at + size))
          lane.look()
          out.push(lane.take(lane.safe))
          at += size
        }
        lane.end()
        out.push(lane.take(lane.length))
        assert.equal(out.join(''), whole.take(text.length))
        assert.ok(!out.join('').includes(KEY))
      },
    ),
    { numRuns: 2000 },
  )
})

test('a word that many write is no key, and what is short is held back for nobody', () => {
  for (const word of ['ollama', 'not-needed', 'sk-no-key-required', '12345678901234567890'])
    assert.equal(new QuotedKey(word).isTelling, false)
  const watch = new QuotedKey(KEY).open()
  assert.equal(watch.push(`so ${KEY.slice(0, 3)}`).safe, 6)
  assert.equal(watch.push(KEY.slice(3, 8)).safe, 6)
  assert.equal(watch.push(' no').safe, 14)
})
