// Tools that are data: a name, what it is for, and what it takes, in the shape that a provider, a protocol or the project
// itself gave it. In code each of these words is common, so enough of them must stand together.
import { NotJson, readJson } from '../../read/json.ts'
import { children, endOf, type Expr, field, lastName, pathOf, textField } from '../../syntax/expr.ts'
import { isSchemaChoice } from '../models/catalogues.ts'
import { asksAnywhere } from '../agents/parts.ts'
import type { Evidence } from '../evidence.ts'
import { namedByClassAround } from './tool-classes.ts'
import { addTool, isName, SCHEMA } from './tool-words.ts'
import { textsMeant } from '../meanings.ts'
import type { Around } from '../visit.ts'

/** What else is told in the same words, to a server or to a library of flows. */
const OTHER_THAN_TOOLS =
  /^(?:(?:register|add|define|create)_?)?(?:prompt|resource|template|resource_?template|flow|step|workflow)$/i

const MAKES_TOOLS = /^(?:create|define|make|build)\w*Tool(?:NoArgs|Without\w+|With\w+)?$/

const TOOL_LIST =
  /^(?:\w*_)?tools?(?:_?(?:list|definitions?|schemas?|specs?))?$|^\w+Tools?(?:List|Definitions?|Schemas?|Specs?)?$/i

const TYPED = /(?:Tool|Action|Function)(?:Definition|Declaration|Spec|Info|Schema)$/
const TAKEN = ['Properties', 'properties', 'Parameters', 'parameters', 'Params', 'params', ...SCHEMA]

/** `{ id: 'find', description, inputSchema, execute }`, as it stands: what is handed to a function may be a step of a flow. */
const idOfRun = (expr: Expr, parent: Expr | undefined): Expr | undefined =>
  expr.kind === 'map' && parent?.kind !== 'call' && field(expr, 'execute') && field(expr, 'inputSchema')
    ? field(expr, 'id')
    : undefined

/** Of Ruby, `type: :object`. */
const isObjectSchema = (expr: Expr): boolean => {
  const type = field(expr, 'type', 'Type')
  // `Type.OBJECT`, `genai.TypeObject`
  const said = type?.kind === 'text' ? type.value : lastName(type)
  return /^:?(?:type_?)?object$/i.test(said) && field(expr, 'properties', 'Properties') !== undefined
}

/** `"[{\"type\":\"function\",\"function\":{…}}]"`: a text of JSON, as it goes over the wire. */
export function toldInText(expr: Expr, { unit, scope, parents }: Around, evidence: Evidence) {
  if ((expr.kind !== 'text' && expr.kind !== 'join') || parents[0]?.kind === 'join') return
  const text = expr.kind === 'text' ? expr.value : evidence.resolver.first(expr, unit, scope)
  if (text === undefined || !/^\s*[[{]/.test(text) || !/"(?:parameters|input_?schema)"\s*:/i.test(text)) return
  const document = readQuietly(text)
  if (!document || !asksAnywhere(evidence)) return
  const take = (held: Expr, depth: number) => {
    const schema = field(held, 'parameters', 'input_schema', 'inputSchema')
    const [name, description] = ['name', 'description'].map((key) => textField(held, key))
    if (isName(name) && description !== undefined && schema && textField(schema, 'type') === 'object')
      addTool(name, description, unit, { line: expr.line, end: endOf(expr) }, evidence)
    else if (depth < DEEPEST) for (const inner of children(held)) take(inner, depth + 1)
  }
  take(document, 0)
}

const DEEPEST = 6

function readQuietly(text: string): Expr | undefined {
  try {
    return readJson(text)
  } catch (error) {
    if (error instanceof NotJson) return undefined
    throw error
  }
}

/** `Tool.new("find", "Finds.", { type: "object", … })`: the same three, one after the other, told to what is called a tool. */
export function toldInOrder(expr: Expr, { unit, scope, asked }: Around, evidence: Evidence) {
  if (expr.kind !== 'call' || expr.args.length < 3 || asked || !/tool/i.test(pathOf(expr.callee))) return
  const [first, second, third] = expr.args
  if (OTHER_THAN_TOOLS.test(lastName(expr.callee)) || !evidence.speaksAi()) return
  const schema = third && evidence.resolver.meaning(third, unit, scope).expr
  if (schema?.kind !== 'map' || textField(schema, 'type') !== 'object') return
  const name = evidence.resolver.first(first, unit, scope)
  const description = evidence.resolver.first(second, unit, scope)
  if (isName(name) && description !== undefined) addTool(name, description, unit, expr, evidence)
}

/** Data that describes a tool: a name beside a schema of what it takes. */
export function described(expr: Expr, around: Around, evidence: Evidence, related: boolean) {
  if (expr.kind !== 'map' && expr.kind !== 'call') return
  const { unit, scope, parents, keys } = around
  const code = unit.format === 'code' || unit.format === 'notebook'
  const nameOf = field(expr, 'name', 'Name') ?? (code ? idOfRun(expr, parents[0]) : undefined)
  if (!nameOf) return
  // In code the last two are common words, so a description must stand beside them.
  const certain = field(expr, ...SCHEMA.slice(0, 6))
  const loose = code && field(expr, 'description', 'Description') ? field(expr, ...SCHEMA) : undefined
  // A list of inputs is what a step of a pipeline has.
  const schema = certain ?? (loose?.kind === 'list' ? undefined : loose)
  const parameters = field(expr, 'parameters', 'Parameters')
  const description = field(expr, 'description', 'Description')
  // Bedrock's word for the description of a tool, which is said in no other trade.
  const specified = keys.at(-1) === 'toolSpec' && certain !== undefined
  const inFunction = keys.at(-1) === 'function' || textField(parents[0], 'type') === 'function'
  const listed = keys.some((key) => /tools?|functions?(?:_?declarations)?$/i.test(key))
  const ofAgent =
    unit.format === 'yaml' &&
    keys.at(-1) === 'tools' &&
    keys.some((key) => /^agents?$/.test(key)) &&
    field(expr, 'service', 'agent', 'method', 'type') !== undefined
  // Nor is a list called tools, in a file of tools, whose members say what they take.
  const listing = parents[0]?.kind === 'list' && TOOL_LIST.test(keys.at(-1) ?? '') && /tool|function/i.test(unit.file)
  // A function of the project that makes tools is told all that one needs.
  const made = parents[0]?.kind === 'call' && description !== undefined && MAKES_TOOLS.test(lastName(parents[0].callee))
  // OpenAI's form without the map around.
  const flat = textField(expr, 'type') === 'function' && parameters?.kind === 'map' && field(parameters, 'type')
  // What a model must know of a function, by whomever it is handed over: the schema says itself that it is one.
  const taught = code && parameters?.kind === 'map' && isObjectSchema(parameters)
  // A type of the project's own that is called so and says all that a model must be told.
  const typed =
    expr.kind === 'call' &&
    TYPED.test(lastName(expr.callee)) &&
    description &&
    field(expr, ...TAKEN) &&
    asksAnywhere(evidence)
  // `{"type": "function", "function": {…}}` is said in no other trade.
  const wrapped = inFunction && textField(parents[0], 'type') === 'function' && keys.at(-1) === 'function'
  // A function that takes nothing: no schema need be said, where the form around it is said in no other trade.
  const holder = keys.at(-1) ?? ''
  const wordless =
    description !== undefined &&
    (wrapped ||
      /^function_?declarations$/i.test(holder) ||
      (textField(expr, 'type') === 'function' && parents[0]?.kind === 'list' && TOOL_LIST.test(holder)))
  const enough =
    ofAgent || made || flat || typed || taught || wordless
      ? description !== undefined
      : schema
        ? description !== undefined || listed || related
        : parameters && (description || (code && listing)) && (inFunction || listed)
  if (
    textField(expr, 'type') === 'json_schema' ||
    // Who takes something as a tool does may be an agent.
    (expr.kind === 'call' && /(?:^|[a-z])Agent$/.test(lastName(expr.callee))) ||
    isSchemaChoice(unit, keys) ||
    (parents[0]?.kind === 'call' && OTHER_THAN_TOOLS.test(lastName(parents[0].callee))) ||
    keys.some((key) => /^examples?$/.test(key)) ||
    // A protocol lists what else it has in the same words.
    /^(?:prompts|resources|resource_?templates)$/i.test(keys.at(-1) ?? '')
  )
    return
  // `tools: [{ name, description, inputSchema }]`: the words of the protocol, by whomever a server is written.
  const answered =
    code && description !== undefined && keys.at(-1) === 'tools' && field(expr, 'inputSchema', 'InputSchema')
  const plain =
    specified ||
    answered ||
    wordless ||
    made ||
    flat ||
    typed ||
    taught ||
    ((wrapped || listing) && parameters !== undefined) ||
    // A name, a description and the schema of an input, in a program that has anything to do with models.
    (code && certain !== undefined && description !== undefined && evidence.speaksAi())
  if (!enough || (unit.format !== 'code' && unit.format !== 'notebook' && !description) || (!related && !plain)) return
  if (
    expr.kind === 'map' &&
    field(expr, 'type')?.kind === 'text' &&
    /^(?:object|string|array)$/.test(textField(expr, 'type') ?? '')
  )
    return
  const said = evidence.resolver.first(nameOf, unit, scope) ?? namedByClassAround(nameOf, unit, scope, evidence)
  // A function that makes definitions of what it is told: those who call it say the names.
  const names = said === undefined && code ? textsMeant(nameOf, unit, scope, evidence).slice(0, MOST_NAMES) : [said]
  const told = evidence.resolver.first(description, unit, scope) ?? ''
  for (const name of names)
    // What people read in a row of a database is no name that a model could call.
    if (isName(name) && !(unit.language === 'sql' && /\s/.test(name)))
      addTool(name, told, unit, { line: expr.line, end: endOf(expr) }, evidence)
}

const MOST_NAMES = 200
