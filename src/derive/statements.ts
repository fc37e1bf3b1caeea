// Facts that the register itself states, without a question to anybody: the deployment model, who can reach the system,
// what its links lead to. Only what is plain is taken, and a link says what is there, never what is not.
import type { Catalog } from '../catalog/catalog.ts'
import type { Asset, AssetKind, LinkKind } from '../model/asset.ts'
import type { FactValue } from '../model/fact.ts'
import type { Edge, Reach } from './reach.ts'

export interface Statement {
  key: string
  /** A list says that these are among the values; there may be more. */
  value: FactValue
  origin: string
}

interface LinkRule {
  links: readonly LinkKind[]
  to: readonly AssetKind[]
  facts: Readonly<Record<string, FactValue>>
}

const STORES: readonly AssetKind[] = ['knowledge-base', 'vector-store', 'memory']
const RULES: readonly LinkRule[] = [
  {
    links: ['retrievesFrom'],
    to: ['knowledge-base', 'vector-store', 'dataset'],
    facts: { 'augments-input': true, 'augmentation-kinds': ['rag'] },
  },
  { links: ['retrievesFrom'], to: STORES, facts: { 'augmentation-stored': true } },
  {
    links: ['uses', 'reads', 'writes', 'retrievesFrom'],
    to: ['memory'],
    facts: { 'persistent-memory': true, 'augmentation-kinds': ['memory'] },
  },
  {
    links: ['uses', 'reads'],
    to: ['prompt'],
    facts: { 'augments-input': true, 'augmentation-kinds': ['system-prompt'] },
  },
  { links: ['uses', 'calls'], to: ['tool', 'mcp-server'], facts: { 'uses-external-tools': true } },
  { links: ['calls'], to: ['tool', 'mcp-server'], facts: { 'triggers-actions': true } },
  { links: ['servedBy', 'hostedBy'], to: ['provider'], facts: { 'model-host': 'supplier' } },
]

export function statementsOf(catalog: Catalog, system: Asset, { edges }: Reach): Statement[] {
  return [...deploymentFacts(catalog, system), ...exposureFacts(system), ...edges.flatMap(edgeFacts)]
}

function deploymentFacts(catalog: Catalog, { deploymentModel }: Asset): Statement[] {
  const model = deploymentModel === undefined ? undefined : catalog.deploymentModelsById.get(deploymentModel)
  if (!model) return []
  const origin = `deployment model ${model.id}`
  return Object.entries(model.facts).map(([key, value]) => ({ key, value, origin }))
}

function exposureFacts({ exposure }: Asset): Statement[] {
  return exposure === 'public' ? [{ key: 'attacker-can-supply-input', value: true, origin: 'exposure public' }] : []
}

function edgeFacts({ from, link, to }: Edge): Statement[] {
  const origin = `link ${from.id} ${link.kind} ${link.to}`
  if (link.kind === 'decidesAbout') return [{ key: 'decides-about-people', value: true, origin }]
  if (!to) return []
  const stated = RULES.filter(({ links, to: kinds }) => links.includes(link.kind) && kinds.includes(to.kind)).flatMap(
    ({ facts }) => Object.entries(facts).map(([key, value]) => ({ key, value, origin })),
  )
  const talks = link.kind === 'calls' && from.kind === 'agent' && to.kind === 'agent' && from.id !== to.id
  if (talks) stated.push({ key: 'multi-agent', value: true, origin })
  return [...stated, ...sensitivityFacts(link.kind, to, origin)]
}

/** A class of data above internal is what the catalogue's questions call sensitive. */
function sensitivityFacts(kind: LinkKind, to: Asset, link: string): Statement[] {
  if (to.dataClass !== 'confidential' && to.dataClass !== 'restricted') return []
  const origin = `${link}, which is ${to.dataClass}`
  const keys: Partial<Record<LinkKind, readonly string[]>> = {
    retrievesFrom: ['augmentation-sensitive', 'reaches-sensitive-data'],
    reads: ['reaches-sensitive-data'],
    calls: ['reaches-sensitive-data'],
    trainedOn: ['training-data-sensitive'],
  }
  return (keys[kind] ?? []).map((key) => ({ key, value: true, origin }))
}
