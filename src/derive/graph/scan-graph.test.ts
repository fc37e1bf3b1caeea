// What scans add to the graph: each thing and finding opens the way that it stands for, and a scan without it opens none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AssetBody } from '../../model/asset.ts'
import type { Discovery, ScanFinding } from '../../model/discovery.ts'
import { findPaths } from '../paths/find-paths.ts'
import { asset } from '../testing.ts'
import { registerGraph } from './register-graph.ts'
import type { GraphScan } from './scan-graph.ts'

const AT = '2026-11-01T00:00:00.000Z'
const SAFE = {
  'model-kind': 'llm',
  'untrusted-data-in-prompt': false,
  'can-send-data-out': false,
  'untrusted-writers-to-corpus': false,
  'output-rendered-or-executed': false,
  'reaches-sensitive-data': false,
} as const

const found = (kind: Discovery['kind'], name: string, more: Partial<Discovery> = {}): Discovery => ({
  id: `disc_${name}`,
  source: 'src_1',
  item: `${kind}:${name}`,
  kind,
  name,
  state: 'new',
  evidence: [{ file: 'app.py', line: 7, commit: '0123456789abcdef0123456789abcdef01234567' }],
  confidence: 0.9,
  stance: 'declared',
  attributes: {},
  links: [],
  firstSeen: AT,
  lastSeen: AT,
  revision: 1,
  ...more,
})

const wrong = (rule: string, more: Partial<ScanFinding> = {}): ScanFinding => ({
  id: `fnd_${rule}`,
  source: 'src_1',
  about: 'source',
  rule,
  title: rule,
  severity: 'high',
  confidence: 0.9,
  place: { file: 'app.py', line: 9 },
  subject: 'org/model-7b',
  threats: [],
  controls: [],
  remedy: '',
  state: 'open',
  firstSeen: AT,
  lastSeen: AT,
  lastScan: 'scan_1',
  revision: 1,
  ...more,
})

const crm = asset('crm', { kind: 'dataset', dataClass: 'restricted' })
const source = { id: 'src_1', name: 'bot', kind: 'git', createdBy: 'a', createdAt: AT } as const

function derived(more: Partial<GraphScan>, body: Partial<AssetBody> = {}) {
  const system = asset('bot', {
    kind: 'system',
    exposure: 'team',
    environment: 'production',
    links: [{ kind: 'reads', to: 'crm' }],
    ...body,
  })
  const components = [crm]
  const scan: GraphScan = {
    source,
    system,
    components,
    guards: [],
    keepsToUsers: true,
    discoveries: [],
    findings: [],
    ...more,
  }
  const { guards } = scan
  const graph = registerGraph([{ system, components, values: SAFE, guards, calls: [], hasKey: false }], [scan])
  const { paths } = findPaths(graph)
  return { graph, paths, rules: [...new Set(paths.map(({ rule }) => rule))].toSorted() }
}

const server = (attributes: Discovery['attributes']) =>
  found('mcpServers', 'fs', { attributes: { role: 'client-config', ...attributes } })
const file = (verdict: 'malicious' | 'suspicious') => wrong('pickle-exec', { about: 'model-file', verdict })

const CASES: [string, Partial<GraphScan>, string[], Partial<AssetBody>?][] = [
  ['nothing found', {}, []],
  ['a model and its provider', { discoveries: [found('models', 'gpt-4o'), found('providers', 'openai')] }, []],
  ['a harmful model file', { findings: [file('malicious')] }, ['AP-05']],
  ['a model file that nobody vouches for', { findings: [file('suspicious')] }, ['AP-05']],
  ['code that comes with a model', { findings: [wrong('trust-remote-code')] }, ['AP-05']],
  ['a model at no revision', { findings: [wrong('unpinned-model')] }, ['AP-05', 'AP-06']],
  [
    'a model at no revision, not in production',
    { findings: [wrong('unpinned-model')] },
    ['AP-05'],
    { environment: 'test' },
  ],
  [
    'an unpinned server with a key',
    { discoveries: [server({ pinned: false, variables: ['GITHUB_TOKEN'] })] },
    ['AP-09'],
  ],
  ['a pinned server with a key', { discoveries: [server({ pinned: true, variables: ['GITHUB_TOKEN'] })] }, []],
  ['an unpinned server with no key', { discoveries: [server({ pinned: false, variables: ['LANG'] })] }, []],
  [
    'a server that is turned off',
    { discoveries: [server({ pinned: false, variables: ['GITHUB_TOKEN'], enabled: false })] },
    [],
  ],
  [
    'a server far away that asks nobody who he is, beside a tool that writes',
    {
      discoveries: [
        server({ url: 'https://mcp.example', authenticated: false }),
        found('tools', 'save', { attributes: { effect: 'write' } }),
      ],
    },
    ['AP-09'],
  ],
  [
    'a key in the sources',
    { discoveries: [found('providers', 'openai')], findings: [wrong('hardcoded-key', { subject: 'an OpenAI key' })] },
    ['AP-10'],
  ],
  ['a key to nothing that is known', { findings: [wrong('hardcoded-key')] }, []],
  ['an agent in the pipeline', { findings: [wrong('ci-agent-on-untrusted-input')] }, ['AP-15']],
  [
    'an index that customers share',
    { discoveries: [found('vectorStores', 'chroma')], keepsToUsers: undefined },
    ['AP-08'],
    { exposure: 'partners' },
  ],
  [
    'an index that keeps to what a user may see',
    { discoveries: [found('vectorStores', 'chroma')] },
    [],
    { exposure: 'partners' },
  ],
  [
    'what was set aside or is gone',
    {
      discoveries: [
        { ...server({ pinned: false, variables: ['API_KEY'] }), state: 'ignored' },
        { ...server({ pinned: false, variables: ['API_KEY'] }), goneSince: AT, id: 'x', item: 'x' },
      ],
    },
    [],
  ],
]
for (const [what, scan, expected, body] of CASES)
  test(`${what}: ${expected.join(', ') || 'no way'}`, () => assert.deepEqual(derived(scan, body).rules, expected))

test('a way that a scan opened names file, line and commit', () => {
  const { graph, paths } = derived({ discoveries: [server({ pinned: false, variables: ['A_KEY'] })] })
  const [path] = paths
  const edges = graph.edges.filter(({ id }) => path?.shortest.includes(id))
  assert(edges.some(({ evidence }) => evidence.includes('scan of bot: app.py:7 at 0123456789ab')))
})

test('what was accepted is the asset, and what waits is only concluded', () => {
  const { graph } = derived({
    discoveries: [found('models', 'gpt-4o', { state: 'accepted', asset: 'gpt' }), found('models', 'o3')],
  })
  const calls = graph.edges.filter(({ kind }) => kind === 'calls').map(({ to, known }) => [to, known])
  assert.deepEqual(calls, [
    ['gpt', 'declared'],
    ['found:disc_o3', 'inferred'],
  ])
})

test('controls that are proven close what a scan found as they close what the register says', () => {
  const guards = [{ control: 'least-model-privilege', mode: 'enforce', proven: true }] as const
  const tool = found('tools', 'save', { state: 'accepted', asset: 'save', attributes: { effect: 'write' } })
  const { graph } = derived({ guards, discoveries: [tool] })
  assert.deepEqual(graph.edges.find(({ kind }) => kind === 'uses-tool')?.guards, guards)
})
