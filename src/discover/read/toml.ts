// TOML, with the lines of its keys found afterwards: the parser keeps none.
import { parse } from 'smol-toml'
import type { Expr } from '../syntax/expr.ts'

export function readToml(source: string): Expr {
  const lines = source.split('\n')
  const starts = new Map<string, number>()
  for (const [at, content] of lines.entries()) {
    const [, key] = /^\s*\[{0,2}\s*["']?([\w.\-/@]+)["']?\s*(?:=|\])/.exec(content) ?? []
    for (const part of key === undefined ? [] : [key, key.slice(key.lastIndexOf('.') + 1)]) {
      if (!starts.has(part)) starts.set(part, at + 1)
    }
    const [, item] = /^\s*["']([^"']+)["'],?\s*(?:#.*)?$/.exec(content) ?? []
    if (item !== undefined && !starts.has(item)) starts.set(item, at + 1)
  }
  return toExpr(parse(source), 1, 0)

  function toExpr(value: unknown, line: number, depth: number): Expr {
    if (depth > 60) return { kind: 'other', parts: [], line }
    if (typeof value === 'string') return { kind: 'text', value, line: starts.get(value) ?? line }
    if (typeof value === 'number') return { kind: 'number', value, line }
    if (typeof value === 'boolean') return { kind: 'constant', value, line }
    if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => toExpr(item, line, depth + 1)), line }
    if (typeof value !== 'object' || value === null || value instanceof Date) return { kind: 'other', parts: [], line }
    const entries = Object.entries(value).map(([key, held]): [Expr, Expr] => {
      const at = starts.get(key) ?? line
      return [{ kind: 'text', value: key, line: at }, toExpr(held, at, depth + 1)]
    })
    return { kind: 'map', entries, line, end: line }
  }
}
