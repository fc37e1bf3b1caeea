// Tools that are made of the operations of an interface: what makes them names a document, and the document says them.
import { type Call, children, type Expr, field, pathOf, textField, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { addTool, isName } from './tool-words.ts'
import type { Around } from '../visit.ts'

const MAKERS =
  /(?:^|\.)(?:from_openapi|OpenAPIToolset|OpenApiToolset|OpenAPIToolkit|OpenApiTool|add_plugin_from_openapi|ImportPluginFromOpenApi\w*|CreatePluginFromOpenApi\w*)$/
const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options'])
const DOCUMENT = /^[\w./ -]*\w\.(?:json|ya?ml)$/
const MOST_OPERATIONS = 500
const MOST_DEPTH = 8

export function ofInterface(call: Call, { unit, scope }: Around, evidence: Evidence) {
  if (!MAKERS.test(pathOf(call.callee))) return
  const followed = documentsIn([...call.args, ...call.named.map(([, value]) => value)], unit, scope, evidence, 0)
  // A file that is opened for a block has a name that nothing binds.
  const names = followed.length > 0 ? followed : documentsSaid(unit)
  const documents = new Set(
    names.flatMap((name) =>
      placesOf(unit.file, name)
        .flatMap((file) => evidence.project.unitOf(file) ?? [])
        .slice(0, 1),
    ),
  )
  for (const document of documents) operations(document, evidence)
}

/** The names of documents that an expression leads to, through the names in it. */
function documentsIn(
  parts: readonly Expr[],
  unit: Unit,
  scope: string,
  evidence: Evidence,
  depth: number,
): readonly string[] {
  if (depth > MOST_DEPTH) return []
  return parts.flatMap((part) => {
    if (part.kind === 'text') return DOCUMENT.test(part.value) ? [part.value] : []
    if (part.kind === 'name' || part.kind === 'member') {
      const bound = evidence.resolver.bindings(part, unit, scope)
      if (bound.length > 0)
        return bound.flatMap((one) => documentsIn([one.value], one.unit, one.scope, evidence, depth + 1))
    }
    return documentsIn(children(part), unit, scope, evidence, depth + 1)
  })
}

/** Where a document may lie that a program opens: beside it, or beside a folder around it. */
export function placesOf(file: string, document: string): string[] {
  const folders = file.split('/').slice(0, -1)
  const path = document.replace(/^(?:\.{0,2}\/)+/, '')
  return folders.map((_, at) => [...folders.slice(0, folders.length - at), path].join('/')).concat(path)
}

/** The names of documents that a program says, where it makes tools of an interface. */
export function documentsSaid(unit: Unit): string[] {
  const found: string[] = []
  let makes = false
  const look = (expr: Expr, depth: number) => {
    if (depth > 40) return
    if (expr.kind === 'text' && DOCUMENT.test(expr.value)) found.push(expr.value)
    makes ||= expr.kind === 'call' && MAKERS.test(pathOf(expr.callee))
    for (const inner of children(expr)) look(inner, depth + 1)
  }
  for (const one of unit.statements) if (one.kind === 'assign' || one.kind === 'do') look(one.value, 0)
  return makes ? found : []
}

function operations(unit: Unit, evidence: Evidence) {
  const [document] = unit.documents
  const paths = field(document, 'openapi', 'swagger') && field(document, 'paths')
  let left = MOST_OPERATIONS
  for (const [path, item] of paths?.kind === 'map' ? paths.entries : [])
    for (const [method, operation] of item.kind === 'map' ? item.entries : []) {
      if (path.kind !== 'text' || method.kind !== 'text' || !METHODS.has(method.value) || left-- <= 0) continue
      const said = textField(operation, 'operationId') ?? `${method.value}${path.value}`
      const name = said.replaceAll(/\W+/g, '_').replaceAll(/^_+|_+$/g, '')
      const about = textField(operation, 'summary', 'description') ?? ''
      if (isName(name)) addTool(name, about, unit, { line: method.line, end: method.line }, evidence, 0.85)
    }
}
