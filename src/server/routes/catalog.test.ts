import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { loadBuiltIn } from '../../catalog/built-in.ts'
import { Failure } from '../../lib/failure.ts'
import { SYSTEM } from '../../model/actor.ts'
import { PERMISSIONS } from '../../model/role.ts'
import type { AnyRoute } from '../route.ts'
import { catalogRoutes } from './catalog.ts'

const catalog = loadBuiltIn()
/** The routes read the catalogue and nothing else; touching any other part of the house is an error here. */
const app = new Proxy({} as App, {
  get: (_, key) => {
    if (key !== 'catalog') throw new Error(`a route of the catalogue read app.${String(key)}`)
    return catalog
  },
})

type Routes = (typeof catalogRoutes)[number]
type Path = Routes['path']
type ReplyOf<P extends Path> = z.output<Extract<Routes, { path: P }>['reply']>

async function ask<P extends Path>(path: P, params: object = {}, query: object = {}): Promise<ReplyOf<P>> {
  const route: AnyRoute | undefined = catalogRoutes.find((one) => one.path === path) as AnyRoute | undefined
  assert.ok(route, path)
  const reply = await route.handle({
    app,
    actor: SYSTEM,
    params: route.params?.parse(params),
    query: route.query?.parse(query),
    body: undefined,
  } as never)
  // Strict all the way down would be wrong for recursive parts; equality says that no field was dropped.
  const parsed = route.reply.parse(reply)
  assert.deepEqual(parsed, reply, `${path} answers with more than it declares`)
  return parsed as ReplyOf<P>
}

const failsWith =
  (code: string, message: RegExp, hint = /^/) =>
  (error: unknown) =>
    error instanceof Failure && error.code === code && message.test(error.message) && hint.test(error.hint ?? '')

test('ids, paths and commands are taken once, and all need the right to read the catalogue', () => {
  for (const key of ['id', 'path', 'command'] as const) {
    const values = catalogRoutes.map((route) => route[key])
    assert.equal(new Set(values).size, values.length, key)
  }
  assert.ok(PERMISSIONS.includes('catalog:read'))
  for (const route of catalogRoutes) assert.deepEqual([route.needs, route.method], ['catalog:read', 'GET'])
})

test('everything asked and answered can be written as JSON Schema', () => {
  for (const route of catalogRoutes as readonly AnyRoute[]) {
    for (const asked of [route.params, route.query]) {
      if (asked) assert.equal(z.toJSONSchema(asked, { io: 'input' }).additionalProperties, false, route.id)
    }
    const schema = z.toJSONSchema(route.reply, { io: 'output' })
    assert.equal(schema.type, 'object', route.id)
  }
})

test('the catalogue tells its version, counts and sources', async () => {
  const reply = await ask('/api/catalog')
  assert.equal(reply.version, '2026-11')
  assert.deepEqual(reply.counts.threats, { group: 7, threat: 24, variant: 30, 'risk-factor': 8 })
  assert.deepEqual([reply.counts.controls, reply.counts.measures, reply.counts.facts], [55, 207, 42])
  assert.deepEqual([reply.counts.frameworks, reply.counts.frameworkItems], [25, 805])
  assert.ok(reply.sources.every(({ licence }) => licence.length > 0))
})

test('every threat, control, measure and framework item has a page', async () => {
  for (const { id } of catalog.threats) assert.equal((await ask('/api/catalog/threats/:id', { id })).id, id)
  for (const { id } of catalog.controls) assert.equal((await ask('/api/catalog/controls/:id', { id })).id, id)
  for (const { id } of catalog.measures) assert.equal((await ask('/api/catalog/measures/:id', { id })).id, id)
  for (const { id, items } of catalog.frameworks) {
    for (const item of items) {
      const reply = await ask('/api/catalog/frameworks/:id/items/:item', { id, item: item.id })
      assert.equal(reply.id, item.id)
    }
  }
})

test('a page names everything that it links to', async () => {
  const threat = await ask('/api/catalog/threats/:id', { id: 'zero-knowledge-evasion' })
  assert.deepEqual(
    threat.ancestors.map(({ name }) => name),
    ['Input threats', 'Evasion'],
  )
  assert.equal(threat.foundAs, null)
  assert.deepEqual(threat.formerNames, ['Closed-box evasion', 'closed-box-evasion'])
  assert.ok(threat.controls.some(({ isKey, name }) => isKey && name.length > 0))
  const control = await ask('/api/catalog/controls/:id', { id: 'rate-limit' })
  assert.ok(control.threats.every(({ name, id }) => name !== id))
  assert.ok(control.frameworks.every(({ name, items }) => name.length > 0 && items.every((item) => item.name)))
  const measure = await ask('/api/catalog/measures/:id', { id: control.measures[0]?.id })
  assert.equal(measure.controlName, 'RATE LIMIT')
  assert.equal(measure.siblings.length, control.measures.length - 1)
})

test('an older name opens the page and says so', async () => {
  const control = await ask('/api/catalog/controls/:id', { id: 'DEVDATAPROTECT' })
  assert.equal(control.id, 'dev-security')
  assert.deepEqual([control.foundAs?.name, control.foundAs?.by], ['DEVDATAPROTECT', 'former'])
  const item = await ask('/api/catalog/frameworks/:id/items/:item', { id: 'owasp-llm-2026', item: 'llm01' })
  assert.equal(item.id, 'LLM01:2026')
})

test('a name of several things, of another kind or of nothing is told apart', async () => {
  await assert.rejects(
    ask('/api/catalog/controls/:id', { id: 'DETECTADVERSARIALINPUT' }),
    failsWith('conflict', /names 2 things/, /evasion-input-handling, unwanted-input-series-handling/),
  )
  await assert.rejects(
    ask('/api/catalog/threats/:id', { id: 'rate-limit' }),
    failsWith('not_found', /is no threat/, /it is a control: rate-limit/),
  )
  await assert.rejects(
    ask('/api/catalog/threats/:id', { id: 'evasoin' }),
    failsWith('not_found', /nothing called/, /did you mean "evasion"/i),
  )
  await assert.rejects(
    ask('/api/catalog/frameworks/:id/items/:item', { id: 'atlas', item: 'LLM01:2026' }),
    failsWith('not_found', /no item/),
  )
})

test('a name resolves to one thing or to all that it may mean', async () => {
  const several = await ask('/api/catalog/resolve', {}, { name: 'LLM01' })
  assert.equal(several.outcome, 'several')
  assert.deepEqual(
    several.matches.map(({ id }) => id),
    ['LLM01:2026', 'LLM01:2025', 'LLM01:2023'],
  )
  assert.equal((await ask('/api/catalog/resolve', {}, { name: '#AI PROGRAM' })).outcome, 'one')
})

test('pages put together are the whole list, in order, without a row twice', async () => {
  const lists = [
    ['/api/catalog/threats', catalog.threats],
    ['/api/catalog/controls', catalog.controls],
    ['/api/catalog/measures', catalog.measures],
    ['/api/catalog/facts', catalog.facts],
    ['/api/catalog/frameworks', catalog.frameworks],
  ] as const
  for (const [id, all] of lists) {
    const seen: string[] = []
    for (let cursor: string | undefined, rounds = 0; rounds < 100; rounds++) {
      const page = await ask(id, {}, { limit: '20', ...(cursor === undefined ? {} : { cursor }) })
      assert.ok(page.items.length <= 20)
      seen.push(...page.items.map((row) => row.id))
      cursor = page.next
      if (cursor === undefined) break
    }
    assert.deepEqual(
      seen,
      all.map((row) => row.id),
      id,
    )
  }
  const first = await ask('/api/catalog/frameworks/:id', { id: 'atlas' }, { limit: '200' })
  const second = await ask('/api/catalog/frameworks/:id', { id: 'atlas' }, { limit: '200', cursor: first.next })
  assert.deepEqual([first.items.length, second.items.length, second.next], [200, 21, undefined])
})

test('filters keep what they say', async () => {
  const variants = await ask('/api/catalog/threats', {}, { kind: 'variant', agentic: 'true' })
  assert.ok(variants.items.length > 0)
  assert.ok(variants.items.every(({ kind, agentic }) => kind === 'variant' && agentic))
  const children = await ask('/api/catalog/threats', {}, { parent: 'evasion' })
  assert.equal(children.items.length, 5)
  const countered = await ask('/api/catalog/threats', {}, { control: 'small-model' })
  assert.ok(countered.items.some(({ id }) => id === 'membership-inference'))
  const gateway = await ask('/api/catalog/controls', {}, { enforceableBy: 'gateway', lifecycle: 'runtime' })
  assert.ok(gateway.items.length > 0)
  assert.ok(gateway.items.every((row) => row.enforceableBy === 'gateway' && row.lifecycle.includes('runtime')))
  const measures = await ask('/api/catalog/measures', {}, { control: 'rate-limit' })
  assert.ok(measures.items.every(({ control }) => control === 'rate-limit'))
  const unmapped = await ask('/api/catalog/frameworks/:id', { id: 'atlas' }, { mapped: 'false', kind: 'technique' })
  assert.ok(unmapped.items.length > 0)
  assert.ok(unmapped.items.every((row) => row.threats.length + row.controls.length === 0 && row.kind === 'technique'))
})

test('a query with unknown keys or values is refused', () => {
  const query = catalogRoutes.find((route) => route.path === '/api/catalog/threats')?.query
  for (const wrong of [{ kinds: 'threat' }, { kind: 'thread' }, { limit: '0' }, { limit: '201' }, { agentic: 'yes' }]) {
    assert.equal(query?.safeParse(wrong).success, false, JSON.stringify(wrong))
  }
})

test('a cursor that names no row is refused', async () => {
  await assert.rejects(
    ask('/api/catalog/threats', {}, { cursor: 'none' }),
    failsWith('input_invalid', /cursor/, /first page/),
  )
})

test('search answers with kinds counted', async () => {
  const reply = await ask('/api/catalog/search', {}, { q: 'prompt inj', limit: '3' })
  assert.equal(reply.items.length, 3)
  assert.equal(reply.items[0]?.id, 'prompt-injection')
  assert.ok((reply.counts.item ?? 0) > 0)
})

test('the large pages answer as declared', async () => {
  assert.equal((await ask('/api/catalog/decision-tree')).questions.length, 14)
  assert.equal((await ask('/api/catalog/responsibility')).rows.length, 24)
  assert.equal((await ask('/api/catalog/matrix')).rows.length, 22)
  assert.equal((await ask('/api/catalog/periodic-table')).rows.length, 18)
  assert.equal((await ask('/api/catalog/privacy')).principles.flatMap(({ obligations }) => obligations).length, 55)
  assert.equal((await ask('/api/catalog/practices')).bestPractices.length, 9)
  assert.equal((await ask('/api/catalog/testing')).rag.tests.length, 13)
  for (const { id } of catalog.frameworks) await ask('/api/catalog/frameworks/:id', { id })
})

test('two versions are compared, but only those that come with Parapet', async () => {
  assert.equal((await ask('/api/catalog/diff', {}, { old: '2026-11' })).same, true)
  for (const old of ['/etc', '../../shared/catalog', '.']) {
    await assert.rejects(ask('/api/catalog/diff', {}, { old }), failsWith('not_found', /no catalogue version/))
  }
})
