// JSON with the liberties that tools take: comments, trailing commas, a byte order mark. Every value knows its line,
// which JSON.parse would lose.
import type { Expr } from '../syntax/expr.ts'

const MOST_DEPTH = 100
const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[^]*?\*\/|("(?:[^"\\\n]|\\.)*")|([{}[\],:])|(-?\d[\d.eE+-]*)|([A-Za-z_$][\w$]*)|'((?:[^'\\\n]|\\.)*)'/gy

export class NotJson extends Error {}

/** Throws `NotJson` where it cannot go on. */
export function readJson(source: string): Expr {
  const next = tokens(source.startsWith('\uFEFF') ? source.slice(1) : source)
  let token = next()

  function value(depth: number): Expr {
    const { line } = token
    if (depth > MOST_DEPTH) throw new NotJson('nested too deep')
    if (token.mark === '{') return map(depth, line)
    if (token.mark === '[') return list(depth, line)
    const { text, number, word } = token
    token = next()
    if (text !== undefined) return { kind: 'text', value: text, line }
    if (number !== undefined) return { kind: 'number', value: number, line }
    if (word === 'true' || word === 'false') return { kind: 'constant', value: word === 'true', line }
    if (word !== undefined) return { kind: 'constant', value: null, line }
    throw new NotJson(`something else than a value in line ${line}`)
  }

  function map(depth: number, line: number): Expr {
    const entries: [Expr, Expr][] = []
    token = next()
    while (token.mark !== '}') {
      const key: Expr = { kind: 'text', value: token.text ?? token.word ?? '', line: token.line }
      if (token.text === undefined && token.word === undefined) throw new NotJson(`no key in line ${token.line}`)
      token = next()
      if (token.mark !== ':') throw new NotJson(`no colon in line ${token.line}`)
      token = next()
      entries.push([key, value(depth + 1)])
      if (token.mark === ',') token = next()
    }
    const end = token.line
    token = next()
    return { kind: 'map', entries, line, end }
  }

  function list(depth: number, line: number): Expr {
    const items: Expr[] = []
    token = next()
    while (token.mark !== ']') {
      items.push(value(depth + 1))
      if (token.mark === ',') token = next()
    }
    token = next()
    return { kind: 'list', items, line }
  }

  return value(0)
}

interface Token {
  mark?: string
  text?: string
  number?: number
  word?: string
  line: number
}

function tokens(source: string): () => Token {
  const pattern = new RegExp(TOKEN)
  let line = 1
  return () => {
    while (pattern.lastIndex < source.length) {
      const match = pattern.exec(source)
      if (!match) throw new NotJson(`unknown sign in line ${line}`)
      const [all, quoted, mark, number, word, single] = match
      const at = line
      if (quoted === undefined) line += count(all)
      if (quoted !== undefined) return { text: plain(quoted), line: at }
      if (single !== undefined) return { text: single, line: at }
      if (mark !== undefined) return { mark, line: at }
      if (number !== undefined) return { number: Number(number), line: at }
      if (word !== undefined) return { word, line: at }
    }
    return { line }
  }
}

function count(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

function plain(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    return String(JSON.parse(quoted.replaceAll('\t', '\\t')))
  } catch {
    return quoted.slice(1, -1)
  }
}
