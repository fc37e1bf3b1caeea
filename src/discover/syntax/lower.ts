// A parse tree of any of the languages becomes statements and expressions. The grammars name most things alike, so one
// table of node types serves all; where two differ, the shape of the node decides, not the language.
import type { Lines } from '../../lib/lines.ts'
import { resultOf } from './choices.ts'
import { children, type Expr, pathOf, type Statement } from './expr.ts'
import { isInPage } from './echoes.ts'
import { EXPRESSIONS } from './expressions.ts'
import type { Lowering } from './lowering.ts'
import { isStatement, STATEMENTS } from './statements.ts'
import { apart } from './strings.ts'
import type { Node } from './tree.ts'

/** A file of data written as code gives no more than this. */
const MOST_STATEMENTS = 50_000

export class Lower implements Lowering {
  readonly source: string
  readonly statements: Statement[] = []
  readonly #lines: Lines
  /** There are more statements than are kept. */
  full = false
  /** Where it is, as dotted names; one text for all that stands there. */
  scope = ''
  #within = false
  /** Attributes that stand before what they belong to. */
  pending: Expr[] = []

  constructor(source: string, lines: Lines) {
    this.source = source
    this.#lines = lines
  }

  within(name: string, work: () => void) {
    const outer = this.scope
    this.scope = this.#within ? `${outer}.${name}` : name
    const deeper = this.#within
    this.#within = true
    work()
    this.scope = outer
    this.#within = deeper
  }

  add(statement: Statement) {
    if (this.statements.length < MOST_STATEMENTS) this.statements.push(statement)
    else this.full = true
  }

  line(node: Node): number {
    return this.#lines.at(node.start)
  }

  endLine(node: Node): number {
    return this.#lines.at(Math.max(node.start, node.end - 1))
  }

  text(node: Node): string {
    return apart(this.source.slice(node.start, Math.min(node.end, node.start + 400)))
  }

  visit(node: Node) {
    const isSaid = node.type === 'expression_statement' && isInPage(node, this.source)
    const statement = STATEMENTS[isSaid ? 'echo_statement' : node.type]
    if (statement) return void statement(node, this)
    if (EXPRESSIONS[node.type]) return void this.say(node)
    for (const kid of node.kids) this.visit(kid)
  }

  say(node: Node): Expr {
    const value = this.expr(node)
    if (value.kind !== 'text' && says(value)) this.add({ kind: 'do', value, scope: this.scope, line: this.line(node) })
    return value
  }

  expr(node: Node | undefined): Expr {
    if (!node) return { kind: 'constant', value: null, line: 0 }
    const known = EXPRESSIONS[node.type]
    if (known) return known(node, this)
    if (STATEMENTS[node.type]) {
      this.visit(node)
      const result = resultOf(node, this, isStatement)
      return result ?? { kind: 'function', line: this.line(node), end: this.endLine(node) }
    }
    return { kind: 'other', parts: node.kids.map((kid) => this.expr(kid)), line: this.line(node) }
  }

  name(node: Node | undefined): string {
    if (!node) return ''
    const path = pathOf(this.expr(node))
    return path === '?' ? this.text(node).replaceAll(/\s+/g, ' ') : path
  }
}

/** Whether anything in it could matter: a text or a call. */
function says(expr: Expr, depth = 0): boolean {
  if (expr.kind === 'text' || expr.kind === 'call') return true
  return depth < 60 && children(expr).some((child) => says(child, depth + 1))
}
