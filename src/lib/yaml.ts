// Reads YAML that somebody else wrote: bounded in size, aliases and depth, no custom tags, and errors that name the line.
import { parseDocument } from 'yaml'
import { Failure } from './failure.ts'

const MOST_BYTES = 8 * 1024 * 1024
const MOST_ALIASES = 100
const MOST_DEPTH = 64

export function parseYaml(text: string, name: string): unknown {
  if (text.length > MOST_BYTES) {
    throw new Failure('too_large', `${name} has ${text.length} characters; ${MOST_BYTES} are read at most`, {
      hint: 'split it into several files',
    })
  }
  if (deepest(text) > MOST_DEPTH) throw tooDeep(name)
  const document = parseDocument(text, { prettyErrors: true, strict: true, uniqueKeys: true })
  const problem = document.errors[0] ?? document.warnings[0]
  // Block nesting has no brackets to count; the parser reports its own exhausted stack as an error of the document.
  if (problem?.message.includes('call stack')) throw tooDeep(name)
  if (problem) throw new Failure('input_invalid', `${name}: ${problem.message}`, { cause: problem })
  const value = toValue(document, name)
  if (depthOf(value) > MOST_DEPTH) throw tooDeep(name)
  return value
}

function toValue(document: ReturnType<typeof parseDocument>, name: string): unknown {
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
