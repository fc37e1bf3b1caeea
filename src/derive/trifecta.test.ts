import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Asset, AssetBody, Link } from '../model/asset.ts'
import { asset, claimsOf, inputOf } from './testing.ts'
import { agentPowers } from './trifecta.ts'

const link = (kind: Link['kind'], to: string): Link => ({ kind, to })
const system = asset('desk', { links: [link('uses', 'clerk')] })
const parts: [string, Partial<AssetBody>][] = [
  ['clerk', { kind: 'agent', links: [link('calls', 'mail'), link('uses', 'helper')] }],
  ['helper', { kind: 'application', links: [link('retrievesFrom', 'files'), link('reads', 'inbox')] }],
  ['inbox', { kind: 'knowledge-base', exposure: 'public' }],
  ['files', { kind: 'knowledge-base', dataClass: 'restricted' }],
  ['mail', { kind: 'tool', links: [link('writes', 'relay')] }],
  ['relay', { kind: 'endpoint', exposure: 'partners' }],
]
const components = parts.map(([id, body]) => asset(id, body))

function without(from: string, to: string): Parameters<typeof agentPowers>[0] {
  const cut = (one: Asset) => (one.id === from ? { ...one, links: one.links.filter((link) => link.to !== to) } : one)
  return inputOf({}, { system: cut(system), components: components.map(cut) })
}

describe('the lethal trifecta', () => {
  test('is found as one path from the system over its agent to the three that meet', () => {
    const [found, ...others] = agentPowers(inputOf({}, { system, components }))
    assert(found?.isTrifecta)
    assert.deepEqual(others, [])
    assert.deepEqual(
      found.legs.map(({ power, at, because }) => [power, at, because]),
      [
        ['untrusted-data-in-prompt', 'inbox', 'inbox is open to public'],
        ['reaches-sensitive-data', 'files', 'files holds restricted data'],
        ['can-send-data-out', 'relay', 'relay sends to partners'],
      ],
    )
    assert.deepEqual(
      found.path.map(({ from, kind, to }) => `${from} ${kind} ${to}`),
      [
        'desk uses clerk',
        'clerk uses helper',
        'helper reads inbox',
        'helper retrievesFrom files',
        'clerk calls mail',
        'mail writes relay',
      ],
    )
    assert.deepEqual(found.cuts, found.path)
  })

  for (const { from, to } of agentPowers(inputOf({}, { system, components })).flatMap(({ path }) => path)) {
    test(`is gone without the link from ${from} to ${to}`, () => {
      const left = agentPowers(without(from, to)).filter(({ isTrifecta }) => isTrifecta)
      assert.deepEqual(left, [])
    })
  }

  test('is not cut by a link that has a detour', () => {
    const detour = asset('desk', { links: [...system.links, link('calls', 'clerk')] })
    const [found] = agentPowers(inputOf({}, { system: detour, components }))
    assert(found?.isTrifecta)
    assert(!found.cuts.some(({ from }) => from === 'desk'))
    assert.equal(found.cuts.length, found.path.length - 1)
  })

  test('is not there when two agents hold what none of them has alone', () => {
    const two = asset('desk', { links: [link('uses', 'reader'), link('uses', 'sender')] })
    const agents = [
      asset('reader', { kind: 'agent', links: [link('reads', 'inbox'), link('reads', 'files')] }),
      asset('sender', { kind: 'agent', links: [link('writes', 'relay')] }),
    ]
    const found = agentPowers(inputOf({}, { system: two, components: [...components, ...agents] }))
    assert.deepEqual(
      found.map(({ agent, isTrifecta }) => [agent, isTrifecta]),
      [
        ['reader', false],
        ['sender', false],
      ],
    )
  })

  test('needs no second way out where what is called can also answer with anything', () => {
    const called = components.map((one) => (one.id === 'mail' ? { ...one, links: [link('calls', 'relay')] } : one))
    const [found] = agentPowers(inputOf({}, { system, components: called }))
    assert.equal(found?.legs[0]?.because, 'relay is open to partners')
  })

  test('is found over a longer way when the shorter one gives nothing', () => {
    const claims = claimsOf('clerk', { 'untrusted-data-in-prompt': true, 'reaches-sensitive-data': true })
    const links = [link('authenticatesAs', 'relay'), link('calls', 'mail')]
    const clerk = asset('clerk', { kind: 'agent', links })
    const [found] = agentPowers(inputOf({}, { system, components: [clerk, ...components.slice(4)], claims }))
    assert.deepEqual(
      found?.legs.at(-1)?.steps.map(({ kind }) => kind),
      ['calls', 'writes'],
    )
  })

  test('is found by claims of an agent, without a link to cut', () => {
    const claims = claimsOf('desk', {
      'untrusted-data-in-prompt': true,
      'reaches-sensitive-data': true,
      'can-send-data-out': true,
    })
    const [found] = agentPowers(inputOf({}, { system: asset('desk'), claims }))
    assert.deepEqual([found?.agent, found?.isTrifecta, found?.path], ['desk', true, []])
  })

  test('ends where links form a cycle', () => {
    const round = asset('desk', { links: [link('uses', 'a')] })
    const ring = [
      asset('a', { kind: 'agent', links: [link('calls', 'b')] }),
      asset('b', { kind: 'agent', links: [link('calls', 'a')] }),
    ]
    const found = agentPowers(inputOf({}, { system: round, components: ring }))
    assert.deepEqual(
      found.map(({ agent }) => agent),
      ['a', 'b'],
    )
  })
})

describe('the rule of two', () => {
  test('is broken where all three meet, and then asks for oversight', () => {
    const [found] = agentPowers(inputOf({}, { system, components }))
    assert.deepEqual(found?.ruleOfTwo, { holds: ['A', 'B', 'C'], isKept: false, needs: 'oversight' })
  })

  test('is broken by any way to act, also where nothing is sent out', () => {
    const [found] = agentPowers(without('mail', 'relay'))
    assert.deepEqual([found?.isTrifecta, found?.ruleOfTwo.isKept], [false, false])
  })

  test('is kept with two of them', () => {
    const [found] = agentPowers(without('helper', 'inbox'))
    assert.deepEqual(found?.ruleOfTwo, { holds: ['B', 'C'], isKept: true })
  })
})
