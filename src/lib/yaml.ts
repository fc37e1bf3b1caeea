// Reads YAML that somebody else wrote: bounded in size, aliases and depth, no custom tags, and errors that name the line.
import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml'
import { Failure } from './failure.ts'

const MOST_BYTES = 8 * 1024 * 1024
const MOST_ALIASES = 100
const MOST_DEPTH = 64
const MOST_DOCUMENTS = 1000
const OPTIONS = { prettyErrors: true, strict: true, uniqueKeys: true, logLevel: 'error' } as const

export interface YamlDocument {
  value: unknown
  /** The line, from 1, of a place such as `assets[3].links[0].to`, or of the nearest one around it. */
  lineOf(path: string): number
}

/** Documents of one text, parted by `---`. */
export function parseYaml(text: string, name: string): YamlDocument[] {
  assertBounds(text, name)
  const lines = new LineCounter()
  const documents = [...parseAllDocuments(text, { ...OPTIONS, lineCounter: lines })]
  if (documents.length > MOST_DOCUMENTS)
    throw new Failure('too_large', `${name} has ${documents.length} documents; ${MOST_DOCUMENTS} are read at most`)
  return documents.map((document) => ({
    value: valueOf(document, name),
    lineOf(path) {
      const parts = [...path.matchAll(/\[(?<index>\d+)\]|(?<key>[^.[\]]+)/g)].map(({ groups }) =>
        groups?.['index'] === undefined ? groups?.['key'] : Number(groups['index']),
      )
      for (let length = parts.length; length >= 0; length--) {
        const node: unknown = length === 0 ? document.contents : document.getIn(parts.slice(0, length), true)
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
      }
      return 1
    },
  }))
}

function assertBounds(text: string, name: string): void {
  if (text.length > MOST_BYTES) {
    throw new Failure('too_large', `${name} has ${text.length} characters; ${MOST_BYTES} are read at most`, {
      hint: 'split it into several files',
    })
  }
  if (deepest(text) > MOST_DEPTH) throw tooDeep(name)
}

function valueOf(document: Document, name: string): unknown {
  const problem = document.errors[0] ?? document.warnings[0]
  // Block nesting has no brackets to count; the parser reports its own exhausted stack as an error of the document.
  if (problem?.message.includes('call stack')) throw tooDeep(name)
  if (problem) throw new Failure('input_invalid', `${name}: ${problem.message}`, { cause: problem })
  const value = toValue(document, name)
  if (depthOf(value) > MOST_DEPTH) throw tooDeep(name)
  if (hasProto(value)) throw new Failure('input_invalid', `${name}: the key "__proto__" is not allowed`)
  return value
}

function toValue(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (cause) {
    throw new Failure('input_invalid', `${name}: ${cause instanceof Error ? cause.message : 'not readable'}`, {
      hint: `aliases may be resolved ${MOST_ALIASES} times at most`,
      cause,
    })
  }
}

const tooDeep = (name: string) => new Failure('input_invalid', `${name} nests deeper than ${MOST_DEPTH} levels`)

/** An upper bound of flow nesting, counted before the parser recurses into it. */
function deepest(text: string): number {
  let depth = 0
  let most = 0
  for (const char of text) {
    if (char === '[' || char === '{') most = Math.max(most, ++depth)
    else if (char === ']' || char === '}') depth = Math.max(0, depth - 1)
  }
  return most
}

function depthOf(value: unknown): number {
  let depth = 0
  let level: unknown[] = [value]
  while (level.length > 0 && depth <= MOST_DEPTH + 1) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
    depth++
  }
  return depth - 1
}

/** Later code could lose such a key, or trip over it. */
function hasProto(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasProto)
}
