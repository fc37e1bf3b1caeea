// Data that lists models for reference: price lists, registries of capabilities, JSON schemas. What stands in them is
// mentioned, not used. Such a list has hundreds of names, so taking one for settings would drown all that is real.
import { type Expr, textField, type Unit } from '../../syntax/expr.ts'

const TRAIT =
  /^(?:cost|costs|pricing|prices?|limits?|context_?(?:window|length|size)|max_?(?:input|output|completion)_?tokens|modalit(?:y|ies)|input_?modalities|output_?modalities|knowledge(?:_?cutoff)?|release_?date|last_?updated|open_?weights|supports_?\w+|\w+_cost_\w+|family|reasoning|tool_?call(?:ing)?|attachment|architecture|top_?provider|parameters_?count|deprecat\w+|litellm_provider|structured_?output)$/i
const SWITCH = /^supports_?\w+$/i
const PRICE = /cost|pric/i
const MOST_LOOKED_AT = 12

const keysOf = (expr: Expr): string[] =>
  expr.kind === 'map'
    ? expr.entries.slice(0, MOST_LOOKED_AT).map(([key]) => (key.kind === 'text' ? key.value : ''))
    : []

/** Everything below a place asks the same of what is above it, so the answers are kept. */
const rows = new WeakMap<Expr, boolean>()

/** One model with what it costs or can do. */
function isRow(expr: Expr): boolean {
  if (expr.kind !== 'map') return false
  const known = rows.get(expr) ?? looksLikeRow(expr)
  rows.set(expr, known)
  return known
}

function looksLikeRow(expr: Expr): boolean {
  const traits = keysOf(expr).filter((key) => TRAIT.test(key))
  // What an application may ask of a model is a setting too.
  if (traits.every((key) => SWITCH.test(key))) return false
  return traits.length >= 3 || (traits.length >= 2 && traits.some((key) => PRICE.test(key)))
}

const values = (expr: Expr): Expr[] =>
  expr.kind === 'map'
    ? expr.entries.slice(0, MOST_LOOKED_AT).map(([, value]) => value)
    : expr.kind === 'list'
      ? expr.items.slice(0, MOST_LOOKED_AT)
      : []

const lists = new WeakMap<Expr, boolean>()

/** A list of such models, a provider with one, or a list of those. */
function listsRows(expr: Expr): boolean {
  const known = lists.get(expr) ?? holdsRows(expr, 0)
  lists.set(expr, known)
  return known
}

const holdsRows = (expr: Expr, depth: number): boolean =>
  depth < 4 && values(expr).some((value) => isRow(value) || holdsRows(value, depth + 1))

/** Whether what stands inside these is part of such data. */
export function inCatalogue(unit: Unit, parents: readonly Expr[]): boolean {
  if (unit.format !== 'json' && unit.format !== 'yaml' && unit.format !== 'toml') return false
  return parents.some((parent, at) => isRow(parent) || (at < 3 && parent.kind === 'map' && listsRows(parent)))
}

/** One of a list whose entries are called by words for people: data about models, which a program reads and asks about. */
export function amongTitles(text: string, unit: Unit, [parent, list]: readonly Expr[], key: string): boolean {
  if (unit.format !== 'json' && unit.format !== 'yaml') return false
  if (parent?.kind !== 'map' || list?.kind !== 'list' || textField(parent, key) !== text) return false
  const first = list.items.slice(0, MOST_TITLES)
  return first.filter((item) => /\s/.test(textField(item, key) ?? '')).length * 2 > first.length
}
const MOST_TITLES = 50

/** The choices that a JSON schema allows. */
export const isSchemaChoice = (unit: Unit, keys: readonly string[]): boolean =>
  (unit.format === 'json' || unit.format === 'yaml') &&
  keys.some((key) => /^(?:enum|const|examples)$/.test(key)) &&
  keys.some((key) => /^(?:\$defs|definitions|properties|anyOf|oneOf|components)$/.test(key))
