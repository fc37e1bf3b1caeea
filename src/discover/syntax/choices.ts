// Branches: what is asked, and what each of them comes to. `case "gpt-4"` asks for a name; what stands behind it gives one.
import type { Expr } from './expr.ts'
import type { Lowering, Writer } from './lowering.ts'
import { kid, type Node } from './tree.ts'

export const CHOICES = 'switch_case expression_case case_clause when switch_section when_entry match_arm'
const TYPES: ReadonlySet<string> = new Set(CHOICES.split(' '))
const BLOCK = /^(?:block|then|control_structure_body|expression_statement)$/
const MOST_SHORT = 200

const isOtherwise = (node: Node, lower: Lowering) => /^(?:default|else)\b/.test(lower.text(node))

/** What a branch comes to, where that is said in a word. */
export function resultOf(node: Node, lower: Lowering, isStatement: (type: string) => boolean): Expr | undefined {
  if (!TYPES.has(node.type) || (node.kids.length < 2 && !isOtherwise(node, lower))) return undefined
  let last = node.kids.at(-1)
  while (last && BLOCK.test(last.type)) last = last.kids.at(-1)
  return last && last.end - last.start < MOST_SHORT && !isStatement(last.type) ? lower.expr(last) : undefined
}

/** `case "gpt-4":` asks; what follows does. */
export const choiceOf =
  (isStatement: (type: string) => boolean): Writer =>
  (node, lower) => {
    const asked = isOtherwise(node, lower)
      ? undefined
      : (kid(node, 'pattern', 'alternative') ??
        (node.type === 'match_arm' ? undefined : kid(node, 'value')) ??
        node.kids[0])
    const line = lower.line(node)
    if (asked) {
      lower.add({ kind: 'do', value: { kind: 'compare', parts: [lower.expr(asked)], line }, scope: lower.scope, line })
    }
    for (const part of node.kids) if (part !== asked) lower.visit(part)
    const value = resultOf(node, lower, isStatement)
    if (value?.kind === 'text') lower.add({ kind: 'do', value, scope: lower.scope, line: value.line })
  }
