// A unit as it is kept while the others are read. Lists that were pushed into have room for a dozen more, empty ones are
// objects too, and what was put together from pieces has its members in two places: in a large tree that is half of what
// a scan holds. Here everything is written once more, as small as it can be.
// Invariant: who only reads cannot tell the two apart.
import type { Expr, Parameter, Statement, Unit } from '../syntax/expr.ts'
import { apart } from '../syntax/strings.ts'
import type { SourceFile } from './source-file.ts'

/** Weights of a model, coordinates of a map: nobody asks for more of them than that they are numbers. */
const MOST_NUMBERS = 16
/** Vocabularies of tokenizers; prices of models are fewer. */
const MOST_NUMBERED = 1_000

/** One for all: nothing is ever put into what was read. */
const NONE: never[] = []

/** How much there is to keep, in expressions and statements. */
let weight = 0

export function compactFile(file: SourceFile): { file: SourceFile; weight: number } {
  weight = 0
  return { file: file.unit ? { ...file, unit: compactUnit(file.unit) } : file, weight }
}

export function compactUnit(unit: Unit): Unit {
  return { ...unit, statements: exact(unit.statements, statementOf), documents: exact(unit.documents, exprOf) }
}

/** `map` gives a list that has room for what it holds and no more. */
function exact<Item>(items: readonly Item[], work: (item: Item) => Item): Item[] {
  weight += items.length
  return items.length === 0 ? NONE : items.map(work)
}

const same = <Item>(item: Item): Item => item

const namedOf = ([name, value]: [string, Expr]): [string, Expr] => [name, exprOf(value)]
const entryOf = ([key, value]: [Expr, Expr]): [Expr, Expr] => [exprOf(key), exprOf(value)]

const parameterOf = ({ name, type, value }: Parameter): Parameter => {
  if (value === undefined) return type === undefined ? { name } : { name, type }
  return type === undefined ? { name, value: exprOf(value) } : { name, type, value: exprOf(value) }
}

function statementOf(one: Statement): Statement {
  switch (one.kind) {
    case 'assign': {
      const { kind, target, scope, line } = one
      const value = exprOf(one.value)
      if (one.type === undefined && one.own === undefined) return { kind, target, value, scope, line }
      return { ...one, value }
    }
    case 'do': {
      const { kind, scope, line } = one
      const value = exprOf(one.value)
      return one.returns === undefined
        ? { kind, value, scope, line }
        : { kind, value, scope, line, returns: one.returns }
    }
    case 'import':
      return { ...one, names: exact(one.names, same) }
    case 'function':
      return { ...one, params: exact(one.params, parameterOf), decorators: exact(one.decorators, exprOf) }
    case 'class':
      return { ...one, bases: exact(one.bases, exprOf), decorators: exact(one.decorators, exprOf) }
  }
}

const withoutVocabulary = (entries: [Expr, Expr][]): [Expr, Expr][] =>
  entries.length > MOST_NUMBERED && entries.every(([, value]) => value.kind === 'number')
    ? entries.slice(0, MOST_NUMBERED)
    : entries

function exprOf(expr: Expr): Expr {
  switch (expr.kind) {
    case 'text':
      return { kind: 'text', value: apart(expr.value), line: expr.line }
    case 'name':
    case 'number':
    case 'constant':
      return expr
    case 'member':
      return { kind: 'member', of: exprOf(expr.of), name: expr.name, line: expr.line }
    case 'index':
      return { kind: 'index', of: exprOf(expr.of), key: exprOf(expr.key), line: expr.line }
    case 'call': {
      const { kind, line, end } = expr
      const callee = exprOf(expr.callee)
      return { kind, callee, args: exact(expr.args, exprOf), named: exact(expr.named, namedOf), line, end }
    }
    case 'map':
      return { kind: 'map', entries: exact(withoutVocabulary(expr.entries), entryOf), line: expr.line, end: expr.end }
    case 'join':
    case 'compare':
    case 'other':
      return { kind: expr.kind, parts: exact(expr.parts, exprOf), line: expr.line }
    case 'either':
      return { kind: 'either', options: exact(expr.options, exprOf), line: expr.line }
    case 'list': {
      const items = expr.items.every(({ kind }) => kind === 'number') ? expr.items.slice(0, MOST_NUMBERS) : expr.items
      return { kind: 'list', items: exact(items, exprOf), line: expr.line }
    }
    case 'function': {
      const { kind, line, end, gives, params } = expr
      if (gives === undefined) return params === undefined ? { kind, line, end } : { kind, line, end, params }
      const given = exprOf(gives)
      return params === undefined ? { kind, line, end, gives: given } : { kind, line, end, gives: given, params }
    }
  }
}
