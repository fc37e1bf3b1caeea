// Imports of all languages: the module as it is written, and the names that come from it.
import type { Statement } from './expr.ts'
import type { Lowering } from './lowering.ts'
import { kid, type Node, ofType } from './tree.ts'

type Import = Extract<Statement, { kind: 'import' }>

export function readImport(node: Node, lower: Lowering): Import[] {
  const line = lower.line(node)
  const one = (module: string, names: Import['names']): Import => ({ kind: 'import', module, names, line })
  switch (node.type) {
    case 'import_from_statement': {
      const from = kid(node, 'module_name')
      const names = node.kids
        .filter((part) => part !== from && part.field === 'name')
        .map((part) => aliased(part, lower))
      return from ? [one(lower.text(from), names)] : []
    }
    // `export { ask } from "./ask.js"`: what is passed on is imported first.
    case 'export_statement':
      return [javascript(node, lower)]
    case 'import_statement':
      return kid(node, 'source') ? [javascript(node, lower)] : python(node, lower, one)
    case 'use_declaration':
      return rust(kid(node, 'argument') ?? node, '', lower).map(({ module, name, as }) => one(module, [{ name, as }]))
    case 'namespace_use_declaration':
      return node.kids.flatMap((clause) => {
        const path = lower
          .text(clause.kids[0] ?? clause)
          .replaceAll('\\', '.')
          .replace(/^\./, '')
        return [
          one(path, [
            {
              name: last(path),
              as:
                lower
                  .text(kid(clause, 'alias') ?? clause.kids.at(-1) ?? clause)
                  .split('\\')
                  .at(-1) ?? '',
            },
          ]),
        ]
      })
    case 'import_declaration': {
      const specs = goSpecs(node)
      if (specs.length > 0) return specs.map((spec) => go(spec, lower, one))
      return [dotted(node, lower, one)]
    }
    default:
      return [dotted(node, lower, one)]
  }
}

type Make = (module: string, names: Import['names']) => Import

const last = (path: string) => path.slice(path.lastIndexOf('.') + 1)

function aliased(node: Node, lower: Lowering): { name: string; as: string } {
  const name = lower.text(kid(node, 'name') ?? node)
  return { name, as: lower.text(kid(node, 'alias') ?? kid(node, 'name') ?? node) }
}

function python(node: Node, lower: Lowering, one: Make): Import[] {
  return node.kids
    .filter(({ field }) => field === 'name')
    .map((part) => {
      const { name, as } = aliased(part, lower)
      return one(name, [{ name: '', as: as === name ? (name.split('.')[0] ?? name) : as }])
    })
}

/** `npm:@acme/desk@1.2/page.js` of Deno: the package that others import by its name alone. */
const withoutRegistry = (module: string): string =>
  module.replace(/^(?:npm|jsr):\/?((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?/, '$1')

function javascript(node: Node, lower: Lowering): Import {
  const source = kid(node, 'source')
  const module = source ? withoutRegistry(lower.text(source).slice(1, -1)) : ''
  const names: Import['names'] = []
  const clause = ofType(node, /import_clause/)
  const passed = ofType(node, /export_clause/)
  if (passed) names.push(...passed.kids.map((specifier) => aliased(specifier, lower)))
  else if (node.type === 'export_statement') names.push({ name: '*', as: '*' })
  for (const part of clause?.kids ?? []) {
    if (part.type === 'identifier') names.push({ name: 'default', as: lower.text(part) })
    else if (part.type === 'namespace_import') names.push({ name: '', as: lower.text(part.kids[0] ?? part) })
    else names.push(...part.kids.map((specifier) => aliased(specifier, lower)))
  }
  return { kind: 'import', module, names, line: lower.line(node) }
}

const goSpecs = (node: Node): Node[] =>
  node.kids.flatMap((part) =>
    part.type === 'import_spec' ? [part] : part.type === 'import_spec_list' ? goSpecs(part) : [],
  )

function go(spec: Node, lower: Lowering, one: Make): Import {
  const path = lower.text(kid(spec, 'path') ?? spec).replaceAll(/["`]/g, '')
  const named = kid(spec, 'name')
  const guess =
    path
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1) ?? path
  return one(path, [{ name: '', as: named ? lower.text(named) : guess.replace(/^go-|-golang$|(?:-sdk)?-go$/g, '') }])
}

/** Java, Kotlin, C#: the last word is the type, or everything below is meant. */
function dotted(node: Node, lower: Lowering, one: Make): Import {
  const written = lower
    .text(node)
    .replaceAll(/^\s*(?:global\s+)?(?:import|using)\s+(?:static\s+)?|[;\s]+$/g, '')
    .split(/\s+as\s+|\s*=\s*/)
  const path = written.at(written.length > 1 && lower.text(node).includes('=') ? 1 : 0) ?? ''
  const star = path.endsWith('.*')
  const module = star ? path.slice(0, -2) : path
  const name = star || node.type === 'using_directive' ? '*' : last(module)
  return one(module, [{ name, as: written.length > 1 ? (written[1] ?? name) : name }])
}

function rust(node: Node, prefix: string, lower: Lowering): { module: string; name: string; as: string }[] {
  const under = (path: string) => (prefix ? `${prefix}.${path}` : path)
  const written = (part: Node | undefined) => (part ? lower.text(part).replaceAll('::', '.') : '')
  if (node.type === 'scoped_use_list') {
    const path = under(written(kid(node, 'path')))
    return (kid(node, 'list')?.kids ?? []).flatMap((part) => rust(part, path, lower))
  }
  if (node.type === 'use_list') return node.kids.flatMap((part) => rust(part, prefix, lower))
  if (node.type === 'use_as_clause') {
    const path = under(written(kid(node, 'path')))
    return [{ module: path, name: last(path), as: written(kid(node, 'alias')) }]
  }
  const path = under(written(node).replace(/\.\*$/, ''))
  return [{ module: path, name: last(path), as: last(path) }]
}
