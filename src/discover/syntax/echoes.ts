// What PHP prints, in a program and in the midst of a page.
import type { Expr } from './expr.ts'
import type { Writer } from './lowering.ts'
import type { Node } from './tree.ts'

/** `echo $a, $b;` is a call of what it is called. */
export const echoed: Writer = (node, lower) => {
  const line = lower.line(node)
  const callee: Expr = { kind: 'name', name: isInPage(node, lower.source) ? '<?=' : 'echo', line }
  const args = node.kids.flatMap((kid) =>
    kid.type === 'sequence_expression' ? kid.kids.map((one) => lower.expr(one)) : [lower.expr(kid)],
  )
  const value: Expr = { kind: 'call', callee, args, named: [], line, end: lower.endLine(node) }
  lower.add({ kind: 'do', value, scope: lower.scope, line })
}

/** `<?= $a ?>`, `<?php echo $a; ?>`: said in the midst of a page. */
export const isInPage = ({ type, start, end }: Node, source: string): boolean => {
  const before = source.slice(Math.max(0, start - 6), start).trimEnd()
  if (before.endsWith('<?=')) return true
  return type === 'echo_statement' && before.endsWith('php') && /^\s*\?>/.test(source.slice(end, end + 4))
}
