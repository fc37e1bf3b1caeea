// Objects that are taken apart where they are given a name, as a parameter or on the left: `{ model = "…", temperature }`.
import { type Expr, lastName } from './expr.ts'
import type { Lowering } from './lowering.ts'
import { type Node, ofType } from './tree.ts'

/** `{ model = "…", temperature }`: what is taken when the object does not say it. */
export function defaultsOf(pattern: Node, lower: Lowering): { name: string; value: Expr }[] {
  if (pattern.type !== 'object_pattern') return []
  return pattern.kids.flatMap((part) => {
    const pair = part.type === 'pair_pattern' ? ofType(part, /^assignment_pattern$/) : part
    const [left, right] = pair && pair.type.endsWith('assignment_pattern') ? pair.kids : []
    return left && right ? [{ name: lower.name(left), value: lower.expr(right) }] : []
  })
}

/** `const { name, title: shown } = settings`: the whole is kept under a name that nobody can write. */
export function takenApart(pattern: Node, value: Expr, lower: Lowering) {
  const line = lower.line(pattern)
  const parts = pattern.kids.flatMap((part): { name: string; as: string }[] => {
    const inner = part.type === 'object_assignment_pattern' ? (part.kids[0] ?? part) : part
    const [key, kept] = inner.type === 'pair_pattern' ? inner.kids : [inner, inner]
    if (!key || !kept || !/identifier/.test(kept.type + key.type)) return []
    return [{ name: lower.text(key), as: lower.text(kept) }]
  })
  const [module] = value.kind === 'call' && lastName(value.callee) === 'require' ? value.args : []
  if (module?.kind === 'text') return lower.add({ kind: 'import', module: module.value, names: parts, line })
  const whole = `{${String(line)}}`
  lower.add({ kind: 'assign', target: whole, value, scope: lower.scope, line })
  for (const { name, as } of parts) {
    const held: Expr = { kind: 'member', of: { kind: 'name', name: whole, line }, name, line }
    lower.add({ kind: 'assign', target: as, value: held, scope: lower.scope, line })
  }
}

/** The names that a parameter binds: `{ command, cwd = "." }` binds two. */
export function boundIn(pattern: Node, lower: Lowering): string[] {
  if (/identifier(?:_pattern)?$|variable_name$/.test(pattern.type)) return [lower.text(pattern).replace(/^\$/, '')]
  const [only] = pattern.kids
  if (/assignment_pattern$|^default_parameter$/.test(pattern.type)) return only ? boundIn(only, lower) : []
  const parts = pattern.type === 'pair_pattern' ? pattern.kids.slice(1) : pattern.kids
  return parts
    .filter(({ type, field }) => field !== 'type' && !/type/.test(type))
    .flatMap((part) => boundIn(part, lower))
}
