// The register as a graph that attackers are walked through: assets become nodes, links become edges, and what is known of
// a system becomes who can speak to it, what it reads and where it may send.
// Invariant: what nobody answered never hides a way. Such an edge is `inferred` and says which question is open.
import type { Asset, Link } from '../../model/asset.ts'
import type { FactValue } from '../../model/fact.ts'
import type { AssetGraph, EdgeGuard, EdgeKind, KnownBy, NodeKind } from '../../model/graph.ts'
import { guardsOn } from '../paths/cutters.ts'
import { GraphDraft } from './draft.ts'
import { addScan, type GraphScan } from './scan-graph.ts'

/** One system with what is known of it. */
export interface GraphSystem {
  system: Asset
  components: readonly Asset[]
  /** The catalogue's questions; absent: nobody answered. */
  values: Readonly<Record<string, FactValue | undefined>>
  /** Controls that stand before what it does. */
  guards: readonly EdgeGuard[]
  /** Calls of models that were seen, with how they went. */
  calls: readonly SeenCall[]
  /** Whether any key of the gateway is its own. */
  hasKey: boolean
}

export interface SeenCall {
  /** Empty: no upstream was asked. */
  model: string
  route: string
  calls: number
  providers: readonly { id: string; name: string }[]
}

const KINDS: Readonly<Record<Asset['kind'], NodeKind>> = {
  system: 'agent',
  application: 'agent',
  agent: 'agent',
  model: 'model',
  dataset: 'dataset',
  'knowledge-base': 'data-store',
  'vector-store': 'vector-store',
  prompt: 'prompt',
  tool: 'tool',
  'mcp-server': 'mcp-server',
  endpoint: 'endpoint',
  provider: 'provider',
  identity: 'identity',
  pipeline: 'pipeline',
  memory: 'memory',
  'log-store': 'data-store',
}
const ALL_EFFECTS = ['read', 'write', 'egress', 'exec', 'money', 'admin']

export function registerGraph(systems: readonly GraphSystem[], scans: readonly GraphScan[] = []): AssetGraph {
  const draft = new GraphDraft()
  const assets = new Map(
    systems.flatMap(({ system, components }) => [system, ...components]).map((one) => [one.id, one]),
  )
  for (const asset of assets.values()) addAsset(draft, asset)
  for (const one of systems) addSystem(draft, one, assets)
  for (const scan of scans) addScan(draft, scan)
  return draft.done()
}

function addAsset(draft: GraphDraft, { id, kind, name, dataClass, exposure, sanctioned }: Asset): void {
  const isData = kind === 'dataset' || kind === 'knowledge-base' || kind === 'log-store'
  const attributes = {
    asset: id,
    ...(isData && {
      sensitivity: dataClass ?? 'confidential',
      assumed: dataClass === undefined ? ['sensitivity'] : undefined,
    }),
    ...(kind === 'endpoint' && exposure !== undefined && { exposure }),
    ...(kind === 'provider' && { sanctioned }),
    ...(kind === 'identity' && { type: 'human' }),
    ...(kind === 'memory' && { shared: true }),
    ...(kind === 'model' && dataClass !== undefined && { sensitivity: dataClass }),
  }
  draft.node(KINDS[kind], id, name, attributes)
  if (kind !== 'vector-store') return
  draft.node('data-store', `content:${id}`, `What ${name} holds`, {
    sensitivity: dataClass ?? 'confidential',
    assumed: dataClass === undefined ? ['sensitivity'] : undefined,
  })
  draft.edge(id, 'indexes', `content:${id}`, { evidence: `asset ${id}` })
}

function addSystem(draft: GraphDraft, one: GraphSystem, assets: ReadonlyMap<string, Asset>): void {
  const { system, components, guards } = one
  const say = (from: string, kind: EdgeKind, to: string, known: KnownBy, evidence: string, attributes = {}) =>
    draft.edge(from, kind, to, { known, evidence, attributes, guards: guardsOn(kind, guards) })
  for (const asset of [system, ...components])
    for (const link of asset.links) {
      const to = assets.get(link.to)
      if (to !== undefined) addLink(draft, say, asset, link, to, one)
    }
  addFacts(draft, say, one)
  addCalls(draft, say, one)
}

type Say = (
  from: string,
  kind: EdgeKind,
  to: string,
  known: KnownBy,
  evidence: string,
  attributes?: Record<string, boolean | string>,
) => void

function addLink(draft: GraphDraft, say: Say, from: Asset, { kind }: Link, to: Asset, one: GraphSystem): void {
  const evidence = `link ${from.id} ${kind} ${to.id}`
  if (kind === 'exposedTo') {
    if (to.kind === 'identity') say(to.id, 'has-grant', from.id, 'declared', evidence)
    else if (to.kind === 'endpoint') {
      const exposure = to.exposure ?? one.system.exposure
      draft.node('endpoint', to.id, to.name, {
        exposure: exposure ?? 'public',
        assumed: exposure ? undefined : ['exposure'],
      })
      say(to.id, 'exposes', from.id, 'declared', evidence)
    } else say(to.id, 'delegates', from.id, 'declared', evidence)
    return
  }
  if (kind === 'decidesAbout') return
  if (kind === 'ownedBy') return say(from.id, 'owned-by', to.id, 'declared', evidence)
  if (kind === 'authenticatesAs') {
    // Nobody said that it may do little.
    draft.node('identity', to.id, to.name, { type: 'service', privilege: 'high' })
    return say(from.id, 'runs-as', to.id, 'declared', evidence)
  }
  if (kind === 'trainedOn') {
    draft.node(KINDS[to.kind], to.id, to.name, { purpose: 'training' })
    return say(from.id, 'trained-on', to.id, 'declared', evidence)
  }
  if (kind === 'fineTunedFrom' || kind === 'derivedFrom')
    return say(from.id, 'derived-from', to.id, 'declared', evidence)
  if (kind === 'servedBy' || kind === 'hostedBy') {
    say(from.id, 'served-by', to.id, 'declared', evidence)
    if (from.kind !== 'model' && to.kind === 'provider') say(from.id, 'sends-to', to.id, 'declared', evidence)
    return
  }
  if (kind === 'reads' || kind === 'writes') return addTouch(draft, say, from, kind, to, evidence)
  if (to.kind === 'knowledge-base' || (kind === 'retrievesFrom' && to.kind !== 'vector-store'))
    return addRetrieval(draft, say, from, to, evidence)
  addUse(draft, say, from, to, evidence, one)
}

function addUse(draft: GraphDraft, say: Say, from: Asset, to: Asset, evidence: string, one: GraphSystem): void {
  if (from.kind === 'knowledge-base' && to.kind === 'vector-store')
    return say(to.id, 'indexes', from.id, 'declared', evidence)
  const kinds: Partial<Record<Asset['kind'], EdgeKind>> = {
    model: 'calls',
    endpoint: 'calls',
    agent: 'delegates',
    system: 'delegates',
    application: 'delegates',
    tool: 'uses-tool',
    'mcp-server': 'connects',
    prompt: 'reads',
    dataset: 'reads',
    'vector-store': 'retrieves',
    memory: 'remembers',
    provider: 'sends-to',
    'log-store': 'logs-to',
    pipeline: 'loads',
    identity: 'can-assume',
  }
  const kind = kinds[to.kind]
  if (kind === undefined) return
  if (kind === 'calls') {
    say(from.id, kind, to.id, 'declared', evidence, { throughGateway: one.hasKey })
    for (const served of to.links)
      if (served.kind === 'servedBy' || served.kind === 'hostedBy')
        if (draft.kindOf(served.to) === 'provider')
          say(from.id, 'sends-to', served.to, 'declared', `${evidence}, which is ${served.kind} ${served.to}`)
    return
  }
  say(from.id, kind, to.id, 'declared', evidence)
  if (to.kind === 'tool' || to.kind === 'mcp-server') addPowers(draft, say, to)
}

/** What a tool may do follows from its links; one without any may do everything. */
function addPowers(draft: GraphDraft, say: Say, tool: Asset): void {
  const effects = new Set<string>()
  for (const { kind } of tool.links) {
    if (kind === 'writes') effects.add('write')
    if (kind === 'reads' || kind === 'retrievesFrom') effects.add('read')
    if (kind === 'calls') effects.add('egress')
  }
  const isKnown = effects.size > 0
  const attributes = { effects: isKnown ? [...effects] : ALL_EFFECTS, assumed: isKnown ? undefined : ['effects'] }
  const id = tool.kind === 'tool' ? tool.id : `tools:${tool.id}`
  draft.node('tool', id, tool.kind === 'tool' ? tool.name : `Tools of ${tool.name}`, attributes)
  if (tool.kind !== 'tool') say(tool.id, 'provides', id, isKnown ? 'declared' : 'inferred', `asset ${tool.id}`)
  if (isOpen(tool)) {
    draft.node('external-host', `outside:${tool.id}`, `Whoever reads ${tool.name}`)
    say(id, 'sends-to', `outside:${tool.id}`, 'declared', `asset ${tool.id} is open to ${tool.exposure}`)
    draft.node('content-source', `input:${tool.id}`, `What ${tool.name} brings in`, { trust: 'untrusted' })
  }
}

const isOpen = ({ exposure }: Asset) => exposure === 'public' || exposure === 'partners'
const isProgram = ({ kind }: Asset) => kind === 'system' || kind === 'application' || kind === 'agent'

/** What a program does with its own hands is a tool as well: rules ask for tools. */
function addTouch(
  draft: GraphDraft,
  say: Say,
  from: Asset,
  kind: 'reads' | 'writes',
  to: Asset,
  evidence: string,
): void {
  if (to.kind === 'log-store' && kind === 'writes') return say(from.id, 'logs-to', to.id, 'declared', evidence)
  if (from.kind === 'mcp-server') return say(`tools:${from.id}`, kind, to.id, 'declared', evidence)
  if (kind === 'writes' && isProgram(from)) {
    const own = draft.node('tool', `writes:${from.id}`, `What ${from.name} writes itself`, { effects: ['write'] })
    say(from.id, 'uses-tool', own, 'declared', evidence)
    return say(own, 'writes', to.id, 'declared', evidence)
  }
  say(from.id, kind, to.id, 'declared', evidence)
}

/** Retrieved is always out of an index; one that nobody names is made up. */
function addRetrieval(draft: GraphDraft, say: Say, from: Asset, store: Asset, evidence: string): void {
  const named = store.links.filter(({ to }) => draft.kindOf(to) === 'vector-store').map(({ to }) => to)
  if (named.length === 0) {
    const index = draft.node('vector-store', `index:${store.id}`, `Index of ${store.name}`)
    say(index, 'indexes', store.id, 'declared', evidence)
    named.push(index)
  }
  for (const index of named) say(from.id, 'retrieves', index, 'declared', evidence)
}

/** True, or nobody said that it is not. */
const may = (value: FactValue | undefined) => value !== false
const sureness = (value: FactValue | undefined): KnownBy => (value === undefined ? 'inferred' : 'declared')
const becauseOf = (key: string, value: FactValue | undefined, id: string) =>
  value === undefined ? `nobody answered ${key} of ${id}` : `${key} of ${id}`

function addFacts(draft: GraphDraft, say: Say, { system, components, values }: GraphSystem): void {
  const { id, name, exposure } = system
  const isModelOnly = values['model-kind'] === 'predictive-ml' || values['model-kind'] === 'heuristic'
  const doors = system.links.filter(({ kind, to }) => kind === 'exposedTo' && draft.kindOf(to) === 'endpoint')
  if (doors.length === 0 && exposure !== 'isolated') {
    const assumed = exposure === undefined ? ['exposure'] : undefined
    draft.node('endpoint', `entry:${id}`, `Way in to ${name}`, { exposure: exposure ?? 'public', assumed })
    say(
      `entry:${id}`,
      'exposes',
      id,
      exposure === undefined ? 'inferred' : 'declared',
      becauseOf('exposure', exposure, id),
    )
  }
  // Words steer what follows words; a model of numbers follows none.
  if (isModelOnly) return
  const fact = (key: string, add: (value: FactValue | undefined, known: KnownBy, evidence: string) => void) => {
    const value = values[key]
    if (may(value)) add(value, sureness(value), becauseOf(key, value, id))
  }
  fact('untrusted-data-in-prompt', (_, known, evidence) => {
    draft.node('content-source', `input:${id}`, `What others write into ${name}`, { trust: 'untrusted' })
    say(`input:${id}`, 'ingests', id, known, evidence)
  })
  fact('can-send-data-out', (_, known, evidence) => {
    draft.node('external-host', `outside:${id}`, `Whoever ${name} can send to`)
    say(id, 'sends-to', `outside:${id}`, known, evidence)
  })
  fact('untrusted-writers-to-corpus', () => {
    for (const part of components)
      if (part.kind === 'knowledge-base' || part.kind === 'dataset' || part.kind === 'vector-store') {
        const store = part.kind === 'vector-store' ? `content:${part.id}` : part.id
        if (draft.attributesOf(store)['purpose'] !== 'training')
          draft.node(draft.kindOf(store) ?? 'data-store', store, part.name, { writableBy: ['external'] })
      }
  })
  fact('output-rendered-or-executed', (_, known, evidence) => {
    draft.node('tool', `output:${id}`, `Where output of ${name} is rendered or run`, { effects: ['exec'] })
    draft.node('workload', `runtime:${id}`, `What renders or runs output of ${name}`)
    say(id, 'uses-tool', `output:${id}`, known, evidence)
    say(`output:${id}`, 'writes', `runtime:${id}`, known, evidence)
  })
  fact('reaches-sensitive-data', (value, known, evidence) => {
    const holds = components.some(({ dataClass, kind }) => kind !== 'model' && isSensitiveClass(dataClass))
    if (holds) return
    const sensitivity = isSensitiveClass(system.dataClass)
      ? system.dataClass
      : value === true
        ? 'confidential'
        : undefined
    if (sensitivity === undefined && system.dataClass !== undefined) return
    draft.node('data-store', `data:${id}`, `Data that ${name} reaches`, { sensitivity: sensitivity ?? 'confidential' })
    say(id, 'reads', `data:${id}`, known, evidence)
  })
  for (const part of components)
    if ((part.kind === 'tool' || part.kind === 'mcp-server') && isOpen(part))
      say(`input:${part.id}`, 'ingests', id, 'declared', `asset ${part.id} is open to ${part.exposure}`)
  if (values['personal-data'] === true)
    for (const part of components)
      if ((part.kind === 'dataset' || part.kind === 'knowledge-base') && isSensitiveClass(part.dataClass))
        draft.node(KINDS[part.kind], part.id, part.name, { personal: true })
}

const isSensitiveClass = (dataClass: Asset['dataClass']) => dataClass === 'confidential' || dataClass === 'restricted'

/** What the gateway saw; an asset of the same name is that model. */
function addCalls(draft: GraphDraft, say: Say, { system, components, calls }: GraphSystem): void {
  for (const { model, route, calls: count, providers } of calls) {
    if (model === '') continue
    const same = components.find(({ kind, id, name }) => kind === 'model' && (id === model || name === model))
    const id = same?.id ?? draft.node('model', `seen-model:${model}`, model, { seen: true })
    const evidence = `${count} calls of ${system.id} on route ${route}`
    say(system.id, 'calls', id, 'observed', evidence, { throughGateway: true })
    for (const provider of providers) {
      draft.node('provider', provider.id, provider.name)
      say(id, 'served-by', provider.id, 'observed', evidence)
    }
  }
}
