// What differs between two policies, and which of it means that less is enforced.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { MODES } from '../../model/policy.ts'
import { GuardsConfig } from '../policy.ts'
import { placesChanged, rulesChanged } from './difference.ts'
import { bodyOf, type GatewayPolicy, hashOf, hashOfSaid, parsePolicy } from './gateway-policy.ts'

const GUARD = 'prompt-injection-io-handling'

const policyOf = (all: object, own?: object): GatewayPolicy =>
  parsePolicy({
    upstreams: { u: { provider: 'demo' } },
    routes: own === undefined ? {} : { chat: { models: ['m'], upstreams: ['u'], guards: { [GUARD]: own } } },
    guards: { [GUARD]: all },
  })

describe('a guard of a route is loosened', () => {
  const rows: [title: string, before: GatewayPolicy, after: GatewayPolicy, isLoosened: boolean | undefined][] = [
    ['when it is turned off there', policyOf({}, {}), policyOf({}, { mode: 'off' }), true],
    ['when it is turned off for all', policyOf({}, {}), policyOf({ mode: 'off' }, {}), true],
    ['when it only observes', policyOf({}, {}), policyOf({}, { mode: 'observe' }), true],
    ['when its failure lets pass', policyOf({}, {}), policyOf({}, { onFailure: 'pass' }), true],
    ['when a new route begins without it', policyOf({}), policyOf({}, { mode: 'off' }), true],
    ['not when it is turned on', policyOf({}, { mode: 'off' }), policyOf({}, {}), false],
    [
      'not when its failure counts for nothing',
      policyOf({}, { mode: 'observe' }),
      policyOf({}, { mode: 'observe', onFailure: 'pass' }),
      false,
    ],
    ['not when its route is gone', policyOf({}, {}), policyOf({}), false],
    [
      'not when the route says what all say',
      policyOf({ mode: 'off' }, {}),
      policyOf({ mode: 'off' }, { mode: 'off' }),
      undefined,
    ],
  ]
  for (const [title, before, after, isLoosened] of rows) {
    test(title, () => {
      const change = rulesChanged(before, after).find(({ guard }) => guard === GUARD)
      assert.equal(change?.loosened, isLoosened)
      if (change !== undefined) assert.equal(change.route, 'chat')
    })
  }
})

test('a new route that says nothing loosens nothing, whatever guards do where nothing is said', () => {
  const changes = rulesChanged(policyOf({}), policyOf({}, {}))
  assert.ok(changes.length > 0)
  assert.deepEqual(
    changes.filter(({ loosened }) => loosened),
    [],
  )
})

test('places that differ are named, and putting them in place makes the one policy out of the other', () => {
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.constantFrom('a', 'b', null),
      fc.dictionary(fc.stringMatching(/^[a-c]$/), tie('value'), { maxKeys: 3 }),
    ),
  })).value
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-c]$/), json),
      fc.dictionary(fc.stringMatching(/^[a-c]$/), json),
      (before, after) => {
        const [from, to] = [bodyOf(before as never), bodyOf(after as never)]
        let made: unknown = structuredClone(from)
        for (const { place, ...change } of placesChanged(from, to)) {
          if (place === '') made = change.after
          else put(made as Record<string, unknown>, place.split('.'), change.after)
        }
        assert.equal(hashOf(made as never), hashOf(to))
      },
    ),
  )
})

test('what is said stays the same hash whether defaults are written or not, and any other word changes it', () => {
  const plain = policyOf({}, {})
  const written = policyOf({ mode: 'enforce', onFailure: 'block', deadlineMs: 1000 }, {})
  assert.equal(hashOfSaid(written), hashOfSaid(plain))
  for (const mode of MODES.filter((one) => one !== 'enforce')) {
    assert.notEqual(hashOfSaid(policyOf({ mode }, {})), hashOfSaid(plain))
  }
  assert.notEqual(hashOfSaid(policyOf({ confidence: 0.9 }, {})), hashOfSaid(plain))
  const others = Object.entries(plain.guards).filter(([guard]) => guard !== GUARD)
  const less: GatewayPolicy = { ...plain, guards: Object.fromEntries(others) }
  assert.equal(hashOfSaid(less), hashOfSaid(plain))
  assert.equal(hashOfSaid({ ...plain, guards: GuardsConfig.parse({}) }), hashOfSaid(plain))
})

test('a policy has no more upstreams and routes than can be looked at, and holds no key', () => {
  assert.equal(Object.keys(parsePolicy({ upstreams: many(200) }).upstreams).length, 200)
  assert.throws(() => parsePolicy({ upstreams: many(201) }), { message: /at most 200 upstreams/ })
  assert.throws(() => parsePolicy({ upstreams: { u: { provider: 'openai', key: 'sk-1' } } }), {
    code: 'input_invalid',
    message: /upstreams\.u\.key: unknown key/,
  })
})

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`u${i}`, { provider: 'demo' }]))

function put(into: Record<string, unknown>, [key = '', ...rest]: string[], value: unknown): void {
  if (rest.length > 0) return put(into[key] as Record<string, unknown>, rest, value)
  if (value === undefined) delete into[key]
  else into[key] = value
}
