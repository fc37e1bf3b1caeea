// A stream that waits for a person before the model is asked says that it lives, in the words of its format.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type House, openHouse } from './testing-approvals.ts'

const MESSAGES = [{ role: 'user' as const, content: 'Hello' }]

async function held(t: TestContext) {
  const house = await openHouse(t, [{ share: 1, wait: 30 }], { settings: { gateway: { signSeconds: 1 } } })
  const outcomes: string[] = []
  t.after(house.server.app.gateway.onExchange(({ outcome }) => outcomes.push(outcome)))
  return { house, outcomes }
}

const asked = ({ server, secret }: House, path: string, body: object) =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function gathered<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of stream) all.push(one)
  return all
}

describe('a stream that waits before the model is asked', () => {
  test('says that it lives, and then the libraries read its answer', async (t) => {
    const { house, outcomes } = await held(t)
    const asks: (() => Promise<string>)[] = [
      async () => {
        const stream = await house.openai.chat.completions.create({
          model: 'openai-m',
          messages: MESSAGES,
          stream: true,
        })
        return (await gathered(stream)).map(({ choices }) => choices[0]?.delta.content ?? '').join('')
      },
      async () => {
        const stream = await house.openai.responses.create({ model: 'openai-m', input: 'Hello', stream: true })
        const events = await gathered(stream)
        return events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('')
      },
      () => house.anthropic.messages.stream({ model: 'anthropic-m', max_tokens: 99, messages: MESSAGES }).finalText(),
      async () => {
        const stream = await house.gemini.models.generateContentStream({ model: 'gemini-m', contents: 'Hello' })
        return (await gathered(stream)).map(({ text }) => text ?? '').join('')
      },
    ]
    for (const ask of asks) {
      const said = ask()
      const { id } = await house.waiting()
      await sleep(1300)
      await house.decide(id, 'approve')
      assert.match(await said, /hello/i)
    }
    assert.deepEqual(outcomes, ['answered', 'answered', 'answered', 'answered'])
  })

  const ways: readonly (readonly [path: string, body: object, looks: RegExp])[] = [
    ['/v1/chat/completions', { model: 'openai-m', stream: true, messages: MESSAGES }, /^(?:: waiting for a person\n\n)+data: \{"error":/],
    ['/v1/responses', { model: 'openai-m', stream: true, input: 'Hello' }, /^(?:: waiting for a person\n\n)+event: (?:error|response)/],
    ['/v1/messages', { model: 'anthropic-m', stream: true, max_tokens: 9, messages: MESSAGES }, /^(?:event: ping\ndata: \{"type":"ping"\}\n\n)+event: error\n/],
    ['/v1beta/models/gemini-m:streamGenerateContent', { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] }, /^\n+\[\{"error":/],
  ] // prettier-ignore
  for (const [path, body, looks] of ways)
    test(`${path}: shows its signs, and a refusal is an error of the format`, async (t) => {
      const { house, outcomes } = await held(t)
      const answer = asked(house, path, body)
      const { id } = await house.waiting()
      const response = await answer
      assert.deepEqual([response.status, response.headers.get('x-parapet-approval')], [200, id])
      await house.decide(id, 'refuse')
      const text = await response.text()
      assert.match(text, looks)
      assert.match(text, /was refused/)
      if (path.startsWith('/v1beta')) assert.equal((JSON.parse(text) as unknown[]).length, 1)
      assert.deepEqual([house.upstream.recorded.length, outcomes], [0, ['blocked']])
    })

  test('is refused with a status where that is known before the first sign', async (t) => {
    const { house } = await held(t)
    const answer = asked(house, '/v1/chat/completions', { model: 'openai-m', stream: true, messages: MESSAGES })
    const { id } = await house.waiting()
    await house.decide(id, 'refuse')
    assert.equal((await answer).status, 403)
  })
})
