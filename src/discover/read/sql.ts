// SQL as the calls that it makes: `ai.openai_embed('text-embedding-3-small', body)` is one, with the texts it is given.
// The text of each statement that makes something is kept, since extensions and indexes are no calls.
import { Lines } from '../../lib/lines.ts'
import { sqlProvider, VECTOR_STATEMENTS } from '../knowledge/sql.ts'
import type { Expr, Statement } from '../syntax/expr.ts'

/** What a procedure asks, or a model outside of the database is reached at. */
const ADDRESS = /'((?:https?:\/\/|<[\w -]{1,60}>\/)[^'\s]{4,400})'/g
const INSERT = /\binsert\s+into\s+["`\w.]+\s*\(([^()]{1,2000})\)\s*values\b/gi
const VALUE = /'((?:[^']|'')*)'|[(),;]|[^\s'(),;]+/g
const MOST_ROWS = 500
const MOST_VALUES = 20_000

/** What a migration or a seed puts into tables, each row as a map from its columns: settings, only kept in a database. */
function rowsOf(source: string, lines: Lines): Expr[] {
  const rows: Expr[] = []
  for (const insert of source.matchAll(INSERT)) {
    const columns = (insert[1] ?? '').split(',').map((name) => name.replaceAll(/["`\s]/g, ''))
    const start = insert.index + insert[0].length
    const given = source.slice(start, start + MOST_VALUES)
    let [depth, column] = [0, 0]
    let entries: [Expr, Expr][] = []
    for (const { 0: token, 1: text, index } of given.matchAll(VALUE)) {
      const at = lines.at(start + index)
      const name = columns[column]
      if (text !== undefined && depth === 1 && name !== undefined)
        entries.push([
          { kind: 'text', value: name, line: at },
          { kind: 'text', value: text.replaceAll("''", "'"), line: at },
        ])
      if (token === '(') depth += 1
      if (token === ',' && depth === 1) column += 1
      if (token === ')' && --depth === 0) {
        if (entries.length > 0) rows.push({ kind: 'map', entries, line: at, end: at })
        ;[entries, column] = [[], 0]
      }
      if (depth === 0 && !/^[),]$/.test(token)) break
    }
    if (rows.length >= MOST_ROWS) break
  }
  return rows
}

const UPDATE = /\bupdate\s+["`\w.]+\s+set\s+([^;]{1,4000})/gi
const SET = /(?:^|,)\s*["`]?(\w+)["`]?\s*=\s*'((?:[^']|'')*)'/g

/** What a migration changes in them. */
function changesOf(source: string, lines: Lines): Expr[] {
  const rows: Expr[] = []
  for (const update of source.matchAll(UPDATE)) {
    const line = lines.at(update.index)
    const [set = ''] = (update[1] ?? '').split(/\bwhere\b/i)
    const entries = [...set.matchAll(SET)].map(([, name = '', value = '']): [Expr, Expr] => [
      { kind: 'text', value: name, line },
      { kind: 'text', value: value.replaceAll("''", "'"), line },
    ])
    if (entries.length > 0) rows.push({ kind: 'map', entries, line, end: line })
    if (rows.length >= MOST_ROWS) break
  }
  return rows
}

const CALL = /([A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*){0,3})\s*\(/g
const MOST_CALLS = 2_000
const MOST_ARGUMENTS = 1_000

export function readSql(text: string): Statement[] {
  const source = text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
  const statements: Statement[] = []
  const add = (value: Expr) => void statements.push({ kind: 'do', value, scope: '', line: value.line })
  const lines = new Lines(source)
  for (const match of source.matchAll(CALL)) {
    const [, name = ''] = match
    if (sqlProvider(name) === undefined) continue
    const at = lines.at(match.index)
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
  for (const address of source.matchAll(ADDRESS)) {
    if (statements.length >= MOST_CALLS) break
    add({ kind: 'text', value: address[1] ?? '', line: lines.at(address.index) })
  }
  for (const row of [...rowsOf(source, lines), ...changesOf(source, lines)]) add(row)
  for (const [pattern] of VECTOR_STATEMENTS) {
    const match = pattern.exec(source)
    if (!match) continue
    const at = lines.at(match.index)
    add({ kind: 'text', value: match[0].replaceAll(/\s+/g, ' ').slice(0, 200), line: at })
  }
  return statements
}
