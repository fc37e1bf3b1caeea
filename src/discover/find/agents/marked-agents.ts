// Agents that a decorator makes of a function. A function may carry several of them, and each is an agent.
import { type Expr, field, pathOf, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'

/** Decorators that make an agent of a function. */
const MARKS = /^agent(?:\(\))?$|\.agent(?:\(\))?$/

/** Of fast-agent, an agent that is made of others is declared as one is. */
const COMPOSED =
  /\.(?:orchestrator|chain|router|parallel|evaluator_optimizer|iterative_planner|maker|custom|smart)\(\)$/

export function isMark(decorator: Expr, unit: Unit, evidence: Evidence): boolean {
  const path = pathOf(decorator)
  return (
    (COMPOSED.test(path) && isFastAgent(unit, evidence)) || MARKS.test(path) || isEntrypoint(decorator, unit, evidence)
  )
}

/** `@fast.agent("finder", …)`, `@fast.agent(name="finder")`: a function may carry several of them. */
export function namedByMark(mark: Expr, unit: Unit, scope: string, evidence: Evidence): string | undefined {
  const first = mark.kind === 'call' ? mark.args[0] : undefined
  const name = evidence.resolver.first(field(mark, 'name') ?? first, unit, scope)
  if (name !== undefined && name.length <= 60) return name
  return mark.kind === 'call' && isFastAgent(unit, evidence) ? 'default' : undefined
}

const isFastAgent = (unit: Unit, evidence: Evidence): boolean =>
  evidence.packages(unit).some(({ pack }) => pack.frameworks.includes('fast-agent'))

/** The functional interface of LangGraph: a function is the whole graph. */
const isEntrypoint = (decorator: Expr, unit: Unit, evidence: Evidence): boolean =>
  /^entrypoint(?:\(\))?$/.test(pathOf(decorator)) &&
  evidence.packageOf(unit, 'entrypoint')?.frameworks.includes('langgraph') === true
