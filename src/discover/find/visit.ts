// Walks all that the units say, with what surrounds each expression: under which name it is kept, who is given it, and
// whether it is used or only asked about.
import { children, type Expr, lastName, pathOf, type Unit } from '../syntax/expr.ts'

export interface Around {
  unit: Unit
  scope: string
  /** Names from the outermost to the closest: assigned to, key, keyword. */
  keys: readonly string[]
  /** From the closest to the outermost. */
  parents: readonly Expr[]
  /** Compared, searched for, or matched with something: not used. */
  asked: boolean
}

const MOST_DEPTH = 120
const ASKING =
  /^(?:startswith|startsWith|endswith|endsWith|includes|contains|Contains|has|match|matches|test|indexOf|equals|equalsIgnoreCase|Equals|HasPrefix|HasSuffix|EqualFold|in_array|str_contains|str_starts_with|starts_with|ends_with|include\?|start_with\?|is_match|StartsWith|EndsWith|isin|count|find|index|replace|replaceAll|split|removeprefix|removesuffix|encoding_for_model|encodingForModel|get_encoding|assertEqual|expect|toBe|assert|warn|log|print|println|debug|info|error|warning|Printf|Println|Sprintf|Errorf|raise|Error|ValueError|Exception|add_argument_help)$/

export function visitUnit(unit: Unit, take: (expr: Expr, around: Around) => void) {
  const walk = (expr: Expr, scope: string, keys: readonly string[], parents: readonly Expr[], asked: boolean) => {
    if (parents.length > MOST_DEPTH) return
    take(expr, { unit, scope, keys, parents, asked })
    const above = [expr, ...parents]
    if (expr.kind === 'map') {
      for (const [key, value] of expr.entries) {
        walk(key, scope, keys, above, asked)
        walk(value, scope, [...keys, key.kind === 'text' ? key.value : pathOf(key)], above, asked)
      }
    } else if (expr.kind === 'call') {
      const name = lastName(expr.callee)
      const asks = asked || ASKING.test(name)
      walk(expr.callee, scope, keys, above, asked)
      for (const argument of expr.args) walk(argument, scope, keys, above, asks)
      for (const [word, value] of expr.named) walk(value, scope, [...keys, word], above, asks && word !== 'default')
    } else {
      for (const child of children(expr)) walk(child, scope, keys, above, asked || expr.kind === 'compare')
    }
  }
  for (const statement of unit.statements) {
    if (statement.kind === 'assign') walk(statement.value, statement.scope, [statement.target], [], false)
    else if (statement.kind === 'do') walk(statement.value, statement.scope, [], [], false)
    else if (statement.kind === 'function' || statement.kind === 'class') {
      for (const decorator of statement.decorators) walk(decorator, statement.scope, [], [], false)
      if (statement.kind === 'class') for (const base of statement.bases) walk(base, statement.scope, [], [], false)
      else for (const { name, value } of statement.params) if (value) walk(value, statement.scope, [name], [], false)
    }
  }
  for (const document of unit.documents) walk(document, '', [], [], false)
}
