// What the readers of node types ask of the whole: the text, the place, and everything inside of them.
import type { Expr, Statement } from './expr.ts'
import type { Node } from './tree.ts'

export interface Lowering {
  readonly source: string
  readonly scope: string
  /** Attributes that stand before what they belong to. */
  pending: Expr[]
  within(name: string, work: () => void): void
  add(statement: Statement): void
  line(node: Node): number
  endLine(node: Node): number
  text(node: Node): string
  name(node: Node | undefined): string
  expr(node: Node | undefined): Expr
  visit(node: Node): void
  /** An expression that stands by itself, which is a statement where it says anything. */
  say(node: Node): Expr
}

export type Reader = (node: Node, lower: Lowering) => Expr
export type Writer = (node: Node, lower: Lowering) => void

/** One row for each of the node types in a text. */
export const each = <Handler>(types: string, handler: Handler): [string, Handler][] =>
  types
    .trim()
    .split(/\s+/)
    .map((type) => [type, handler])
