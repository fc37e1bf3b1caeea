// Clients of Azure OpenAI: their library, and bodies that leave the model to the address.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { AzureOpenAI } from 'openai'
import { allUpstreams, over, startGateway, startUpstream, TEST_KEY } from './testing.ts'

const MESSAGES = [{ role: 'user', content: 'Hello there' }] as const
const CHAT = '/chat/completions?api-version=2024-10-21'

const library = (more: object) =>
  new AzureOpenAI({ apiKey: TEST_KEY, apiVersion: '2024-10-21', maxRetries: 0, ...more })
const at = (model: string) => `/openai/deployments/${model}${CHAT}`

async function open(t: TestContext, models: string[] = ['*']) {
  const upstream = await startUpstream(t)
  const caller = { keyId: 'key_test', asset: undefined, models, routes: ['*'] }
  const gateway = await startGateway(t, { ...allUpstreams(upstream), caller })
  return { upstream, gateway }
}

for (const base of ['endpoint', 'baseURL'] as const)
  test(`Azure's library asks, streams and embeds, given an ${base}`, async (t) => {
    const { gateway } = await open(t)
    const azure = library(base === 'endpoint' ? { endpoint: gateway.url } : { baseURL: `${gateway.url}/v1` })
    const body = { model: 'anthropic-model', messages: [...MESSAGES] }
    const answer = await azure.chat.completions.create(body)
    assert.match(answer.choices[0]?.message.content ?? '', /You said: Hello there/)
    const whole = await azure.chat.completions.stream(body).finalChatCompletion()
    assert.match(whole.choices[0]?.message.content ?? '', /You said: Hello there/)
    const { data } = await azure.embeddings.create({ model: 'openai-model', input: 'a', encoding_format: 'float' })
    assert.deepEqual(data[0]?.embedding, [0.25])
    const response = await azure.responses.create({ model: 'responses-model', input: 'Hello there' })
    assert.match(response.output_text, /You said: Hello there/)
  })

test('the deployment of the address is the model, whatever the body says', async (t) => {
  const { upstream, gateway } = await open(t, ['openai-model'])
  for (const said of [{}, { model: 'gemini-model' }]) {
    const response = await gateway.send(at('openai-model'), { ...said, messages: MESSAGES })
    assert.equal(response.status, 200, await response.text())
    const { model } = JSON.parse(upstream.recorded.at(-1)?.body ?? '') as { model: string }
    assert.equal(model, 'openai-model')
  }
  const refused = await gateway.send(at('gemini-model'), { model: 'openai-model', messages: MESSAGES })
  assert.equal(refused.status, 404)
  assert.equal(upstream.recorded.length, 2)
  assert.equal((await over(gateway, 3)).model, 'gemini-model')
})

for (const path of [
  `/openai/deployments/a%2e%2e/chat/completions`,
  '/openai/deployments//chat/completions',
  '/openai/deployments/openai-model/messages',
  '/openai/messages',
  '/openai/v1/messages/count_tokens',
  '/OpenAI/deployments/openai-model/chat/completions',
  '/openai/files',
])
  test(`nothing is served at ${path}`, async (t) => {
    const { upstream, gateway } = await open(t)
    const response = await gateway.send(path, { model: 'openai-model', max_tokens: 9, messages: MESSAGES })
    assert.ok([400, 404].includes(response.status), `${response.status}`)
    assert.deepEqual(upstream.recorded, [])
  })
