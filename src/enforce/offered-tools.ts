// Whether a request offers its model other tools than a client named. What gives a model tools and is not a function with a
// name, such as a provider's own search, is no tool that can be named here, and so is refused.
import type { Json, JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import type { Turn } from '../model/turn.ts'
import { listOf, objectOf } from './wire/claims.ts'

/** What brings tools beside the list of them, in any format: older lists, servers, stored prompts and contexts. */
const ELSEWHERE = [
  'functions',
  'web_search_options',
  'mcp_servers',
  'container',
  'plugins',
  'agent_id',
  'cachedContent',
  'cached_content',
] as const
const DECLARATIONS = ['functionDeclarations', 'function_declarations'] as const
const NAMED: ReadonlySet<unknown> = new Set([undefined, 'function', 'custom'])

export function refuseOtherTools(allowed: ReadonlySet<string> | undefined, turn: Turn, body: JsonObject): void {
  if (allowed === undefined) return
  for (const { name } of turn.tools) if (!allowed.has(name)) refuse(`the tool ${name}`)
  for (const field of ELSEWHERE) if (saysSomething(body[field])) refuse(field)
  // A text here is what older formats complete; an object names a prompt that is stored with its tools.
  if (objectOf(body['prompt']) !== undefined) refuse('prompt')
  const tools = body['tools'] ?? []
  if (!Array.isArray(tools)) refuse('tools')
  for (const [i, tool] of (tools as readonly Json[]).entries()) {
    const names = namesOf(objectOf(tool))
    if (names === undefined) refuse(`tools.${i}`)
    for (const name of names) if (!allowed.has(name)) refuse(`the tool ${name}`)
  }
}

/** How many tools a request offers, by whatever name its format has for them. */
export function countOffered(turn: Turn, { tools, functions }: JsonObject): number {
  return Math.max(turn.tools.length, listOf(tools).length) + listOf(functions).length
}

function refuse(what: string): never {
  throw new Failure('forbidden', `${what.slice(0, 100)} is not among the tools that x-parapet-tools allows`)
}

/** All that one entry declares; undefined where that is more than functions with names. */
function namesOf(tool: JsonObject | undefined): string[] | undefined {
  if (tool === undefined) return undefined
  const declared = DECLARATIONS.filter((key) => tool[key] !== undefined)
  if (declared.length > 0) {
    const lists = declared.map((key) => tool[key])
    const isAlone = declared.length === Object.keys(tool).length
    return isAlone && lists.every((list) => Array.isArray(list)) ? all(lists.flat().map(nameOf)) : undefined
  }
  if (!NAMED.has(tool['type'])) return undefined
  const places = [tool, objectOf(tool['function']), objectOf(tool['custom'])]
  const names = places.flatMap((place) => (place?.['name'] === undefined ? [] : [nameOf(place)]))
  return names.length === 0 ? undefined : all(names)
}

function nameOf(value: Json | undefined): string | undefined {
  const name = objectOf(value)?.['name']
  return typeof name === 'string' ? name : undefined
}

function all(names: readonly (string | undefined)[]): string[] | undefined {
  const known = names.filter((name) => name !== undefined)
  return known.length === names.length ? known : undefined
}

function saysSomething(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}
