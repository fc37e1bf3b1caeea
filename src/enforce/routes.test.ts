// Which route a model takes, and what a configuration is refused for.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RoutesConfig, UpstreamsConfig } from './config.ts'
import { createRoutes } from './routes.ts'
import { matches } from '../lib/matches.ts'
import { createUpstream } from './upstream/upstream.ts'

const upstreams = new Map(
  Object.entries(UpstreamsConfig.parse({ a: { provider: 'demo' }, b: { provider: 'demo' } })).map(([id, config]) => [
    id,
    createUpstream(id, config, refuse),
  ]),
)
const routesOf = (routes: object) => createRoutes(RoutesConfig.parse(routes), upstreams, {})
const all = { keyId: 'k', asset: undefined, models: ['*'], routes: ['*'] }

test('an exact name wins over patterns, and a longer pattern over a shorter one, in any order', () => {
  const entries = Object.entries({
    any: { models: ['*'], upstreams: ['a'] },
    gpt: { models: ['gpt-*'], upstreams: ['a'] },
    mini: { models: ['gpt-*-mini'], upstreams: ['b'] },
    one: { models: ['gpt-5-mini'], upstreams: ['b'] },
  })
  for (const order of [entries, entries.toReversed()]) {
    const routes = routesOf(Object.fromEntries(order))
    const found = ['gpt-5-mini', 'gpt-6-mini', 'gpt-5', 'llama'].map((model) => routes.find(model, all).id)
    assert.deepEqual(found, ['one', 'mini', 'gpt', 'any'])
  }
})

test('a key has what its patterns of models and of routes both allow', () => {
  const routes = routesOf({
    x: { models: ['gpt-5', 'gpt-6'], upstreams: ['a'] },
    y: { models: ['claude'], upstreams: ['a'] },
  })
  assert.deepEqual(routes.models({ keyId: 'k', asset: undefined, models: ['gpt-*'], routes: ['*'] }), [
    'gpt-5',
    'gpt-6',
  ])
  assert.deepEqual(routes.models({ keyId: 'k', asset: undefined, models: ['*'], routes: ['y'] }), ['claude'])
  assert.throws(() => routes.find('claude', { keyId: 'k', asset: undefined, models: ['*'], routes: ['x'] }), {
    code: 'not_found',
  })
  assert.throws(() => routes.find('gpt-7', all), { hint: 'did you mean gpt-5?' })
})

describe('a configuration is refused', () => {
  const cases: [string, object, RegExp][] = [
    ['whose route names an upstream that is not there', { r: { models: ['m'], upstreams: ['aa'] } }, /no upstream aa/],
    [
      'with one model on two routes',
      { r: { models: ['m'], upstreams: ['a'] }, s: { models: ['m'], upstreams: ['b'] } },
      /m is a model of the route r as well/,
    ],
  ]
  for (const [title, routes, message] of cases) test(title, () => assert.throws(() => routesOf(routes), { message }))

  test('with an upstream that has no address', () => {
    assert.throws(upstream({ provider: 'vllm' }), { message: /upstreams.u.url/ })
  })
  test('with a key that breaks its line', () => {
    assert.throws(upstream({ provider: 'openai', key: 'a\nb' }), { message: /upstreams.u.key/ })
  })
})

test('a star stands for any characters, and nothing else is special', () => {
  const cases: [string, string, boolean][] = [
    ['*', '', true],
    ['gpt-*', 'gpt-', true],
    ['gpt-*', 'xgpt-5', false],
    ['*-mini', 'gpt-mini', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a*a', 'a', false],
    ['a.c', 'abc', false],
    [`${'*a'.repeat(500)}b`, 'a'.repeat(10_000), false],
  ]
  for (const [pattern, text, wanted] of cases) assert.equal(matches(pattern, text), wanted, `${pattern} ${text}`)
})

function refuse(): never {
  throw new Error('nobody is called here')
}

function upstream(config: object): () => void {
  const { u } = UpstreamsConfig.parse({ u: config })
  return () => {
    assert.ok(u)
    createUpstream('u', u, refuse)
  }
}

const one = (unnamed: object, models = ['omni', 'omni-*']) => ({ models, upstreams: ['a'], unnamed })

describe('a request that names no model', () => {
  test('means the one that a route says, for its format and no other', () => {
    const routes = routesOf({ mod: one({ 'openai-moderations': 'omni-1' }), all: one({}, ['*']) })
    assert.equal(routes.unnamed('openai-moderations'), 'omni-1')
    assert.equal(routes.unnamed('openai-chat'), undefined)
  })
  const cases: [title: string, routes: object, says: RegExp][] = [
    ['two routes say', { x: one({ 'openai-chat': 'omni' }), y: one({ 'openai-chat': 'm' }, ['m']) }, /route x says it/],
    ['does not take the route that says it', { x: one({ 'openai-chat': 'gpt' }) }, /gpt does not take this route/],
  ]
  for (const [title, routes, says] of cases)
    test(`a model that ${title} is refused at the start`, () => assert.throws(() => routesOf(routes), says))
  test('of a format whose address names it cannot be said', () => {
    assert.throws(() => RoutesConfig.parse({ x: one({ 'gemini-generate': 'omni' }) }))
  })
})
