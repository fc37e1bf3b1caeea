// Agents that somebody drew: nodes of flows and components of teams, kept as JSON or YAML by tools without code. A node
// says its kind itself; what an agent of another trade would not say – a model, how it speaks – stands below it.
import { type Expr, field, textField } from '../../syntax/expr.ts'
import { HANDS, SPOKEN } from './agent-words.ts'

const DEPTH = 12
/** Under these a node keeps what it is told. */
const TOLD = ['data', 'config', 'parameters']
const OF_AGENT = [
  ...SPOKEN,
  ...HANDS,
  'role',
  'model',
  'llm',
  'provider',
  'model_client',
  'tooling',
  'agent_parameters',
  'agent_strategy_name',
]

export function* drawnAgents(expr: Expr, depth = 0): Generator<{ name: string; line: number }> {
  if (depth > DEPTH) return
  if (expr.kind === 'list') for (const item of expr.items) yield* drawnAgents(item, depth + 1)
  if (expr.kind !== 'map') return
  const name = nameOf(expr)
  if (name !== undefined) yield { name, line: expr.line }
  for (const [, value] of expr.entries) yield* drawnAgents(value, depth + 1)
}

function nameOf(node: Expr): string | undefined {
  const told = field(node, ...TOLD)
  if (textField(node, 'component_type') === 'agent') return textField(told, 'name') ?? textField(node, 'label')
  const kind = textField(node, 'type') ?? ''
  if (kind.endsWith('langchain.agent')) return textField(node, 'name')
  if (kind !== 'agent' && textField(told, 'type') !== 'agent') return undefined
  return field(told, ...OF_AGENT) ? (textField(told, 'title') ?? textField(node, 'name', 'label', 'id')) : undefined
}
