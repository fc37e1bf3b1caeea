// A secret in any string, name or key of a request, of an answer, or of any event of a stream, whole or in pieces: nothing of it
// goes on.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import type { Json, JsonObject } from '../lib/canonical-json.ts'
import { editJson, type JsonPath } from '../lib/json-edit.ts'
import { type MockUpstream, startGateway, startUpstream, type TestGateway, wholeFile } from './testing.ts'
import { ANSWERS } from './testing-answers.ts'
import { EVENTS } from './testing-events.ts'
import { REQUESTS } from './testing-requests.ts'

const SECRET = `ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`
const traces = Array.from({ length: SECRET.length - 11 }, (_, i) => SECRET.slice(i, i + 12))
const PATHS: Readonly<Record<string, string>> = {
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  'anthropic-messages': '/v1/messages',
  'gemini-generate': '/v1beta/models/m-gemini:generateContent',
  'openai-completions': '/v1/completions',
}
/** What comes in pieces in one event after the other. */
const PIECES =
  /^(choices\.0\.delta\.(content|refusal|reasoning|reasoning_content|surprise|content\.0\.text|reasoning_details\.0\.text|audio\.transcript|function_call\.(name|arguments)|tool_calls\.0\.function\.(name|arguments))|choices\.0\.text|delta|delta\.(text|thinking|partial_json|content)|candidates\.\d\.content\.parts\.0\.text)$/

let upstream: MockUpstream
/** As shipped, and one that keeps secrets from models. */
let gateway: TestGateway
let masking: TestGateway
const t = wholeFile()

before(async () => {
  upstream = await startUpstream(t)
  const { url } = upstream
  const ids = ['openai', 'anthropic', 'gemini']
  const upstreams = Object.fromEntries(ids.map((id) => [id, { provider: id, url }]))
  const routes = Object.fromEntries(ids.map((id) => [id, { models: [`m-${id}`], upstreams: [id] }]))
  gateway = await startGateway(t, { upstreams, routes })
  const guards = { 'model-input-confidentiality': { mode: 'enforce', secrets: 'mask', personal: 'mask' } }
  masking = await startGateway(t, { upstreams, routes, guards })
})
async function heard(format: string, answer: string, stream: boolean): Promise<string> {
  upstream.next.push((response) => {
    response.setHeader('content-type', stream ? 'text/event-stream' : 'application/json')
    response.end(answer)
  })
  const model = `m-${format.split('-')[0]}`
  const path = (PATHS[format] ?? '').replace(':g', stream ? ':streamG' : ':g') + (stream ? '?alt=sse' : '')
  const asked = {
    input: 'Hi',
    prompt: 'Hi',
    messages: [{ role: 'user', content: 'Hi' }],
    contents: [{ parts: [{ text: 'Hi' }] }],
  }
  const said = await gateway.send(path, { model, ...asked, ...(stream ? { stream } : {}) })
  upstream.next.length = 0
  return said.text()
}

/** As it was written, as it reads, and what each place says over all events. */
function readings(format: string, text: string): string {
  const bodies = (
    EVENTS[format] && text.includes('data: ') ? text.split('\n').filter((line) => line.startsWith('data: {')) : []
  ).map((line) => JSON.parse(line.slice('data: '.length)) as Json)
  const places = new Map<string, string>()
  for (const body of bodies)
    for (const { at, value } of stringsOf(body)) places.set(at.join('.'), (places.get(at.join('.')) ?? '') + value)
  return [text, ...places.values()].join('\n')
}

function* stringsOf(value: Json | undefined, at: JsonPath = []): Generator<{ at: JsonPath; value: string }> {
  if (typeof value === 'string') yield { at, value }
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      yield* stringsOf(inner, [...at, Array.isArray(value) ? Number(key) : key])
}

function* objectsOf(value: Json | undefined, at: JsonPath = []): Generator<JsonPath> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield at
  for (const [key, inner] of Object.entries(value))
    yield* objectsOf(inner, [...at, Array.isArray(value) ? Number(key) : key])
}

const put = (body: JsonObject, at: JsonPath, to: Json) => editJson(JSON.stringify(body), [{ at, to }])
/** Arguments that are whole are JSON. */
const fitting = (value: string, secret: string) =>
  value.startsWith('{') && value.endsWith('}') ? JSON.stringify({ to: secret }) : secret

async function keepsIn(format: string, answer: string, stream: boolean, title: string): Promise<void> {
  const said = readings(format, await heard(format, answer, stream))
  assert.ok(!traces.some((trace) => said.includes(trace)), `${title}: ${said.slice(0, 400)}`)
}

for (const [format, body] of Object.entries(ANSWERS))
  describe(format, () => {
    test('no string of an answer lets a secret out, alone or in a sentence', async () => {
      for (const { at, value } of stringsOf(body))
        for (const secret of [SECRET, `key ${SECRET} ok`])
          await keepsIn(format, put(body, at, fitting(value, secret)), false, at.join('.'))
    })
    test('no key of an answer does', async () => {
      for (const at of objectsOf(body)) await keepsIn(format, put(body, [...at, SECRET], 1), false, at.join('.'))
    })

    const events = EVENTS[format] ?? []
    const sent = (json: string) => `${format === 'anthropic-messages' ? `event: x\n` : ''}data: ${json}\n\n`
    const around = (i: number, those: string) =>
      [
        ...events.slice(0, i).map((one) => sent(JSON.stringify(one))),
        those,
        ...events.slice(i + 1).map((one) => sent(JSON.stringify(one))),
      ].join('')
    test('no string of an event does', async () => {
      for (const [i, event] of events.entries())
        for (const { at, value } of stringsOf(event)) {
          // What stands before and behind in a stream belongs to the same text.
          const secret =
            /(text|thinking|code|output|outcome|language|delta|content|partial_json|arguments|reasoning\w*|refusal)$/.test(
              at.join('.'),
            )
              ? ` ${SECRET} `
              : SECRET
          await keepsIn(format, around(i, sent(put(event, at, fitting(value, secret)))), true, `${i} ${at.join('.')}`)
        }
    })
    test('no string that comes in pieces does', async () => {
      let tried = 0
      for (const [i, event] of events.entries())
        for (const { at } of stringsOf(event)) {
          // Behind a reason to stop nothing goes on.
          if (!PIECES.test(at.join('.')) || JSON.stringify(event).includes('"finish_reason":"stop"')) continue
          tried++
          const pieces = ` ${SECRET} `.match(/.{1,7}/g) ?? []
          await keepsIn(
            format,
            around(i, pieces.map((piece) => sent(put(event, at, piece))).join('')),
            true,
            `${i} ${at.join('.')}`,
          )
        }
      assert.ok(tried > 0)
    })
  })

/** What the model gets of a request, where secrets are kept from it. */
async function reached(format: string, json: string): Promise<string> {
  upstream.recorded.length = 0
  await (await masking.send(PATHS[format] ?? '', json)).text()
  return upstream.recorded.map((one) => one.body).join()
}

for (const [format, body] of Object.entries(REQUESTS))
  describe(`a request of ${format}`, () => {
    test('reaches the model as it is', async () => {
      assert.equal(await reached(format, JSON.stringify(body)), JSON.stringify(body))
    })
    test('takes no secret there, whatever string or key it stands in, and no number of a card', async () => {
      for (const { at, value } of stringsOf(body)) {
        if (at[0] === 'model') continue
        for (const secret of [SECRET, `key ${SECRET} ok`, '4111111111111111']) {
          const sent = await reached(format, put(body, at, fitting(value, secret)))
          assert.ok(!traces.some((trace) => sent.includes(trace)) && !sent.includes('41111111'), at.join('.'))
        }
      }
      for (const at of objectsOf(body))
        assert.ok(!(await reached(format, put(body, [...at, SECRET], 1))).includes(SECRET), at.join('.'))
    })
  })

test('lines of a stream that no guard reads stay behind, and tell only that the line lives', async () => {
  const text = '{"id":"x","choices":[{"index":0,"delta":{"content":"hi, "},"finish_reason":"stop"}]}'
  const lines = [
    `: ${SECRET}\n\n`,
    `id: ${SECRET}\ndata: ${text}\n\n`,
    `${SECRET}: 1\ndata: ${text}\n\n`,
    'data: [DONE]\n\n',
  ]
  const said = await heard('openai-chat', lines.join(''), true)
  assert.equal(said, `:\n\ndata: ${text}\n\ndata: ${text}\n\ndata: [DONE]\n\n`)
  assert.match(await heard('openai-chat', `event: ${SECRET}\ndata: ${text}\n\n`, true), /whose name is none/)
})
