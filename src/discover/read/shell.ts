// A script of the shell as what it keeps and what it runs: `EMBED_MODEL="…"` is an assignment, any other line a command of
// one text. Nothing is expanded; where it says `$NAME`, what was kept under the name stands in its place.
import type { Statement } from '../syntax/expr.ts'

const KEPT = /^\s*(?:export\s+|local\s+|readonly\s+)?([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|([^\s;|&()]*))\s*(?:#.*)?$/
const MOST_LINE = 4_000

export function readShell(source: string): Statement[] {
  const statements: Statement[] = []
  const known = new Map<string, string>()
  let [held, start] = ['', 1]
  for (const [at, content] of source.split(/\r?\n/).entries()) {
    if (held === '') start = at + 1
    if (held === '' && /^\s*(?:#|$)/.test(content)) continue
    held = (held + content.replace(/\\\s*$/, ' ')).slice(0, MOST_LINE)
    if (/\\\s*$/.test(content) && held.length < MOST_LINE) continue
    const [, name, quoted, plain, bare] = KEPT.exec(held) ?? []
    const value = fill(quoted ?? plain ?? bare ?? held.trim())
    if (name !== undefined) known.set(name, value)
    const text = { kind: 'text' as const, value, line: start }
    statements.push(
      name === undefined
        ? { kind: 'do', value: text, scope: '', line: start }
        : { kind: 'assign', target: name, value: text, scope: '', line: start },
    )
    held = ''
  }
  return statements

  function fill(text: string): string {
    return text.replaceAll(
      /\$(?:(\w+)|\{(\w+)(?::?-([^{}]*))?\})/g,
      (all, bare: string | undefined, braced: string | undefined, other: string | undefined) =>
        known.get(bare ?? braced ?? '') ?? other ?? all,
    )
  }
}
