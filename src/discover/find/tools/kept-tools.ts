// Tools that are called like what keeps them.
import { type Expr, field, lastName, textField, type Unit } from '../../syntax/expr.ts'
import { asksAnywhere } from '../agents/parts.ts'
import type { Evidence } from '../evidence.ts'
import { addTool, isName } from './tool-words.ts'

/** `export const getWeather = tool({…})`: the name is where it is kept. */
export function assigned({ target, value, type, scope }: Assigned, unit: Unit, evidence: Evidence) {
  if (value.kind === 'map' && TOOL_TYPE.test(type ?? '')) {
    const name = evidence.resolver.first(field(value, 'name'), unit, scope)
    const description = textField(value, 'description')
    if (isName(name) && description !== undefined) addTool(name, description, unit, value, evidence)
    return
  }
  if (
    value.kind !== 'call' ||
    // `made = server.tool(name="ask")(ask)`: the decorator, called by hand.
    value.callee.kind === 'call' ||
    !/^(?:tool|dynamicTool|createTool|StructuredTool|FunctionTool|function_tool)$/.test(lastName(value.callee)) ||
    // `for tool in tools: result = tool(**given)`: what is called is one of them.
    (value.callee.kind === 'name' && !isKnown(value.callee.name, unit, evidence))
  )
    return
  const options = value.args.find((argument) => argument.kind === 'map')
  const said = field(value, 'name') ?? field(options, 'name', 'id')
  if (said && evidence.resolver.first(said, unit, scope) !== undefined) return
  const first = field(value, 'func', 'fn', 'function') ?? value.args[0]
  // `made = tool("find", {…})`: it says its name itself.
  if (first?.kind === 'text' && options) return
  // `made = server.tool(wrap(fn))`: what a method of a server makes is called like the function.
  if (unit.language === 'python' && value.callee.kind === 'member' && first && first.kind !== 'name') return
  // `FunctionTool(desk.close, …)`: a method is called like itself.
  const of =
    first?.kind === 'name'
      ? evidence.project.index(unit).functions.get(first.name)?.name
      : unit.language === 'python' && first?.kind === 'member'
        ? first.name
        : undefined
  const renamed = evidence.project.index(unit).bindings.get(`${scope === '' ? '' : `${scope}.`}${target}.name`)?.[0]
  const name = evidence.resolver.first(renamed?.value, unit, scope) ?? of ?? target.slice(target.lastIndexOf('.') + 1)
  if (isName(name)) addTool(name, textField(options, 'description') ?? '', unit, value, evidence)
}

/** `tool_registry = {"find": find}`: functions under the names by which a model asks for them. */
export function registered({ target, value }: Assigned, unit: Unit, evidence: Evidence) {
  if (value.kind !== 'map' || value.entries.length === 0 || !REGISTRY.test(target) || !asksAnywhere(evidence)) return
  const { functions, imports } = evidence.project.index(unit)
  const isFunction = (one: Expr) => one.kind === 'name' && (functions.has(one.name) || imports.has(one.name))
  if (!value.entries.every(([key, one]) => key.kind === 'text' && isName(key.value) && isFunction(one))) return
  for (const [key, one] of value.entries)
    if (key.kind === 'text' && one.kind === 'name') {
      const doc = functions.get(one.name)?.doc ?? ''
      addTool(key.value, doc, unit, { line: key.line, end: key.line }, evidence, 0.75)
    }
}

const REGISTRY =
  /^(?:[a-z]+_)?(?:tools?|functions?|actions)(?:_?(?:registry|map|mapping|table|functions|handlers|by_name|dict))?$|^(?:[a-z]+)?(?:Tools?|Functions?)(?:Registry|Map|Table|ByName)?$|^(?:AVAILABLE_|KNOWN_)?(?:TOOLS|FUNCTIONS|ACTIONS)(?:_(?:REGISTRY|MAP|FUNCTIONS))?$/

const isKnown = (name: string, unit: Unit, evidence: Evidence): boolean => {
  const { imports, functions } = evidence.project.index(unit)
  return imports.has(name) || imports.has('*') || functions.has(name)
}

type Assigned = Extract<Unit['statements'][number], { kind: 'assign' }>

/** `const metadata: ToolMetadata = { name, description }` */
const TOOL_TYPE =
  /^\W*(?:\w+\.)*\w*(?:Tool(?:Metadata|Definition|Def|Spec|Config|Info|Schema|Declaration)?|Function(?:Declaration|Definition))\s*$/
