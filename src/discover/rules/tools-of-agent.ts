// Which tools one agent has. Where it is made says so; where it does not, the tools of its file are its own, as long as no
// other agent is made there.
import type { DiscoveredItem } from '../../model/discovered.ts'
import type { Evidence } from '../find/evidence.ts'
import { addedTo, meanings } from '../find/meanings.ts'
import { FIELDED, metIn } from '../find/visit.ts'
import { type Expr, field, lastName, textField, type Unit } from '../syntax/expr.ts'

interface Place {
  file: string
  line: number
}

export interface AgentTools {
  place: Place
  tools: readonly DiscoveredItem[]
}

const MOST_DEPTH = 5
const plain = (name: string) =>
  name
    .replaceAll(/[^a-z0-9]/gi, '')
    .toLowerCase()
    .replace(/(?<=.)tool$/, '')

/** An agent of the same name may be made in many places, each with tools of its own. */
export function* toolsOfAgents(evidence: Evidence): Generator<[DiscoveredItem, AgentTools]> {
  const { collector, project } = evidence
  const tools = collector.of('tools')
  const named = new Map(tools.map((tool) => [plain(tool.name), tool]))
  const agents = collector.of('agents')
  const made = new Map<string, number>()
  for (const { evidence: places } of agents) for (const { file } of places) made.set(file, (made.get(file) ?? 0) + 1)
  for (const agent of agents) {
    for (const place of agent.evidence) {
      const unit = project.unitOf(place.file)
      const said = unit && saidAt(unit, place.line)
      const names = unit && said ? namesIn(said.expr, unit, said.scope, evidence, 0) : []
      const own = [...new Set(names.flatMap((name) => named.get(plain(name)) ?? []))]
      const beside = tools.filter((tool) => tool.evidence.some(({ file }) => file === place.file))
      yield [agent, { place, tools: said ? own : made.get(place.file) === 1 ? beside : [] }]
    }
  }
}

/** The `tools` of the call that makes an agent, which may be its second argument. */
function saidAt(unit: Unit, line: number): { expr: Expr; scope: string } | undefined {
  for (const { expr, scope } of metIn(unit, FIELDED)) {
    if (expr.line !== line || (expr.kind !== 'call' && expr.kind !== 'map')) continue
    const options = expr.kind === 'call' ? expr.args.find(({ kind }) => kind === 'map') : undefined
    const second = expr.kind === 'call' && /agent/i.test(lastName(expr.callee)) ? expr.args[1] : undefined
    const said =
      field(expr, 'tools', 'Tools') ??
      field(options, 'tools') ??
      (second?.kind === 'list' || second?.kind === 'name' ? second : undefined)
    if (said) return { expr: said, scope }
  }
  return undefined
}

function namesIn(expr: Expr, unit: Unit, scope: string, evidence: Evidence, depth: number): string[] {
  if (depth > MOST_DEPTH) return []
  const within = (one: Expr) => namesIn(one, unit, scope, evidence, depth + 1)
  if (expr.kind === 'list') return expr.items.flatMap(within)
  if (expr.kind === 'text') return [expr.value]
  if (expr.kind === 'map')
    return expr.entries.flatMap(([key, value]) =>
      key.kind === 'text' && key.value !== '' ? [key.value] : within(value),
    )
  if (expr.kind === 'call') {
    const options = expr.args.find(({ kind }) => kind === 'map')
    const said = textField(expr, 'name') ?? textField(options, 'name', 'id')
    return [...(said === undefined ? [] : [said]), lastName(expr.callee), ...expr.args.flatMap(within)]
  }
  if (expr.kind === 'join' || expr.kind === 'either' || expr.kind === 'other')
    return (expr.kind === 'either' ? expr.options : expr.parts).flatMap(within)
  if (expr.kind !== 'name' && expr.kind !== 'member') return []
  const meant = meanings(expr, unit, scope, evidence).filter((one) => one.expr !== expr)
  return [
    lastName(expr),
    ...meant.flatMap((one) => namesIn(one.expr, one.unit, one.scope, evidence, depth + 1)),
    ...(expr.kind === 'name' ? addedTo(expr.name, unit, scope).flatMap(within) : []),
  ]
}
