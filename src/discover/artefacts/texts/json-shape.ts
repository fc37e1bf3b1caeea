// JSON as its readers differ on it: keys that stand twice, nesting that ends a stack. Measured on the text before it is parsed.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/gs

export interface JsonShape {
  depth: number
  /** The first key that stands twice in one object. */
  twice: string | undefined
}

export function jsonShape(text: string): JsonShape {
  const open: (Set<string> | undefined)[] = []
  const shape: JsonShape = { depth: 0, twice: undefined }
  let previous = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined)
      shape.depth = Math.max(shape.depth, open.length)
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const key = unquoted(previous)
      const seen = open.at(-1)
      if (seen?.has(key)) shape.twice ??= key
      seen?.add(key)
    }
    previous = token
  }
  return shape
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token))
  } catch {
    return token // a control character in it; the parser will say so
  }
}
