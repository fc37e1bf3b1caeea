// What a string literal says: its pieces and, where something is put in between, the expression.
import type { Expr } from './expr.ts'
import type { Node } from './tree.ts'

/** Longer texts are cut: names, hosts and the beginning of a prompt stand at the front. */
const MOST_CHARS = 8_000

const CONTENT =
  /^(?:string_content|string_fragment|multiline_string_fragment|template_literal|interpreted_string_literal_content|raw_string_literal_content|string_literal_content|raw_string_content|heredoc_content|heredoc_body|nowdoc_string|text_interpolation|escape_sequence|string_literal_encoding)$/
const INTERPOLATION = /interpolat|template_substitution/

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

/** Code says the same words again and again; one text for all of them holds less and is met sooner. */
const MOST_WORDS = 20_000
const MOST_WORD = 64
const words = new Map<string, string>()

/** The engine keeps a whole text alive for a piece of 13 characters or more; this gives a piece that stands alone. */
export function apart(piece: string): string {
  const known = words.get(piece)
  if (known !== undefined) return known
  const alone = piece.length < 13 ? piece : Buffer.from(piece).toString()
  if (alone.length > MOST_WORD) return alone
  if (words.size >= MOST_WORDS) words.clear()
  words.set(alone, alone)
  return alone
}

export function readString(node: Node, source: string, line: number, lower: (node: Node) => Expr): Expr {
  const raw =
    node.type.startsWith('raw') ||
    node.type.startsWith('verbatim') ||
    /^[bu]?r/i.test(source.slice(node.start, node.start + 2))
  const parts: Expr[] = []
  let piece = ''
  let seen = false
  const flush = () => {
    if (piece !== '') parts.push({ kind: 'text', value: apart(piece.slice(0, MOST_CHARS)), line })
    piece = ''
  }
  const take = (kid: Node) => {
    if (CONTENT.test(kid.type)) {
      seen = true
      const text = source.slice(kid.start, Math.min(kid.end, kid.start + MOST_CHARS))
      piece += raw ? text : unescapeText(text)
    } else if (kid.type === 'quoted_template' || kid.type === 'template_expr' || kid.type === 'heredoc_template') {
      for (const inner of kid.kids) take(inner)
    } else if (INTERPOLATION.test(kid.type)) {
      const inner = kid.kids.find(
        (part) => !/(?:start|end|brace|^simple_identifier)$/.test(part.type) || part.type === 'identifier',
      )
      if (!inner) return
      seen = true
      flush()
      parts.push(lower(inner))
    } else if (kid.type === 'variable_name' || kid.type === 'identifier' || kid.type.endsWith('expression')) {
      seen = true
      flush()
      parts.push(lower(kid))
    }
  }
  for (const kid of node.kids) take(kid)
  flush()
  if (!seen)
    return {
      kind: 'text',
      value: apart(unquote(source.slice(node.start, Math.min(node.end, node.start + MOST_CHARS)), raw)),
      line,
    }
  const [only] = parts
  if (parts.length === 0) return { kind: 'text', value: '', line }
  return parts.length === 1 && only?.kind === 'text' ? only : { kind: 'join', parts, line }
}

function unquote(text: string, raw: boolean): string {
  const body = /^[a-zA-Z@$]{0,3}(?:"""|'''|#*"|'|`)?([\s\S]*?)(?:"""|'''|"#*|'|`)?$/.exec(text)?.[1] ?? text
  return raw ? body : unescapeText(body)
}

function unescapeText(text: string): string {
  if (!text.includes('\\')) return text
  return text.replaceAll(/\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g, (...match) => {
    const [, braced, four, two, one] = match as (string | undefined)[]
    const code = braced ?? four ?? two
    if (code === undefined) return one === '\n' ? '' : (ESCAPES[one ?? ''] ?? one ?? '')
    const point = Number.parseInt(code, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : ''
  })
}
