// Python source as tokens: enough to tell code from strings and comments, and the body of a module from that of a function.
export interface Token {
  kind: 'name' | 'string' | 'number' | 'op'
  /** Of a string its text without quotes, escapes of \x, \u and octal resolved. */
  text: string
  at: number
  /** Within a def or lambda: runs when called, not on import. */
  inFunction: boolean
}

const MOST_TOKENS = 2_000_000
const STRING =
  /[rbfuRBFU]{0,3}(?:'''(?:[^\\]|\\.)*?'''|"""(?:[^\\]|\\.)*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/suy
const NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy
const NUMBER = /\.?\d[\w.]*/uy
const SPACE = /[^\S\n]+|\\\r?\n|#[^\n]*/uy

export function pythonTokens(text: string): Token[] {
  const tokens: Token[] = []
  const defs: number[] = []
  let at = 0
  let brackets = 0
  let lineStart = true
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  while (at < text.length && tokens.length < MOST_TOKENS) {
    if (lineStart) {
      const indent = /[ \t]*/y
      indent.lastIndex = at
      const width = (indent.exec(text)?.[0] ?? '').replaceAll('\t', '        ').length
      const first = text[at + width]
      if (first !== '\n' && first !== '\r' && first !== '#' && first !== undefined)
        while ((defs.at(-1) ?? -1) >= width) defs.pop()
      if (/^(?:async\s+)?def\s/.test(text.slice(at + width, at + width + 12))) defs.push(width)
      lineStart = false
    }
    const inFunction = defs.length > 0
    if (text[at] === '\n') {
      lineStart = brackets === 0
      if (lineStart) tokens.push({ kind: 'op', text: '\n', at, inFunction })
      at++
      continue
    }
    const space = match(SPACE)
    if (space) {
      at += space.length
      continue
    }
    const string = match(STRING)
    if (string) tokens.push({ kind: 'string', text: unquoted(string), at, inFunction })
    const other = string ?? match(NAME) ?? match(NUMBER) ?? text.charAt(at)
    if (string === undefined) {
      const kind = /^[\p{ID_Start}_]/u.test(other) ? 'name' : /^\.?\d/.test(other) ? 'number' : 'op'
      // Identifiers are compared as Python compares them.
      tokens.push({ kind, text: kind === 'name' ? other.normalize('NFKC') : other, at, inFunction })
      if ('([{'.includes(other)) brackets++
      if (')]}'.includes(other)) brackets = Math.max(0, brackets - 1)
    }
    at += other.length
  }
  return tokens
}

function unquoted(literal: string): string {
  const { prefix = '', body = '' } =
    /^(?<prefix>[a-zA-Z]*)(?:'''|"""|'|")(?<body>.*?)(?:'''|"""|'|")$/su.exec(literal)?.groups ?? {}
  if (/r/i.test(prefix)) return body
  return body.replaceAll(
    /\\x(?<hex>[0-9a-fA-F]{2})|\\u(?<wide>[0-9a-fA-F]{4})|\\(?<octal>[0-7]{1,3})|\\\r?\n/gu,
    (...match) => {
      const { hex, wide, octal } = match.at(-1) as Record<string, string | undefined>
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
      return hex === undefined && wide === undefined ? '' : String.fromCharCode(Number.parseInt(hex ?? wide ?? '', 16))
    },
  )
}
