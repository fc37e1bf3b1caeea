// YAML, every document of the file, with lines. Templates of Helm and of Go stand in for values, so they are made plain
// first. Invariant: an alias is not followed, so that no document grows when it is read.
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Node } from 'yaml'
import { Lines } from '../../lib/lines.ts'
import type { Expr } from '../syntax/expr.ts'
import { readJson } from './json.ts'

const MOST_DEPTH = 60
const MOST_TEXT = 8_000
const MOST_PACKED = 200_000
/** A file within a file is near its top; none is read within that. */
const MOST_FILES = 4
const MOST_UNNAMED = 12

/** `cut` hears of what lies too deep to be read. */
export function readYaml(source: string, cut: () => void = () => {}): Expr[] {
  const text = withoutTemplates(source)
  const lines = new Lines(text)
  const documents = parseAllDocuments(text, {
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
  })
  const lineOf = (node: Node | null | undefined) => (node?.range ? lines.at(node.range[0]) : 1)
  const found = Array.isArray(documents) ? documents : []
  return found.flatMap(({ contents }) => (contents ? [toExpr(contents, lineOf, cut, 0)] : []))
}

function toExpr(node: Node, lineOf: (node: Node | null | undefined) => number, cut: () => void, depth: number): Expr {
  const line = lineOf(node)
  if (depth > MOST_DEPTH) cut()
  if (depth > MOST_DEPTH || isAlias(node)) return { kind: 'other', parts: [], line }
  if (isScalar(node)) {
    const { value } = node
    if (typeof value === 'number') return { kind: 'number', value, line }
    if (typeof value === 'boolean' || value === null) return { kind: 'constant', value, line }
    return packed(String(value), line) ?? { kind: 'text', value: String(value).slice(0, MOST_TEXT), line }
  }
  if (isSeq<Node>(node)) {
    return { kind: 'list', items: node.items.map((item) => toExpr(item, lineOf, cut, depth + 1)), line }
  }
  if (!isMap<Node, Node | null>(node)) return { kind: 'other', parts: [], line }
  let end = line
  const entries = node.items.map(({ key, value }): [Expr, Expr] => {
    const at = lineOf(key)
    end = Math.max(end, at)
    const name = isScalar(key) ? String(key.value) : ''
    const held: Expr = value
      ? (file(name, value, at, depth) ?? toExpr(value, lineOf, cut, depth + 1))
      : { kind: 'constant', value: null, line: at }
    return [{ kind: 'text', value: name, line: at }, held]
  })
  return { kind: 'map', entries, line, end }
}

/** Settings as JSON in the value of a variable: what it says is said here. */
function packed(text: string, line: number): Expr | undefined {
  if (!/^\s*[[{][^]*[\]}]\s*$/.test(text) || text.length > MOST_PACKED) return undefined
  try {
    JSON.parse(text)
    return readJson('\n'.repeat(line - 1) + text)
  } catch {
    // It only looks like JSON, and stays a text.
    return undefined
  }
}

/** What a file within a file is called where its own name stands elsewhere, and how its first line looks. */
const UNNAMED = /^(?:\w+[_-])?(?:config|configuration|settings|values|data|content)$/i
const SECTION = /^(?:#.*\n|\s*\n)*[\w.-]+:[ \t]*\n[ \t]*(?:- |[\w.-]+:)/

/** `config.yaml: |` in a ConfigMap: a file of its own, a line below its name. */
function file(name: string, value: Node, line: number, depth: number): Expr | undefined {
  if (!isScalar(value) || typeof value.value !== 'string') return undefined
  const text = value.value
  if (/\.ya?ml$/.test(name) ? depth > MOST_FILES : !UNNAMED.test(name) || depth > MOST_UNNAMED || !SECTION.test(text))
    return undefined
  return text.includes('\n') && text.length <= MOST_PACKED ? readYaml('\n'.repeat(line) + text)[0] : undefined
}

/** A line that is only a template goes; a template inside a value becomes a word. */
function withoutTemplates(source: string): string {
  if (!source.includes('{{')) return source
  return source
    .split('\n')
    .map((line) => {
      if (!line.includes('{{')) return line
      if (/^\s*(?:-\s*)?\{\{[^]*\}\}\s*$/.test(line) && !/^\s*-?\s*\{\{\s*(?:\.|\$)/.test(line)) return ''
      return line.replaceAll(/(["'])\{\{[^{}]*\}\}\1|\{\{[^{}]*\}\}/g, 'TEMPLATE')
    })
    .join('\n')
}
