import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { toOpenApi } from './openapi.ts'
import { rawRoutes } from './raw-routes.ts'
import { routes } from './routes/index.ts'
import { startTestServer } from './testing.ts'

type Operation = {
  operationId: string
  security?: unknown[]
  parameters?: { name: string; in: string; required: boolean }[]
}
type Document = { paths: Record<string, Record<string, Operation>> }

test('the document is valid OpenAPI 3.1, by the official schema', async () => {
  const document = toOpenApi(routes, rawRoutes, '1.2.3')
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  assert.equal(valid, true, JSON.stringify(errors, null, 1)?.slice(0, 2000))
  const broken = { ...structuredClone(document), paths: { 'no-slash': {} } }
  assert.equal((await new Validator().validate(broken)).valid, false)
})

test('every route is there under its id, with its parameters and its needs', () => {
  const { paths } = toOpenApi(routes, rawRoutes, '1.2.3') as unknown as Document
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const ids = [...routes, ...rawRoutes].map((route) => route.id)
  assert.deepEqual(operations.map(({ operation }) => operation.operationId).toSorted(), ids.toSorted())
  for (const { path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    const given = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name)
    assert.deepEqual(given.toSorted(), named.toSorted(), path)
  }
  assert.deepEqual(paths['/api/session']?.['post']?.security, [])
  assert.equal(paths['/api/accounts']?.['get']?.security, undefined)
})

test('it is served to whoever asks', async (t) => {
  const server = await startTestServer({}, t)
  const { status, body } = await server.send('GET', '/api/openapi.json')
  assert.equal(status, 200)
  assert.equal(body['openapi'], '3.1.1')
})
