// The lines in which names hold what a model wrote into the call of a tool: the parameters of functions that are tools,
// however these were declared. What the program itself hands in, a context or a connection, is not the model's.
import type { Evidence } from '../find/evidence.ts'
import { children, type Expr, lastName, type Parameter, type Unit } from '../syntax/expr.ts'
import type { Given } from './flow.ts'

const OWN =
  /^_|^(?:self|cls|this|ctx|context|config|runtime|state|store|deps|session|db|conn|connection|client|logger|callbacks?|run_?manager|\w*[cC]ontext|extra|request_?context|exchange|progress|cancellation\w*|signal|options)$/
/** Nothing but one of a few values can come in by these. */
const FEW =
  /^:?\s*(?:Optional\[)?(?:int|float|bool|number|boolean|Literal\b.*|Enum|[iu](?:8|16|32|64|size)|Integer|Long|Double|Boolean|double|long|short|uint|Int|Date\w*|datetime|Path|Context.*|RunContext.*|ToolContext.*)(?:\])?(?:\s*\|\s*(?:None|null|undefined))?$/
const RUNS =
  /^(?:_?a?run|_?a?call|execute|invoke|forward|handler?|func|fn|callback|implementation|callable|coroutine|Invoke|Call)$/

const namesOf = (params: readonly Parameter[]): string[] =>
  params.filter(({ name, type }) => !OWN.test(name) && (type === undefined || !FEW.test(type))).map(({ name }) => name)

const placesOf = new WeakMap<Evidence, ReadonlyMap<string, ReadonlySet<number>>>()

/** The lines at which tools were found, by file. */
function places(evidence: Evidence): ReadonlyMap<string, ReadonlySet<number>> {
  const known = placesOf.get(evidence)
  if (known) return known
  const found = new Map<string, Set<number>>()
  for (const { file, line } of evidence.collector.said('tools'))
    found.set(file, (found.get(file) ?? new Set()).add(line))
  placesOf.set(evidence, found)
  return found
}

export function toolParameters(unit: Unit, evidence: Evidence): Given[] {
  const lines = places(evidence).get(unit.file)
  if (!lines) return []
  const found: Given[] = []
  const named = new Set<string>()
  for (const one of unit.statements) {
    if (one.kind === 'do' || one.kind === 'assign') handlersIn(one.value, lines, named, found, false, 0)
    else if (one.kind === 'class' && lines.has(one.line)) {
      for (const method of unit.statements)
        if (method.kind === 'function' && method.scope.split('.').at(-1) === one.name && RUNS.test(method.name))
          if (method.line >= one.line && method.line <= one.end)
            found.push({ from: method.line, to: method.end, names: namesOf(method.params) })
    }
  }
  for (const one of unit.statements)
    if (one.kind === 'function' && (lines.has(one.line) || named.has(one.name)))
      found.push({ from: one.line, to: one.end, names: namesOf(one.params) })
  return found
}

/** `server.tool("run", schema, async ({ command }) => …)`, `Tool(name="run", func=run)`. */
function handlersIn(
  expr: Expr,
  lines: ReadonlySet<number>,
  named: Set<string>,
  found: Given[],
  within: boolean,
  depth: number,
) {
  if (depth > 20) return
  const tool = within || ((expr.kind === 'call' || expr.kind === 'map') && lines.has(expr.line))
  if (tool && expr.kind === 'function') {
    const names = (expr.params ?? []).filter((name) => !OWN.test(name))
    if (names.length > 0) found.push({ from: expr.line, to: expr.end, names })
    return
  }
  if (tool && expr.kind === 'call') {
    const handed = [...expr.args, ...expr.named.flatMap(([name, value]) => (RUNS.test(name) ? [value] : []))]
    for (const one of handed) if (one.kind === 'name' || one.kind === 'member') named.add(lastName(one))
  }
  for (const child of children(expr)) handlersIn(child, lines, named, found, tool, depth + 1)
}
