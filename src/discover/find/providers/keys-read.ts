// Keys that code reads from the environment: they are called after whom they open.
import { providerOfKey } from '../../knowledge/providers.ts'
import { type Expr, lastName, pathOf } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'
import { OPENAI_CLIENT } from './clients.ts'

/** Code that reads the key of a provider means to use it. */
export function keyRead(expr: Expr, { unit, asked, parents }: Around, { collector }: Evidence) {
  if (asked || (unit.format !== 'code' && unit.format !== 'notebook')) return
  const name =
    expr.kind === 'member'
      ? /(?:^|\.)(?:process\.env|import\.meta\.env|env|BuildConfig)$/.test(pathOf(expr.of))
        ? expr.name
        : ''
      : readVariable(expr)
  const provider = name === '' ? undefined : providerOfKey(name)
  const openai =
    provider === 'openai' &&
    parents.some((parent) => parent.kind === 'call' && OPENAI_CLIENT.test(lastName(parent.callee)))
  if (provider !== undefined && provider !== '' && !openai) {
    collector.add('providers', provider, {
      file: unit.file,
      line: expr.line,
      confidence: 0.75,
      stance: 'inferred',
      attributes: { via: 'key' },
    })
  }
}

export function readVariable(expr: Expr): string {
  if (
    expr.kind === 'call' &&
    /(?:getenv|environ\.get|Getenv|LookupEnv|ENV\.fetch|env\.var|GetEnvironmentVariable|Env\.get|^env|get_env_var|environ\.setdefault|env\.get)$/.test(
      pathOf(expr.callee),
    )
  ) {
    const [first] = expr.args
    return first?.kind === 'text' ? first.value : ''
  }
  if (expr.kind === 'index' && /(?:environ|ENV|env|_ENV)$/.test(pathOf(expr.of)))
    return expr.key.kind === 'text' ? expr.key.value : ''
  return ''
}
