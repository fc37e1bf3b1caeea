// Agents that files of settings declare: LangGraph, CrewAI, ADK, Symfony AI, clusters, clients of developers. The key under which
// one stands is its name, unless it says another.
import { type Expr, field, textField, type Unit } from '../../syntax/expr.ts'
import { drawnAgents } from './drawn-agents.ts'

export interface DeclaredAgent {
  name: string
  line: number
  via: string
}

const HOLDERS = /^(?:agents?|teams|multi_agent|subagents|sub_agents)$/
const SPOKEN = ['prompt', 'instructions', 'instruction', 'system_prompt', 'systemPrompt', 'system_message', 'role']
const OF_AGENT = /(?:^|[/.])agent\.(?:json|ya?ml)$/
const DEPTH = 3

export function* declaredAgents(unit: Unit): Generator<DeclaredAgent> {
  for (const document of unit.documents) {
    if (document.kind !== 'map') continue
    const graphs = /(?:^|\/)langgraph\.json$/.test(unit.file) ? field(document, 'graphs') : undefined
    for (const [key] of graphs?.kind === 'map' ? graphs.entries : [])
      if (key.kind === 'text') yield { name: key.value, line: key.line, via: 'langgraph.json' }
    for (const [key, value] of document.entries)
      if (key.kind === 'text' && field(value, 'role') && field(value, 'goal'))
        yield { name: key.value, line: key.line, via: 'crewai' }
    const name = textField(document, 'name')
    if (name !== undefined && /^(?:\w*Agent)$/.test(textField(document, 'agent_class') ?? ''))
      yield { name, line: document.line, via: 'configuration' }
    // A file that is called so and says a name is one.
    if (name !== undefined && OF_AGENT.test(unit.file) && (isAgent(document) || field(document, 'runtime')))
      yield { name, line: document.line, via: 'configuration' }
    // A character of ElizaOS.
    const character =
      field(document, 'bio') && field(document, 'modelProvider', 'plugins') && field(document, 'style', 'system')
    if (name !== undefined && character) yield { name, line: document.line, via: 'character' }
    const inCluster = ofCluster(document)
    if (inCluster !== undefined) yield { name: inCluster, line: document.line, via: 'cluster' }
    // Foundry keeps a version of one.
    if (name !== undefined && field(field(document, 'definition'), 'instructions', 'instruction'))
      yield { name, line: document.line, via: 'configuration' }
    for (const drawn of drawnAgents(document)) yield { ...drawn, via: 'flow' }
    yield* formed(document)
    yield* held(document, 0)
  }
}

/** A template of CloudFormation: `!Ref` reads as the name of a parameter, which has a default, or is set by who uses it. */
function* formed(document: Expr): Generator<DeclaredAgent> {
  const resources = field(document, 'Resources')
  for (const [key, resource] of resources?.kind === 'map' ? resources.entries : []) {
    if (key.kind !== 'text' || textField(resource, 'Type') !== 'AWS::Bedrock::Agent') continue
    const said = textField(field(resource, 'Properties'), 'AgentName')
    const parameter = said === undefined ? undefined : field(field(document, 'Parameters'), said)
    const name = parameter ? textField(parameter, 'Default') : said
    yield { name: name === undefined || /[${}]/.test(name) ? key.value : name, line: key.line, via: 'template' }
  }
}

const OF_SPEC = [...SPOKEN, 'systemMessage', 'modelConfig', 'model', 'modelRef', 'llm', 'llmRef', 'byo', 'declarative']

/** A resource of Kubernetes: agents of other trades, as those that watch a host, say nothing of a model. */
function ofCluster(document: Expr): string | undefined {
  const spec = field(document, 'spec')
  if (!field(document, 'apiVersion') || !/(?:^|[a-z])Agent$/.test(textField(document, 'kind') ?? '')) return undefined
  return field(spec, ...OF_SPEC) ? textField(field(document, 'metadata'), 'name') : undefined
}

/** `agents: { support: { model: …, prompt: … } }`, at the top or some keys below it. */
function* held(map: Expr, depth: number): Generator<DeclaredAgent> {
  if (map.kind !== 'map' || depth > DEPTH) return
  for (const [key, value] of map.entries) {
    if (key.kind !== 'text') continue
    if (!HOLDERS.test(key.value)) {
      yield* held(value, depth + 1)
      continue
    }
    const several = key.value === 'multi_agent'
    for (const [name, agent] of value.kind === 'map' ? value.entries : [])
      if (name.kind === 'text' && (isAgent(agent) || (several && field(agent, 'orchestrator', 'handoffs'))))
        yield { name: textField(agent, 'name') ?? name.value, line: name.line, via: 'configuration' }
    // `agents: { definitions: [ … ] }`
    const lists = value.kind === 'map' ? value.entries.map(([, inner]) => inner) : [value]
    for (const agent of lists.flatMap((list) => (list.kind === 'list' ? list.items : []))) {
      const name = textField(agent, 'name', 'id')
      if (name !== undefined && isAgent(agent)) yield { name, line: agent.line, via: 'configuration' }
    }
  }
}

const isAgent = (value: Expr): boolean =>
  field(value, ...SPOKEN) !== undefined ||
  (field(value, 'model', 'llm') !== undefined &&
    field(value, 'tools', 'platform', 'provider', 'temperature') !== undefined)
