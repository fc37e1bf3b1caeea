// What scans found, laid into the graph of the register: things that wait for somebody as well, keys in sources, servers that
// can change, model files that nobody vouches for, agents in pipelines. Each edge names the scan, the file and the line.
// Invariant: what is found adds ways and never takes one away.
import type { Asset } from '../../model/asset.ts'
import type { Discovery, ScanFinding } from '../../model/discovery.ts'
import type { EdgeGuard, EdgeKind, KnownBy, NodeKind } from '../../model/graph.ts'
import type { ScanSource } from '../../model/scan.ts'
import { guardsOn } from '../paths/cutters.ts'
import type { EdgeSaid, GraphDraft } from './draft.ts'

/** A source of scans that is a part of a system, with what stands open of it. */
export interface GraphScan {
  source: ScanSource
  system: Asset
  components: readonly Asset[]
  /** Controls that stand before what the system does. */
  guards: readonly EdgeGuard[]
  /** Whether retrieval keeps to what a user may see; undefined: nobody answered. */
  keepsToUsers: boolean | undefined
  discoveries: readonly Discovery[]
  findings: readonly ScanFinding[]
}

const ALL_EFFECTS = ['read', 'write', 'egress', 'exec', 'money', 'admin']
const SECRET = /key|token|secret|password|credential/i
const NODE: Partial<Record<Discovery['kind'], NodeKind>> = {
  providers: 'provider',
  cloudAi: 'provider',
  models: 'model',
  vectorStores: 'vector-store',
  agents: 'agent',
  tools: 'tool',
  mcpServers: 'mcp-server',
  datasets: 'dataset',
  prompts: 'prompt',
}

export function addScan(draft: GraphDraft, scan: GraphScan): void {
  const there = scan.discoveries.filter(({ state, goneSince }) => goneSince === undefined && state !== 'ignored')
  const ids = new Map(there.map((one) => [one.item, nodeOf(one)]))
  draft.node('repository', repositoryOf(scan), `Sources ${scan.source.name}`, {
    readers: 'organisation',
    assumed: ['readers'],
  })
  for (const one of there) addThing(draft, scan, one, ids)
  for (const finding of scan.findings) addFinding(draft, scan, finding, ids)
  addTenants(draft, scan, there)
}

function edge(
  draft: GraphDraft,
  { guards }: GraphScan,
  from: string,
  kind: EdgeKind,
  to: string,
  said: EdgeSaid,
): void {
  draft.edge(from, kind, to, { ...said, guards: guardsOn(kind, guards) })
}

const repositoryOf = ({ source }: GraphScan) => `sources:${source.id}`
const nodeOf = ({ asset, id }: Discovery) => asset ?? `found:${id}`

interface Told {
  known: KnownBy
  evidence: string
}

function placeOf(scan: GraphScan, file: string, line: number, commit?: string): string {
  const at = commit === undefined ? '' : ` at ${commit.slice(0, 12)}`
  return `scan of ${scan.source.name}: ${file}:${line}${at}`
}

/** A person said so who accepted it; otherwise it is a conclusion from the sources. */
function toldOf(scan: GraphScan, { evidence: [first], state }: Discovery): Told {
  const known = state === 'new' ? 'inferred' : 'declared'
  const evidence =
    first === undefined ? `scan of ${scan.source.name}` : placeOf(scan, first.file, first.line, first.commit)
  return { known, evidence }
}

function addThing(draft: GraphDraft, scan: GraphScan, one: Discovery, ids: ReadonlyMap<string, string>): void {
  const kind = NODE[one.kind]
  if (kind === undefined) return
  const { system } = scan
  const [id, told] = [nodeOf(one), toldOf(scan, one)]
  draft.node(kind, id, one.name, { found: one.id })
  const { attributes } = one
  if (one.kind === 'models') edge(draft, scan, system.id, 'calls', id, told)
  if (one.kind === 'providers' || one.kind === 'cloudAi') edge(draft, scan, system.id, 'sends-to', id, told)
  if (one.kind === 'vectorStores') {
    const content = `content:${id}`
    if (draft.kindOf(content) === undefined)
      draft.node('data-store', content, `What ${one.name} holds`, {
        sensitivity: 'confidential',
        assumed: ['sensitivity'],
      })
    edge(draft, scan, id, 'indexes', content, told)
    edge(draft, scan, system.id, 'retrieves', id, told)
  }
  if (one.kind === 'agents' && id !== system.id) edge(draft, scan, system.id, 'delegates', id, told)
  if (one.kind === 'tools') {
    draft.node('tool', id, one.name, { effects: effectsOf(attributes['effect']) })
    edge(draft, scan, system.id, 'uses-tool', id, told)
  }
  if (one.kind === 'mcpServers' && attributes['role'] !== 'server') addServer(draft, scan, one, told)
  for (const link of one.links) {
    const to = ids.get(link.to)
    if (to === undefined || to === id) continue
    if (link.kind === 'served-by' || link.kind === 'calls') {
      const isHosted = draft.kindOf(to) === 'provider' || link.to.startsWith('providers:')
      edge(draft, scan, id, isHosted ? 'served-by' : 'calls', to, told)
    } else if (link.kind !== 'holds') edge(draft, scan, id, link.kind, to, told)
  }
}

/** The strongest one is known, and it brings along what is weaker; one that runs code can do all. */
function effectsOf(effect: unknown): string[] {
  if (effect === 'network-read' || effect === 'read') return ['read']
  if (effect === 'write' || effect === 'egress' || effect === 'money') return [effect, 'read']
  return effect === 'none' ? [] : ALL_EFFECTS
}

function addServer(draft: GraphDraft, scan: GraphScan, one: Discovery, told: Told): void {
  const { pinned, url, authenticated, variables, enabled } = one.attributes
  if (enabled === false) return
  const id = nodeOf(one)
  draft.node('mcp-server', id, one.name, {
    pinned: typeof pinned === 'boolean' ? pinned : undefined,
    remote: url !== undefined,
    auth: url === undefined ? undefined : authenticated === true ? 'token' : 'none',
  })
  edge(draft, scan, scan.system.id, 'connects', id, told)
  const tools = `tools:${id}`
  if (draft.kindOf(tools) === undefined)
    draft.node('tool', tools, `Tools of ${one.name}`, { effects: ALL_EFFECTS, assumed: ['effects'] })
  edge(draft, scan, id, 'provides', tools, { known: 'inferred', evidence: told.evidence })
  for (const name of Array.isArray(variables) ? variables : [])
    if (typeof name === 'string' && SECRET.test(name)) {
      const key = draft.node('credential', `key:${id}:${name}`, name)
      edge(draft, scan, id, 'holds', key, { known: 'declared', evidence: told.evidence })
    }
}

function addFinding(draft: GraphDraft, scan: GraphScan, finding: ScanFinding, ids: ReadonlyMap<string, string>): void {
  const { rule, place, confidence, about } = finding
  const evidence = placeOf(scan, place.file, place.line, place.commit)
  const told: Told = { known: confidence >= 0.8 ? 'declared' : 'inferred', evidence }
  if (about === 'model-file') addModelFile(draft, scan, finding, told)
  else if (rule === 'hardcoded-key') addKey(draft, scan, finding, told, ids)
  else if (rule === 'ci-agent-on-untrusted-input') addPipeline(draft, scan, finding, told)
  else if (rule === 'unpinned-model' || rule === 'trust-remote-code' || rule === 'unsafe-loader')
    addUnvouched(draft, scan, finding, told)
}

function addKey(
  draft: GraphDraft,
  scan: GraphScan,
  finding: ScanFinding,
  told: Told,
  ids: ReadonlyMap<string, string>,
): void {
  const key = draft.node('credential', `key:${finding.id}`, `Key in ${finding.place.file}`)
  edge(draft, scan, repositoryOf(scan), 'holds', key, told)
  const providers = [...ids].filter(([item]) => item.startsWith('providers:'))
  const named = providers.filter(([item]) => finding.subject.toLowerCase().includes(item.slice('providers:'.length)))
  // It does not say which door it opens: then it may be each.
  const known = named.length > 0 ? told.known : 'inferred'
  for (const [, provider] of named.length > 0 ? named : providers)
    edge(draft, scan, key, 'unlocks', provider, { known, evidence: told.evidence })
}

function addPipeline(draft: GraphDraft, scan: GraphScan, { id, place }: ScanFinding, told: Told): void {
  const pipeline = draft.node('pipeline', `pipeline:${id}`, place.file, { aiAction: true, forkPR: true })
  const input = draft.node('content-source', `input:pipeline:${id}`, `Issues and requests of ${scan.source.name}`, {
    trust: 'untrusted',
  })
  const token = draft.node('credential', `key:pipeline:${id}`, `Token of ${place.file}`, {
    scope: ['repository-write'],
  })
  edge(draft, scan, input, 'ingests', pipeline, told)
  edge(draft, scan, repositoryOf(scan), 'builds', pipeline, told)
  edge(draft, scan, pipeline, 'holds', token, { known: 'inferred', evidence: told.evidence })
}

function addModelFile(draft: GraphDraft, scan: GraphScan, { place, verdict }: ScanFinding, told: Told): void {
  const artefact = draft.node('artefact', `file:${scan.source.id}:${place.file}`, place.file, {
    verdict: verdict === 'malicious' ? 'malicious' : 'unscanned',
  })
  edge(draft, scan, runtimeOf(draft, scan, told), 'loads', artefact, { known: 'inferred', evidence: told.evidence })
}

/** Fetched when it runs, at no revision or with code that comes along: whoever publishes it decides what runs. */
function addUnvouched(draft: GraphDraft, scan: GraphScan, { subject, rule }: ScanFinding, told: Told): void {
  const name = subject.slice(0, 120)
  const artefact = draft.node('artefact', `artefact:${scan.source.id}:${name}`, name, { verdict: 'unscanned' })
  edge(draft, scan, runtimeOf(draft, scan, told), 'loads', artefact, told)
  if (rule !== 'unpinned-model') return
  const registry = draft.node('registry', `registry:${scan.source.id}:${name}`, `Where ${name} is published`)
  const publisher = draft.node('identity', `publisher:${scan.source.id}:${name}`, `Whoever publishes ${name}`, {
    type: 'external',
  })
  edge(draft, scan, artefact, 'stored-in', registry, told)
  edge(draft, scan, publisher, 'has-grant', registry, { ...told, attributes: { action: 'write' } })
}

/** Where the system runs, as whom, and what it may read there: what code that comes in gets. */
function runtimeOf(draft: GraphDraft, scan: GraphScan, { evidence }: Told): string {
  const { system, components } = scan
  const workload = `workload:${system.id}`
  if (draft.kindOf(workload) !== undefined) return workload
  const { environment } = system
  draft.node('workload', workload, `Where ${system.name} runs`, {
    environment: environment ?? 'production',
    assumed: environment === undefined ? ['environment'] : undefined,
  })
  const own = system.links.find(({ kind }) => kind === 'authenticatesAs')?.to
  const identity =
    own ?? draft.node('identity', `identity:${system.id}`, `What ${system.name} runs as`, { type: 'service' })
  edge(draft, scan, workload, 'runs-as', identity, { known: own === undefined ? 'inferred' : 'declared', evidence })
  const stores = components.flatMap(({ id, kind }) =>
    kind === 'vector-store'
      ? [`content:${id}`]
      : draft.kindOf(id) === 'dataset' || draft.kindOf(id) === 'data-store'
        ? [id]
        : [],
  )
  for (const store of [...stores, `data:${system.id}`])
    if (draft.kindOf(store) !== undefined)
      edge(draft, scan, identity, 'has-grant', store, {
        known: 'inferred',
        evidence: `${system.id} reads it`,
        attributes: { action: 'read' },
      })
  return workload
}

/** Where many customers share an index and nobody says that it is filtered, one may be answered with what is another's. */
function addTenants(draft: GraphDraft, scan: GraphScan, there: readonly Discovery[]): void {
  const { system, keepsToUsers } = scan
  if (keepsToUsers === true || (system.exposure !== 'partners' && system.exposure !== 'public')) return
  const known = keepsToUsers === false ? 'declared' : 'inferred'
  const evidence =
    keepsToUsers === false
      ? `retrieval-acl-parity of ${system.id}`
      : `nobody answered retrieval-acl-parity of ${system.id}`
  for (const one of there.filter(({ kind }) => kind === 'vectorStores')) {
    const id = nodeOf(one)
    draft.node('vector-store', id, one.name, { tenantFilter: 'none' })
    draft.node('data-store', `content:${id}`, `What ${one.name} holds`, { tenants: ['one', 'another'] })
    for (const tenant of ['one', 'another']) {
      const group = draft.node('user-group', `users:${system.id}:${tenant}`, `Users of ${tenant} customer`, { tenant })
      edge(draft, scan, group, 'has-grant', system.id, { known, evidence })
    }
  }
}
