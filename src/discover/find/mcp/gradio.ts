// An app of Gradio may be an MCP server too: the functions behind its forms and buttons are its tools then, but for those
// that are kept out of its API.
import { type Expr, field, lastName, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { handed } from '../tools/handed-tools.ts'
import type { Unnamed } from './mcp-unnamed.ts'
import { addTool, isName } from '../tools/tool-words.ts'
import { visitUnit } from '../visit.ts'

const FORMS = /^(?:Interface|ChatInterface|api)$/
const EVENTS = /^(?:click|submit|change|input|select|upload|load|release|blur|tick|then|success)$/
const is = (expr: Expr | undefined, value: boolean): boolean => expr?.kind === 'constant' && expr.value === value
const CALLS: ReadonlySet<Expr['kind']> = new Set(['call'])

export function gradioServers(unit: Unit, evidence: Evidence, unnamed: Unnamed[]) {
  if (unit.language !== 'python' || !evidence.packages(unit).some(({ pack }) => pack.name === 'gradio')) return
  let served = false
  visitUnit(
    unit,
    (expr) => {
      if (expr.kind !== 'call' || lastName(expr.callee) !== 'launch' || !is(field(expr, 'mcp_server'), true)) return
      if (!served) unnamed.push({ unit, line: expr.line })
      served = true
    },
    CALLS,
  )
  if (!served) return
  visitUnit(
    unit,
    (expr, { scope }) => {
      if (expr.kind !== 'call') return
      const callee = lastName(expr.callee)
      if (!FORMS.test(callee) && !(EVENTS.test(callee) && expr.callee.kind === 'member')) return
      const api = field(expr, 'api_name')
      const visibility = evidence.resolver.first(field(expr, 'api_visibility'), unit, scope)
      if (is(api, false) || is(field(expr, 'show_api'), false) || visibility === 'private') return
      const said = evidence.resolver.first(api, unit, scope)?.replace(/^\//, '')
      const given = field(expr, 'fn') ?? expr.args[0]
      if (given?.kind !== 'name' && given?.kind !== 'member') return
      if (said !== undefined && isName(said)) addTool(said, '', unit, expr, evidence, 0.85)
      else handed(given, unit, scope, evidence, 0)
    },
    CALLS,
  )
}
