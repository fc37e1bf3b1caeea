// Tools that a provider runs by itself: searching the web, running code, other servers. Whatever is offered and is no function
// of the client's own counts, known or not, so that a tool of tomorrow is not granted today.
import type { JsonObject } from '../lib/canonical-json.ts'
import { objectOf } from './wire/claims.ts'

const MEMBERS = ['web_search_options', 'search_parameters', 'mcp_servers', 'plugins', 'container', 'agent_id'] as const
const OWN: ReadonlySet<unknown> = new Set([undefined, 'function', 'custom'])
const DECLARATIONS = new Set(['functionDeclarations', 'function_declarations'])

export function hostedTools(body: JsonObject): boolean {
  if (MEMBERS.some((name) => (body[name] ?? undefined) !== undefined)) return true
  const { tools } = body
  if (tools === undefined || tools === null) return false
  if (!Array.isArray(tools)) return true
  return tools.some((one) => {
    const tool = objectOf(one)
    if (tool === undefined || !OWN.has(tool['type'])) return true
    const names = Object.keys(tool)
    if (names.some((name) => DECLARATIONS.has(name))) return names.some((name) => !DECLARATIONS.has(name))
    // Gemini's own tools have no type, and no name either: what they are is the one member they have.
    return tool['name'] === undefined && tool['function'] === undefined && tool['custom'] === undefined
  })
}
