// Terraform: a block is a call by its type and labels, its attributes are keyword arguments, blocks inside it are
// calls among its arguments. So a resource reads like the constructor that it is.
import { Lines } from '../../lib/lines.ts'
import { parserFor } from '../syntax/grammars.ts'
import type { Expr, Statement } from '../syntax/expr.ts'
import { Lower } from '../syntax/lower.ts'
import { type Parsed, parseTree } from '../syntax/parse.ts'
import { fetchTree, kid, type Node, ofType } from '../syntax/tree.ts'

export async function readHcl(source: string, until: number): Promise<Parsed> {
  const { tree, language } = parseTree(await parserFor('hcl'), source, until)
  try {
    const { root, cut } = fetchTree(tree, language)
    const lower = new Lower(source, new Lines(source))
    const body = root.kids.find(({ type }) => type === 'body') ?? root
    const statements = body.kids.flatMap((part) => statement(part, lower))
    return { statements, cut: cut ? 'too_deep' : undefined }
  } finally {
    tree.delete()
  }
}

function statement(node: Node, lower: Lower): Statement[] {
  const line = lower.line(node)
  if (node.type === 'attribute') {
    const [name, value] = node.kids
    return [{ kind: 'assign', target: lower.text(name ?? node), value: expression(value, lower), scope: '', line }]
  }
  if (node.type !== 'block') return []
  const value = block(node, lower)
  const labels = value.kind === 'call' ? value.args.filter((one) => one.kind === 'text') : []
  const word = lower.text(node.kids[0] ?? node)
  if (word === 'locals' && value.kind === 'call') {
    return value.named.map(([name, held]) => ({
      kind: 'assign',
      target: `local.${name}`,
      value: held,
      scope: '',
      line: held.line,
    }))
  }
  const prefix = word === 'variable' ? 'var' : word === 'resource' ? '' : word
  const target = [prefix, ...labels.map(({ value: label }) => label)].filter((part) => part !== '').join('.')
  return [{ kind: 'assign', target, value, scope: '', line }]
}

function block(node: Node, lower: Lower): Expr {
  const [first] = node.kids
  const args: Expr[] = []
  const named: [string, Expr][] = []
  for (const part of node.kids.slice(1)) {
    if (part.type === 'string_lit' || part.type === 'identifier')
      args.push({ ...lower.expr(part), line: lower.line(part) })
  }
  for (const part of ofType(node, /^body$/)?.kids ?? []) {
    const [name, value] = part.kids
    if (part.type === 'attribute' && name) named.push([lower.text(name), expression(value, lower)])
    else if (part.type === 'block') args.push(block(part, lower))
  }
  const line = lower.line(node)
  const callee: Expr = { kind: 'name', name: lower.text(first ?? node), line }
  return { kind: 'call', callee, args, named, line, end: lower.endLine(node) }
}

function expression(node: Node | undefined, lower: Lower): Expr {
  if (!node) return { kind: 'constant', value: null, line: 0 }
  const line = lower.line(node)
  if (node.type === 'object') {
    const entries = node.kids
      .filter(({ type }) => type === 'object_elem')
      .map((part): [Expr, Expr] => {
        const key = expression(kid(part, 'key'), lower)
        const name: Expr = key.kind === 'name' ? { kind: 'text', value: key.name, line: key.line } : key
        return [name, expression(kid(part, 'val'), lower)]
      })
    return { kind: 'map', entries, line, end: lower.endLine(node) }
  }
  if (node.type === 'tuple') {
    return {
      kind: 'list',
      items: node.kids.filter(({ type }) => type === 'expression').map((one) => expression(one, lower)),
      line,
    }
  }
  if (node.type === 'function_call') {
    const args = ofType(node, /function_arguments/)?.kids.map((one) => expression(one, lower)) ?? []
    return { kind: 'call', callee: lower.expr(node.kids[0]), args, named: [], line, end: lower.endLine(node) }
  }
  if (node.type === 'conditional') {
    const [asked, ...options] = node.kids.map((one) => expression(one, lower))
    const compare: Expr[] = asked ? [{ kind: 'compare', parts: [asked], line }] : []
    return { kind: 'either', options: [...options, ...compare], line }
  }
  if (node.type === 'expression' && node.kids.length > 1 && node.kids[0]?.type === 'variable_expr') {
    return { kind: 'name', name: lower.text(node).replaceAll(/\[[^\]]*\]/g, ''), line }
  }
  if (/^(?:expression|literal_value|collection_value)$/.test(node.type) && node.kids.length === 1)
    return expression(node.kids[0], lower)
  const known = lower.expr(node)
  return known.kind === 'other' ? { kind: 'other', parts: node.kids.map((one) => expression(one, lower)), line } : known
}
