// SQL as the calls that it makes: `ai.openai_embed('text-embedding-3-small', body)` is one, with the texts it is given.
// The text of each statement that makes something is kept, since extensions and indexes are no calls.
import { sqlProvider, VECTOR_STATEMENTS } from '../knowledge/sql.ts'
import type { Expr, Statement } from '../syntax/expr.ts'

const CALL = /([A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*){0,3})\s*\(/g
const MOST_CALLS = 2_000
const MOST_ARGUMENTS = 1_000

export function readSql(text: string): Statement[] {
  const source = text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
  const statements: Statement[] = []
  const add = (value: Expr) => void statements.push({ kind: 'do', value, scope: '', line: value.line })
  let line = 1
  let last = 0
  const lineAt = (offset: number) => {
    for (let at = source.indexOf('\n', last); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) line += 1
    last = Math.max(last, offset)
    return line
  }
  for (const match of source.matchAll(CALL)) {
    const [, name = ''] = match
    if (sqlProvider(name) === undefined) continue
    const at = lineAt(match.index)
    const given = source.slice(match.index + match[0].length, match.index + match[0].length + MOST_ARGUMENTS)
    const args = [
      ...given
        .split(/;|\)\s*(?:from|as|;|$)/i, 1)
        .join('')
        .matchAll(/'((?:[^']|'')*)'/g),
    ].map(([, value = '']): Expr => ({ kind: 'text', value, line: at }))
    const callee: Expr = { kind: 'name', name: name.toLowerCase(), line: at }
    add({ kind: 'call', callee, args, named: [], line: at, end: at })
    if (statements.length >= MOST_CALLS) break
  }
  for (const [pattern] of VECTOR_STATEMENTS) {
    const match = pattern.exec(source)
    if (!match) continue
    const at = source.slice(0, match.index).split('\n').length
    add({ kind: 'text', value: match[0].replaceAll(/\s+/g, ' ').slice(0, 200), line: at })
  }
  return statements
}
