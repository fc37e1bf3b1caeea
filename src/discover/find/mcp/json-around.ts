// The JSON that a place in a text is in. Invariant: it looks at a bounded part of the text, whatever that says.
import { NotJson, readJson } from '../../read/json.ts'
import type { Expr } from '../../syntax/expr.ts'

const MOST = 20_000

/** The object whose key stands there: from the brace before it to the one that closes that. */
export function jsonAround(text: string, at: number): Expr | undefined {
  const start = text.lastIndexOf('{', at)
  if (start < 0 || !/^\{\s*$/.test(text.slice(start, at))) return undefined
  const end = closes(text, start)
  if (end === undefined) return undefined
  try {
    return readJson(text.slice(start, end + 1))
  } catch (error) {
    if (error instanceof NotJson) return undefined
    throw error
  }
}

function closes(text: string, start: number): number | undefined {
  let depth = 0
  let quoted = false
  for (let at = start; at < Math.min(text.length, start + MOST); at++) {
    const char = text[at]
    if (quoted) {
      if (char === '\\') at += 1
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '{') depth += 1
    else if (char === '}' && --depth === 0) return at
  }
  return undefined
}
