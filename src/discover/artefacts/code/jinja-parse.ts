// Jinja as a tree, in the grammar of jinja2 as chat templates use it. A template that this cannot read is reported, since a
// renderer might read it all the same.
import { type JinjaToken, jinjaTokens } from './jinja-tokens.ts'

export type Expr =
  | { kind: 'const'; value: string | number | boolean | null }
  | { kind: 'name'; name: string }
  | { kind: 'get'; of: Expr; key: Expr; dotted: boolean }
  | { kind: 'slice'; of: Expr; parts: (Expr | undefined)[] }
  | { kind: 'call'; of: Expr; args: Expr[]; named: [string, Expr][] }
  | { kind: 'filter'; name: string; of: Expr; args: Expr[]; named: [string, Expr][] }
  | { kind: 'test'; name: string; of: Expr; args: Expr[] }
  | { kind: 'binary'; op: string; left: Expr; right: Expr }
  | { kind: 'unary'; op: string; of: Expr }
  | { kind: 'list'; items: Expr[] }
  | { kind: 'cond'; test: Expr; yes: Expr; no: Expr | undefined }

export type Stmt =
  | { kind: 'text'; text: string; at: number }
  | { kind: 'out'; value: Expr; at: number }
  | { kind: 'if'; test: Expr; body: Stmt[]; other: Stmt[]; at: number }
  | { kind: 'for'; target: string[]; over: Expr; test: Expr | undefined; body: Stmt[]; other: Stmt[]; at: number }
  | { kind: 'set'; target: string[]; value: Expr | undefined; body: Stmt[]; at: number }
  | { kind: 'file'; tag: string; path: Expr | undefined; at: number }
  | { kind: 'block'; exprs: Expr[]; body: Stmt[]; at: number }

export class JinjaError extends Error {}

const MOST_DEPTH = 100
const COMPARE = new Set(['==', '!=', '<', '>', '<=', '>='])
const BINARY: readonly (readonly string[])[] = [['+', '-'], ['~'], ['*', '/', '//', '%']]
const BLOCKS: Readonly<Record<string, string>> = {
  macro: 'endmacro',
  call: 'endcall',
  filter: 'endfilter',
  block: 'endblock',
  autoescape: 'endautoescape',
  with: 'endwith',
  trans: 'endtrans',
  generation: 'endgeneration',
}
const SIMPLE = new Set(['break', 'continue', 'do', 'debug'])

export function parseJinja(text: string): Stmt[] {
  return new Parser(jinjaTokens(text)).all()
}

class Parser {
  readonly #tokens: readonly JinjaToken[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly JinjaToken[]) {
    this.#tokens = tokens
  }

  all(): Stmt[] {
    const body = this.#body([])
    if (this.#at < this.#tokens.length) throw new JinjaError('a tag is closed that was not open')
    return body
  }

  #peek(offset = 0): JinjaToken {
    return this.#tokens[this.#at + offset] ?? { kind: 'end', text: '', at: this.#tokens.at(-1)?.at ?? 0 }
  }

  #next(): JinjaToken {
    const token = this.#peek()
    this.#at++
    return token
  }

  #is(text: string, kind: JinjaToken['kind'] = 'op'): boolean {
    const token = this.#peek()
    return token.text === text && token.kind === kind
  }

  #take(text: string, kind: JinjaToken['kind'] = 'op'): boolean {
    const is = this.#is(text, kind)
    if (is) this.#at++
    return is
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > MOST_DEPTH) throw new JinjaError(`it nests deeper than ${MOST_DEPTH}`)
    const value = read()
    this.#depth--
    return value
  }

  /** Statements up to one of these tags, which is left standing at its name. */
  #body(ends: readonly string[]): Stmt[] {
    return this.#deeper(() => {
      const body: Stmt[] = []
      for (;;) {
        const token = this.#peek()
        if (token.kind === 'end') {
          if (ends.length > 0) throw new JinjaError(`${ends.at(-1)} is missing`)
          return body
        }
        if (token.kind === 'text') {
          this.#at++
          body.push({ kind: 'text', text: token.text, at: token.at })
        } else if (token.kind === 'open-out') {
          this.#at++
          body.push({ kind: 'out', value: this.#tuple(), at: token.at })
          this.#close('close-out')
        } else if (token.kind === 'open-tag') {
          if (ends.includes(this.#peek(1).text)) {
            this.#at++
            return body
          }
          this.#at++
          const statement = this.#statement(token.at)
          if (!statement) {
            this.#at -= 1
            throw new JinjaError(`the tag ${this.#peek().text.slice(0, 40)} is not known`)
          }
          body.push(statement)
        } else throw new JinjaError('a tag is not closed')
      }
    })
  }

  #close(kind: 'close-out' | 'close-tag'): void {
    if (this.#next().kind !== kind) throw new JinjaError('a tag has more in it than it should')
  }

  #statement(at: number): Stmt | undefined {
    const tag = this.#next().text
    if (tag === 'if') return this.#if(at)
    if (tag === 'for') return this.#for(at)
    if (tag === 'set') return this.#set(at)
    if (tag === 'include' || tag === 'import' || tag === 'from' || tag === 'extends') {
      const path = this.#expr()
      this.#skipTag()
      return { kind: 'file', tag, path, at }
    }
    if (SIMPLE.has(tag)) {
      const exprs = this.#peek().kind === 'close-tag' ? [] : [this.#tuple()]
      this.#close('close-tag')
      return { kind: 'block', exprs, body: [], at }
    }
    const end = BLOCKS[tag]
    if (end === undefined) return undefined
    const exprs = this.#header()
    const body = this.#body([end])
    this.#at++
    this.#skipTag()
    return { kind: 'block', exprs, body, at }
  }

  /** What stands in the tag of a macro, call, filter or with: expressions, read as far as they go. */
  #header(): Expr[] {
    const exprs: Expr[] = []
    while (this.#peek().kind !== 'close-tag') {
      if (this.#peek().kind === 'end') throw new JinjaError('a tag is not closed')
      const token = this.#peek()
      if (token.kind === 'op' && !['(', '[', '{', '-', '+'].includes(token.text)) this.#at++
      else exprs.push(this.#expr())
    }
    this.#at++
    return exprs
  }

  #skipTag(): void {
    while (this.#peek().kind !== 'close-tag')
      if (this.#next().kind === 'end') throw new JinjaError('a tag is not closed')
    this.#at++
  }

  #if(at: number): Stmt {
    const test = this.#tuple()
    this.#close('close-tag')
    const body = this.#body(['elif', 'else', 'endif'])
    const end = this.#next().text
    if (end === 'elif') return { kind: 'if', test, body, other: [this.#deeper(() => this.#if(at))], at }
    this.#close('close-tag')
    if (end === 'endif') return { kind: 'if', test, body, other: [], at }
    const other = this.#body(['endif'])
    this.#at++
    this.#close('close-tag')
    return { kind: 'if', test, body, other, at }
  }

  #for(at: number): Stmt {
    const target = [this.#next().text]
    while (this.#take(',')) target.push(this.#next().text)
    if (!this.#take('in', 'name')) throw new JinjaError('"in" is missing')
    const over = this.#or()
    const test = this.#take('if', 'name') ? this.#expr() : undefined
    this.#take('recursive', 'name')
    this.#close('close-tag')
    const body = this.#body(['else', 'endfor'])
    const hasElse = this.#next().text === 'else'
    this.#close('close-tag')
    if (!hasElse) return { kind: 'for', target, over, test, body, other: [], at }
    const other = this.#body(['endfor'])
    this.#at++
    this.#close('close-tag')
    return { kind: 'for', target, over, test, body, other, at }
  }

  #set(at: number): Stmt {
    const target = [this.#next().text]
    while (this.#take('.') || this.#take(',')) target.push(this.#next().text)
    if (this.#take('=')) {
      const value = this.#tuple()
      this.#close('close-tag')
      return { kind: 'set', target, value, body: [], at }
    }
    this.#skipTag()
    const body = this.#body(['endset'])
    this.#at++
    this.#close('close-tag')
    return { kind: 'set', target, value: undefined, body, at }
  }

  #tuple(): Expr {
    const first = this.#expr()
    if (!this.#is(',')) return first
    const items = [first]
    while (this.#take(',')) if (!this.#peek().kind.startsWith('close')) items.push(this.#expr())
    return { kind: 'list', items }
  }

  #expr(): Expr {
    return this.#deeper(() => {
      const yes = this.#or()
      if (!this.#take('if', 'name')) return yes
      const test = this.#or()
      const no = this.#take('else', 'name') ? this.#expr() : undefined
      return { kind: 'cond', test, yes, no }
    })
  }

  #or(): Expr {
    let left = this.#and()
    while (this.#take('or', 'name')) left = { kind: 'binary', op: 'or', left, right: this.#and() }
    return left
  }

  #and(): Expr {
    let left = this.#not()
    while (this.#take('and', 'name')) left = { kind: 'binary', op: 'and', left, right: this.#not() }
    return left
  }

  #not(): Expr {
    if (this.#take('not', 'name')) return this.#deeper(() => ({ kind: 'unary', op: 'not', of: this.#not() }))
    return this.#compare()
  }

  #compare(): Expr {
    let left = this.#binary(0)
    for (;;) {
      const { text, kind } = this.#peek()
      if (kind === 'op' && COMPARE.has(text)) {
        this.#at++
        left = { kind: 'binary', op: text, left, right: this.#binary(0) }
      } else if (this.#take('in', 'name')) left = { kind: 'binary', op: 'in', left, right: this.#binary(0) }
      else if (kind === 'name' && text === 'not' && this.#peek(1).text === 'in') {
        this.#at += 2
        left = { kind: 'binary', op: 'in', left, right: this.#binary(0) }
      } else return left
    }
  }

  #binary(level: number): Expr {
    const operators = BINARY[level]
    if (!operators) return this.#unary()
    let left = this.#binary(level + 1)
    for (;;) {
      const { text, kind } = this.#peek()
      if (kind !== 'op' || !operators.includes(text)) return left
      this.#at++
      left = { kind: 'binary', op: text, left, right: this.#binary(level + 1) }
    }
  }

  #unary(): Expr {
    const { text, kind } = this.#peek()
    if (kind === 'op' && (text === '-' || text === '+')) {
      this.#at++
      return this.#deeper(() => ({ kind: 'unary', op: text, of: this.#unary() }))
    }
    const base = this.#postfix(this.#primary())
    if (!this.#take('**')) return base
    return { kind: 'binary', op: '**', left: base, right: this.#deeper(() => this.#unary()) }
  }

  #primary(): Expr {
    const token = this.#next()
    if (token.kind === 'string') {
      let text = token.text
      while (this.#peek().kind === 'string') text += this.#next().text
      return { kind: 'const', value: text }
    }
    if (token.kind === 'number') return { kind: 'const', value: Number(token.text.replaceAll('_', '')) }
    if (token.kind === 'name') {
      const word = token.text.toLowerCase()
      if (word === 'true' || word === 'false') return { kind: 'const', value: word === 'true' }
      return word === 'none' ? { kind: 'const', value: null } : { kind: 'name', name: token.text }
    }
    if (token.kind === 'op' && token.text === '(') {
      const items = this.#items(')')
      return items.length === 1 && items[0] && this.#peek(-2).text !== ',' ? items[0] : { kind: 'list', items }
    }
    if (token.kind === 'op' && token.text === '[') return { kind: 'list', items: this.#items(']') }
    if (token.kind === 'op' && token.text === '{') return { kind: 'list', items: this.#items('}') }
    throw new JinjaError('an expression is missing')
  }

  /** Of lists, tuples and dictionaries; of the last keys and values in turn. */
  #items(end: string): Expr[] {
    const items: Expr[] = []
    while (!this.#take(end)) {
      items.push(this.#expr())
      if (!this.#take(',') && !this.#take(':') && !this.#is(end)) throw new JinjaError(`"${end}" is missing`)
    }
    return items
  }

  #postfix(base: Expr): Expr {
    let of = base
    for (;;) {
      if (this.#take('.')) {
        of = { kind: 'get', of, key: { kind: 'const', value: this.#next().text }, dotted: true }
      } else if (this.#take('[')) of = this.#subscript(of)
      else if (this.#take('(')) of = { kind: 'call', of, ...this.#args() }
      else if (this.#take('|')) {
        const name = this.#path()
        const { args, named } = this.#take('(') ? this.#args() : { args: [], named: [] }
        of = { kind: 'filter', name, of, args, named }
      } else if (this.#is('is', 'name')) of = this.#test(of)
      else return of
    }
  }

  #path(): string {
    let name = this.#next().text
    while (this.#take('.')) name += `.${this.#next().text}`
    return name
  }

  #test(of: Expr): Expr {
    this.#at++
    this.#take('not', 'name')
    const name = this.#path()
    const { kind, text } = this.#peek()
    const isArgument =
      kind === 'string' ||
      kind === 'number' ||
      (kind === 'name' && !['and', 'or', 'not', 'in', 'is', 'if', 'else', 'recursive'].includes(text)) ||
      (kind === 'op' && (text === '[' || text === '{'))
    if (this.#take('(')) return { kind: 'test', name, of, args: this.#args().args }
    return { kind: 'test', name, of, args: isArgument ? [this.#postfixOf()] : [] }
  }

  #postfixOf(): Expr {
    return this.#deeper(() => this.#postfix(this.#primary()))
  }

  #subscript(of: Expr): Expr {
    const parts: (Expr | undefined)[] = []
    let isSlice = false
    let part: Expr | undefined
    while (!this.#take(']')) {
      if (this.#take(':')) {
        isSlice = true
        parts.push(part)
        part = undefined
      } else if (!this.#take(',')) part = this.#expr()
    }
    if (isSlice) return { kind: 'slice', of, parts: [...parts, part] }
    if (!part) throw new JinjaError('a subscript is empty')
    return { kind: 'get', of, key: part, dotted: false }
  }

  #args(): { args: Expr[]; named: [string, Expr][] } {
    const args: Expr[] = []
    const named: [string, Expr][] = []
    while (!this.#take(')')) {
      if (this.#take('*') || this.#take('**')) args.push(this.#expr())
      else if (this.#peek().kind === 'name' && this.#peek(1).text === '=' && this.#peek(1).kind === 'op') {
        const name = this.#next().text
        this.#at++
        named.push([name, this.#expr()])
      } else args.push(this.#expr())
      if (!this.#take(',') && !this.#is(')')) throw new JinjaError('")" is missing')
    }
    return { args, named }
  }
}
