import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AssetBody, Link } from '../../model/asset.ts'
import type { EdgeGuard } from '../../model/graph.ts'
import { findPaths } from '../paths/find-paths.ts'
import { asset } from '../testing.ts'
import { type GraphSystem, registerGraph } from './register-graph.ts'

const SAFE = {
  'model-kind': 'llm',
  'untrusted-data-in-prompt': false,
  'can-send-data-out': false,
  'untrusted-writers-to-corpus': false,
  'output-rendered-or-executed': false,
  'reaches-sensitive-data': false,
} as const

const link = (kind: Link['kind'], to: string): Link => ({ kind, to })

function system(
  id: string,
  links: readonly Link[],
  parts: readonly ReturnType<typeof asset>[],
  more: Partial<GraphSystem> & { body?: Partial<AssetBody> } = {},
): GraphSystem {
  const { body, ...rest } = more
  return {
    system: asset(id, { kind: 'system', exposure: 'team', links, ...body }),
    components: parts,
    values: SAFE,
    guards: [],
    calls: [],
    hasKey: false,
    ...rest,
  }
}

const rulesOf = (...systems: GraphSystem[]) => findPaths(registerGraph(systems)).paths.map(({ id }) => id)

test('a system of which everything is answered and nothing is open has no attack path', () => {
  assert.deepEqual(rulesOf(system('bot', [], [])), [])
})

test('each fact and link opens the way that it stands for, and no other', () => {
  const crm = asset('crm', { kind: 'dataset', dataClass: 'restricted' })
  const reads = [link('reads', 'crm')]
  const trifecta = { ...SAFE, 'untrusted-data-in-prompt': true, 'can-send-data-out': true }
  const editor = asset('editor', { kind: 'tool', links: [link('writes', 'crm')] })
  const shadow = asset('shadow', { kind: 'provider', sanctioned: false })
  const cases: [GraphSystem, string[]][] = [
    [system('bot', reads, [crm], { values: trifecta }), ['AP-01:outside:bot']],
    [system('bot', reads, [crm], { values: { ...trifecta, 'can-send-data-out': false } }), []],
    [system('bot', [link('calls', 'editor')], [editor, crm], { body: { exposure: 'public' } }), ['AP-02:crm']],
    [system('bot', [link('calls', 'editor')], [editor, crm]), []],
    [system('bot', [link('writes', 'crm')], [crm], { body: { exposure: 'public' } }), ['AP-02:crm']],
    [system('bot', [...reads, link('hostedBy', 'shadow')], [crm, shadow]), ['AP-14:shadow']],
    [system('bot', [...reads, link('hostedBy', 'shadow')], [crm, { ...shadow, sanctioned: true }]), []],
    [system('bot', [], [], { values: { ...trifecta, 'output-rendered-or-executed': true } }), ['AP-03:runtime:bot']],
  ]
  for (const [one, expected] of cases) assert.deepEqual(rulesOf(one), expected)
})

test('what others write into a knowledge base is retrieved through its index, named or not', () => {
  const tool = asset('pay', { kind: 'tool', links: [link('writes', 'crm')] })
  const crm = asset('crm', { kind: 'dataset', dataClass: 'internal' })
  const values = { ...SAFE, 'untrusted-writers-to-corpus': true }
  const named = asset('wiki', { kind: 'knowledge-base', dataClass: 'internal', links: [link('uses', 'vectors')] })
  const vectors = asset('vectors', { kind: 'vector-store', dataClass: 'internal' })
  const links = [link('retrievesFrom', 'wiki'), link('calls', 'pay')]
  assert.deepEqual(rulesOf(system('bot', links, [named, vectors, tool, crm], { values })), ['AP-07:pay'])
  assert.deepEqual(rulesOf(system('bot', links, [{ ...named, links: [] }, tool, crm], { values })), ['AP-07:pay'])
  assert.deepEqual(rulesOf(system('bot', links, [named, vectors, tool, crm])), [])
})

const guard = (more: Partial<EdgeGuard>): EdgeGuard[] => [
  { control: 'oversight', mode: 'enforce', proven: true, ...more },
]

test('a control closes an edge only when it is enforced and proven, and for a shared part only when it is so for all', () => {
  const crm = asset('crm', { kind: 'dataset', dataClass: 'restricted' })
  const editor = asset('editor', { kind: 'tool', links: [link('writes', 'crm')] })
  const bot = (id: string, guards: readonly EdgeGuard[]) =>
    system(id, [link('calls', 'editor')], [editor, crm], { body: { exposure: 'public' }, guards })
  assert.deepEqual(rulesOf(bot('a', guard({}))), [])
  assert.deepEqual(rulesOf(bot('a', guard({ mode: 'observe' }))), ['AP-02:crm'])
  assert.deepEqual(rulesOf(bot('a', guard({ proven: false }))), ['AP-02:crm'])
  const both = findPaths(registerGraph([bot('a', guard({})), bot('b', [])])).paths
  assert.deepEqual(
    both.map(({ sources }) => sources),
    [['entry:b']],
  )
})

test('calls that the gateway saw are observed, and one who goes past it to the same model is told', () => {
  const gpt = asset('gpt', { kind: 'model' })
  const seen = [{ model: 'gpt', route: 'main', calls: 7, providers: [{ id: 'upstream:o', name: 'o' }] }]
  const inside = system('inside', [link('uses', 'gpt')], [gpt], { calls: seen, hasKey: true })
  const past = system('past', [link('uses', 'gpt')], [gpt], { body: { exposure: 'public' } })
  const graph = registerGraph([inside, past])
  const call = graph.edges.find(({ id }) => id === 'inside calls gpt')
  assert.deepEqual(
    [call?.known, call?.evidence],
    ['observed', ['link inside uses gpt', '7 calls of inside on route main']],
  )
  assert.deepEqual(
    findPaths(graph).paths.map(({ id, sources }) => [id, sources]),
    [['AP-17:gpt', ['entry:past']]],
  )
})
