// Bicep, as Terraform is read: a resource is a call with its type and its name, whose properties are keyword arguments.
// What computes something stands as the parts it is made of. Invariant: it ends, since each step takes a token.
import type { Expr, Statement } from '../syntax/expr.ts'

interface Token {
  kind: 'word' | 'text' | 'number' | 'sign' | 'line'
  value: string
  line: number
}

const TOKEN =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<line>\r?\n)|'''(?<long>[\s\S]*?)'''|'(?<text>(?:[^'\\\n]|\\.)*)'|(?<number>\d+)|(?<word>[A-Za-z_][\w-]*(?:[.:]{1,2}[A-Za-z_][\w]*)*)|(?<sign>[{}[\]():=?!,@|&<>+*/%.-])|[^\S\n]+|[^]/gy
const MOST_TOKENS = 200_000
const MOST_DEPTH = 40

function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  for (const match of source.matchAll(TOKEN)) {
    const { line: end, long, text, number, word, sign } = match.groups ?? {}
    if (end !== undefined) tokens.push({ kind: 'line', value: '', line })
    else if (long !== undefined || text !== undefined) tokens.push({ kind: 'text', value: long ?? text ?? '', line })
    else if (number !== undefined) tokens.push({ kind: 'number', value: number, line })
    else if (word !== undefined) tokens.push({ kind: 'word', value: word, line })
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign, line })
    for (let at = match[0].indexOf('\n'); at >= 0; at = match[0].indexOf('\n', at + 1)) line += 1
    if (tokens.length >= MOST_TOKENS) break
  }
  return tokens
}

export function readBicep(source: string): Statement[] {
  const tokens = tokensOf(source)
  let at = 0
  const statements: Statement[] = []
  while (at < tokens.length) {
    const before = at
    const statement = declaration()
    if (statement) statements.push(statement)
    if (at === before) at += 1
  }
  return statements

  function is(value: string, ahead = 0): boolean {
    const token = tokens[at + ahead]
    return token?.kind === 'sign' && token.value === value
  }

  function skipLines() {
    while (tokens[at]?.kind === 'line') at += 1
  }

  function declaration(): Statement | undefined {
    const first = tokens[at]
    if (first?.kind !== 'word' || !/^(?:resource|module|param|var|output)$/.test(first.value)) return skipLine()
    const name = tokens[at + 1]
    if (name?.kind !== 'word') return skipLine()
    at += 2
    const { line } = first
    const typed =
      /^(?:resource|module)$/.test(first.value) && tokens[at]?.kind === 'text' ? tokens[at]?.value : undefined
    while (at < tokens.length && tokens[at]?.kind !== 'line' && !is('=')) at += 1
    if (!is('=')) return undefined
    at += 1
    const value = expression(0)
    if (typed === undefined) return { kind: 'assign', target: name.value, value, scope: '', line }
    const body = bodyOf(value)
    const args: Expr[] = [typed.replace(/@[^@]*$/, ''), name.value].map((text) => ({ kind: 'text', value: text, line }))
    const named = body?.kind === 'map' ? body.entries.map(([key, held]): [string, Expr] => [textOf(key), held]) : []
    const callee: Expr = { kind: 'name', name: first.value, line }
    const end = body?.kind === 'map' ? body.end : line
    return {
      kind: 'assign',
      target: name.value,
      value: { kind: 'call', callee, args, named, line, end },
      scope: '',
      line,
    }
  }

  function skipLine(): undefined {
    while (at < tokens.length && tokens[at]?.kind !== 'line') at += 1
    at += 1
    return undefined
  }

  /** Up to the end of the line, or of what surrounds it; several operands are the choices between which it chooses. */
  function expression(depth: number): Expr {
    const line = tokens[at]?.line ?? 1
    const parts: Expr[] = []
    let chooses = false
    while (at < tokens.length && tokens[at]?.kind !== 'line' && !is('}') && !is(']') && !is(')') && !is(',')) {
      const token = tokens[at]
      if (is('{') && depth < MOST_DEPTH) parts.push(map(depth + 1))
      else if (is('[') && depth < MOST_DEPTH) parts.push(list(depth + 1))
      else if (is('(') && depth < MOST_DEPTH) parts.push(...inside(depth + 1))
      else {
        at += 1
        if (token?.kind === 'text') parts.push({ kind: 'text', value: token.value, line: token.line })
        else if (token?.kind === 'number') parts.push({ kind: 'number', value: Number(token.value), line: token.line })
        else if (token?.kind === 'word') parts.push(word(token))
        else if (token?.value === '?') chooses = true
      }
      // A choice goes on in the next line.
      if (
        chooses &&
        tokens[at]?.kind === 'line' &&
        /^[?:]$/.test(tokens.slice(at).find(({ kind }) => kind !== 'line')?.value ?? '')
      )
        skipLines()
    }
    const [only] = parts
    if (only && parts.length === 1) return only
    return chooses ? { kind: 'either', options: parts.slice(1), line } : { kind: 'other', parts, line }
  }

  function map(depth: number): Expr {
    const { line = 1 } = tokens[at] ?? {}
    at += 1
    const entries: [Expr, Expr][] = []
    for (skipLines(); at < tokens.length && !is('}'); skipLines()) {
      const key = tokens[at]
      at += 1
      if (!key || (key.kind !== 'word' && key.kind !== 'text') || !is(':')) continue
      at += 1
      entries.push([{ kind: 'text', value: key.value, line: key.line }, expression(depth)])
      if (is(',')) at += 1
    }
    const end = tokens[at]?.line ?? line
    at += 1
    return { kind: 'map', entries, line, end }
  }

  function list(depth: number): Expr {
    const { line = 1 } = tokens[at] ?? {}
    at += 1
    // `[for item in items: { … }]`: each is made like the one that is written.
    if (tokens[at]?.kind === 'word' && tokens[at]?.value === 'for') {
      while (at < tokens.length && !is(':') && !is(']')) at += 1
      if (is(':')) at += 1
    }
    const items: Expr[] = []
    for (skipLines(); at < tokens.length && !is(']'); skipLines()) {
      const before = at
      items.push(expression(depth))
      if (is(',') || at === before) at += 1
    }
    at += 1
    return { kind: 'list', items, line }
  }

  function inside(depth: number): Expr[] {
    at += 1
    const items: Expr[] = []
    for (skipLines(); at < tokens.length && !is(')'); skipLines()) {
      const before = at
      items.push(expression(depth))
      if (is(',') || at === before) at += 1
    }
    at += 1
    return items
  }
}

/** The properties of a resource, behind a condition or in a loop. */
function bodyOf(value: Expr): Expr | undefined {
  if (value.kind === 'map') return value
  const held = value.kind === 'list' ? value.items : value.kind === 'other' ? value.parts : []
  return held.map(bodyOf).find((one) => one !== undefined)
}

const textOf = (key: Expr): string => (key.kind === 'text' ? key.value : '')

function word({ value, line }: Token): Expr {
  if (value === 'true' || value === 'false') return { kind: 'constant', value: value === 'true', line }
  if (value === 'null') return { kind: 'constant', value: null, line }
  return { kind: 'name', name: value, line }
}
