// Formats that are a name and a value on each line: `.env`, Java properties, INI. Commented lines say nothing.
import type { Expr } from '../syntax/expr.ts'

const LINE = /^\s*(?:export\s+)?([\w.\-[\]]{1,200})\s*[=:]\s*(.*)$/

export function readLines(source: string): Expr {
  const entries: [Expr, Expr][] = []
  const lines = source.split(/\r?\n/)
  for (const [at, content] of lines.entries()) {
    if (/^\s*[#;!]/.test(content)) continue
    const [, name, written] = LINE.exec(content.slice(0, 4_000)) ?? []
    if (name === undefined || written === undefined) continue
    const line = at + 1
    entries.push([
      { kind: 'text', value: name, line },
      { kind: 'text', value: unquoted(written), line },
    ])
  }
  return { kind: 'map', entries, line: 1, end: lines.length }
}

function unquoted(written: string): string {
  const value = written.trim()
  const quoted = /^(["'])(.*?)\1/.exec(value)
  return quoted ? (quoted[2] ?? '') : value.replace(/\s+#.*$/, '')
}
