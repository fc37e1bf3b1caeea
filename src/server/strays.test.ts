// A client of a model API that knocks where nothing is served hears so in the words of the API that it speaks, with what is
// served; and never takes an address that is ours.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SERVED } from '../enforce/endpoints.ts'
import { strayAt, STRAYS } from '../enforce/strays.ts'
import { rawRoutes } from './raw-routes.ts'
import { routes } from './routes/index.ts'
import { startTestServer, type TestServer } from './testing.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
after(() => server.close())

type Said = Record<string, unknown> & { error: Record<string, unknown> }
const SHAPES: Record<string, (body: Said) => unknown> = {
  openai: ({ error }) => error['type'] === 'invalid_request_error' && error['message'],
  anthropic: ({ type, error }) => type === 'error' && error['message'],
  gemini: ({ error }) => error['code'] === 404 && error['message'],
  ollama: ({ error }) => error,
  bedrock: ({ message }) => message,
  cohere: ({ message }) => message,
}

const CASES: [method: string, path: string, family: string, says: RegExp][] = [
  [
    'POST',
    '/v1/batches',
    'openai',
    /served are POST \/v1\/chat\/completions, .*POST \/v1\/moderations, and GET \/v1\/models/,
  ],
  ['GET', '/v1/files', 'openai', /served are POST \/v1\/chat\/completions/],
  ['POST', '/v1/messages/batches', 'anthropic', /served are POST \/v1\/messages, POST \/v1\/messages\/count_tokens/],
  ['POST', '/v1beta/cachedContents', 'gemini', /served are POST \/v1beta\/models\/\{model\}:generateContent/],
  ['POST', '/v1beta/models/m:predict', 'gemini', /served are generateContent, /],
  ['POST', '/v1/chat/completion', 'openai', /did you mean POST \/v1\/chat\/completions\?/],
  ['POST', '/v1/chat/completions/', 'openai', /did you mean POST \/v1\/chat\/completions\?/],
  ['POST', '/openai/deployments/m/images/generations', 'openai', /served are/],
  ['POST', '/api/chat', 'ollama', /ask POST \/v1\/chat\/completions/],
  ['POST', '/api/generate', 'ollama', /ask POST/],
  ['GET', '/api/tags', 'ollama', /ask POST/],
  ['POST', '/chat/completions', 'openai', /the base URL ends in \/v1/],
  ['POST', '/v1/v1/chat/completions', 'openai', /the base URL ends in \/v1/],
  ['POST', '/api/v1/chat/completions', 'openai', /the base URL ends in \/v1/],
  ['POST', '//v1/chat/completions', 'openai', /a slash too many/],
  ['GET', '/v1', 'openai', /the base URL ends in \/v1/],
  ['POST', '/v1/v1/messages', 'anthropic', /ends before \/v1/],
  ['POST', '/messages', 'anthropic', /ends before \/v1/],
  ['POST', '/v1alpha/models/m:generateContent', 'gemini', /v1beta/],
  ['POST', '/v1beta1/projects/p/locations/l/publishers/google/models/m:generateContent', 'gemini', /v1beta/],
  ['POST', '/model/anthropic.claude/converse', 'bedrock', /Bedrock/],
  ['POST', '/v2/chat?x=1', 'cohere', /ask POST/],
]
for (const [method, path, family, says] of CASES) {
  test(`${method} ${path} is told no in the words of ${family}`, async () => {
    const { status, text, headers } = await server.send(method, path, method === 'POST' ? { body: {} } : {})
    assert.equal(status, 404)
    assert.equal(headers.get('content-type'), 'application/json; charset=utf-8')
    const message = SHAPES[family]?.(JSON.parse(text))
    assert.match(String(message), /^no model API is served at this path: |^the action predict is not served: /)
    assert.match(String(message), says)
  })
}

for (const [method, path, allowed] of [
  ['PUT', '/v1/chat/completions', 'POST'],
  ['DELETE', '/v1/messages', 'POST'],
  ['POST', '/v1/models', 'GET'],
] as const)
  test(`${method} ${path} hears which verb goes there`, async () => {
    const { status, headers, text } = await server.send(method, path, { body: {} })
    assert.deepEqual([status, headers.get('allow')], [405, allowed])
    assert.match(JSON.parse(text).error.message, new RegExp(`use ${allowed}`))
  })

const plain = (path: string) => path.replaceAll(/:\w+|\{\w+\}/g, 'x').replaceAll('*', 'x')

test('no address that is served, here or in the console, is taken for a stray one', () => {
  const own = [...routes, ...rawRoutes.map(({ path }) => ({ path, method: 'GET' }))]
  for (const { method, path } of own) assert.equal(strayAt(method, plain(path)), undefined, path)
  for (const [request] of SERVED) {
    const [method = '', path = ''] = request.split(/[ ?]/)
    assert.equal(strayAt(method, plain(path)), undefined, request)
  }
  for (const page of ['/', '/models', '/messages', '/responses']) assert.equal(strayAt('GET', page), undefined)
})

test('each row of strays is one that some case finds', () => {
  const found = new Set(CASES.map(([method, path]) => strayAt(method, path.split('?')[0] ?? '')))
  assert.deepEqual(
    STRAYS.filter((one) => !found.has(one)).map(({ path }) => path.source),
    ['^\\/+v1beta$|^\\/\\/+v1beta\\/'],
  )
  assert.equal(strayAt('POST', '//v1beta/models/m:generateContent')?.family, 'gemini')
})
