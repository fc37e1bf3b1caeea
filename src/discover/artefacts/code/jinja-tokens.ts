// Jinja as tokens: text outside of tags, and names, strings and operators within. Comments are dropped, raw blocks are text.
export interface JinjaToken {
  kind: 'text' | 'open-out' | 'close-out' | 'open-tag' | 'close-tag' | 'name' | 'string' | 'number' | 'op' | 'end'
  text: string
  at: number
}

const MOST_TOKENS = 500_000
const INSIDE =
  /(?<space>\s+)|(?<close>[-+]?(?:\}\}|%\}))|(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<name>[\p{ID_Start}_][\p{ID_Continue}]*)|(?<op>\*\*|\/\/|==|!=|<=|>=|[-+*/%~<>=()[\]{}.,:|;!])/suy

export function jinjaTokens(text: string): JinjaToken[] {
  const tokens: JinjaToken[] = []
  let at = 0
  while (at < text.length && tokens.length < MOST_TOKENS) {
    const open = nextOpen(text, at)
    if (open > at) tokens.push({ kind: 'text', text: text.slice(at, open), at })
    if (open >= text.length) break
    const raw = /\{%[-+]?\s*raw\s*[-+]?%\}(?<raw>[\s\S]*?)\{%[-+]?\s*endraw\s*[-+]?%\}/y
    raw.lastIndex = open
    const verbatim = raw.exec(text)
    if (verbatim) {
      tokens.push({ kind: 'text', text: verbatim.groups?.['raw'] ?? '', at: open })
      at = open + verbatim[0].length
    } else if (text[open + 1] === '#') {
      const end = text.indexOf('#}', open + 2)
      at = end < 0 ? text.length : end + 2
    } else at = inside(text, open, tokens)
  }
  return tokens
}

function nextOpen(text: string, from: number): number {
  for (let at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
    const next = text[at + 1]
    if (next === '{' || next === '%' || next === '#') return at
  }
  return text.length
}

function inside(text: string, open: number, tokens: JinjaToken[]): number {
  const isOut = text[open + 1] === '{'
  tokens.push({ kind: isOut ? 'open-out' : 'open-tag', text: '', at: open })
  let at = open + 2
  if (text[at] === '-' || text[at] === '+') at++
  let braces = 0
  while (at < text.length && tokens.length < MOST_TOKENS) {
    INSIDE.lastIndex = at
    const match = INSIDE.exec(text)
    const groups = match?.groups
    const whole = match?.[0] ?? text.charAt(at)
    const close = groups?.['close']
    // `}}` also ends two dictionaries.
    if (close !== undefined && !(close.endsWith('}}') && (braces > 0 || !isOut))) {
      tokens.push({ kind: close.endsWith('%}') ? 'close-tag' : 'close-out', text: close, at })
      return at + close.length
    }
    if (close !== undefined) {
      const brace = close.indexOf('}')
      if (brace > 0) tokens.push({ kind: 'op', text: close.slice(0, brace), at })
      tokens.push({ kind: 'op', text: '}', at: at + brace })
      braces = Math.max(0, braces - 1)
      at += brace + 1
      continue
    }
    if (groups?.['string'] !== undefined) tokens.push({ kind: 'string', text: unescaped(whole.slice(1, -1)), at })
    else if (groups?.['number'] !== undefined) tokens.push({ kind: 'number', text: whole, at })
    else if (groups?.['name'] !== undefined) tokens.push({ kind: 'name', text: whole.normalize('NFKC'), at })
    else if (groups?.['space'] === undefined) tokens.push({ kind: 'op', text: whole, at })
    if (whole === '{') braces++
    if (whole === '}') braces = Math.max(0, braces - 1)
    at += whole.length
  }
  return at
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' }

function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replaceAll(
    /\\(?:x(?<x>[0-9a-fA-F]{2})|u(?<u>[0-9a-fA-F]{4})|U(?<U>[0-9a-fA-F]{8})|(?<o>[0-7]{1,3})|(?<c>[\s\S]))/g,
    (...match) => {
      const { x, u, U, o, c } = match.at(-1) as Record<string, string | undefined>
      const hex = x ?? u ?? U
      const code = hex === undefined ? Number.parseInt(o ?? '', 8) : Number.parseInt(hex, 16)
      if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : ''
      return ESCAPES[c ?? ''] ?? (c && /['"\\]/.test(c) ? c : `\\${c ?? ''}`)
    },
  )
}
