// What a chat template would do to whoever renders it: leave the sandbox, read files, run without end, or put words into the
// conversation that nobody there wrote. Read as code, so that neither spelling nor order hides it.
import type { TechniqueId } from '../techniques.ts'
import { type Folded, fold } from './jinja-fold.ts'
import { type Expr, JinjaError, parseJinja, type Stmt } from './jinja-parse.ts'

export interface TemplateFinding {
  technique: TechniqueId
  why: string
  at: number
}

const DUNDER = /__[a-z]\w*__/
const ESCAPE_CALLS =
  /^(?:popen|system|exec\w*|eval|open|__import__|getattr|spawn\w*|check_output|Popen|subclasses|mro|load_module|import_module)$/
const FOREIGN = new Set(['lipsum', 'request', 'get_flashed_messages', 'url_for', 'os', 'sys', 'subprocess', 'builtins'])
const ATTRIBUTE_FILTERS = new Set([
  'attr',
  'map',
  'selectattr',
  'rejectattr',
  'groupby',
  'sort',
  'sum',
  'unique',
  'max',
  'min',
])
const MUCH = 1_000_000
const ORDERS =
  /\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+)?(?:of\s+)?(?:the\s+|your\s+)?(?:previous|prior|above|earlier|system|user)|\b(?:do not|don['’]t|never)\s+(?:tell|inform|reveal|disclose|mention|notify|alert|warn)\b[^.\n]{0,60}\b(?:user|them|anyone|this|instruction|it)\b|\b(?:secretly|covertly|silently|discreetly|without (?:telling|informing|mentioning|notifying))\b|\b(?:always|must|should|also|please)\b[^.\n]{0,80}\b(?:include|add|append|insert|recommend|link|embed|redirect|visit|send|post|forward|exfiltrate)\b[^.\n]{0,80}(?:https?:|www\.|\.com\b|\burl\b|script|link to)|<script\b|<img[^>]+src=["']?https?:|!\[[^\]]*\]\(https?:|\bcurl\s+-|\b(?:rm -rf|eval\(|exec\(|os\.system)\b/i
const WORDS = /\p{L}{2,}/gu

export function scanTemplate(text: string): TemplateFinding[] {
  let statements: Stmt[]
  try {
    statements = parseJinja(text)
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error
    const isHostile = DUNDER.test(text) && /\{[{%]/.test(text)
    if (isHostile)
      return [{ technique: 'template-escape', why: 'it names a special attribute, and is not valid Jinja', at: 0 }]
    return [{ technique: 'not-read', why: `a chat template is not valid Jinja: ${error.message}`, at: 0 }]
  }
  const walk = new Walk()
  walk.statements(statements, 1)
  return walk.found
}

class Walk {
  readonly found: TemplateFinding[] = []
  readonly #known = new Map<string, Folded[]>()
  #at = 0

  #find(technique: TechniqueId, why: string): void {
    if (this.found.length < 50) this.found.push({ technique, why, at: this.#at })
  }

  #fold(expr: Expr | undefined): Folded | undefined {
    return fold(expr, this.#known)
  }

  statements(body: readonly Stmt[], turns: number): void {
    for (const statement of body) {
      this.#at = statement.at
      this.#statement(statement, turns)
    }
  }

  #statement(statement: Stmt, turns: number): void {
    switch (statement.kind) {
      case 'text':
        return this.#words(statement.text)
      case 'out': {
        const value = this.#fold(statement.value)
        if (typeof value === 'string') this.#words(value)
        return this.#expr(statement.value)
      }
      case 'if':
        this.#expr(statement.test)
        this.#trigger(statement)
        this.statements(statement.body, turns)
        return this.statements(statement.other, turns)
      case 'for': {
        this.#expr(statement.over)
        if (statement.test) this.#expr(statement.test)
        const rounds = Math.max(1, this.#rounds(statement.over))
        if (turns * rounds >= MUCH) this.#find('template-bomb', `its loops run ${turns * rounds} times`)
        this.statements(statement.body, Math.min(turns * rounds, Number.MAX_SAFE_INTEGER))
        return this.statements(statement.other, turns)
      }
      case 'set': {
        if (statement.value) this.#expr(statement.value)
        const [name = ''] = statement.target
        const value = this.#fold(statement.value)
        if (statement.target.length === 1 && this.#known.size < 10_000) {
          const values = this.#known.get(name) ?? []
          if (value !== undefined && values.length < 8) this.#known.set(name, [...values, value])
          else this.#known.delete(name)
        }
        return this.statements(statement.body, turns)
      }
      case 'file':
        this.#find('template-reads-files', `it has a tag "${statement.tag}"`)
        return statement.path ? this.#expr(statement.path) : undefined
      case 'block':
        for (const expr of statement.exprs) this.#expr(expr)
        return this.statements(statement.body, turns)
    }
  }

  #rounds(over: Expr): number {
    if (over.kind !== 'call' || over.of.kind !== 'name' || over.of.name !== 'range') return 1
    const numbers = over.args.map((arg) => this.#fold(arg))
    const [from, to] = numbers.length > 1 ? numbers : [0, numbers[0]]
    return typeof from === 'number' && typeof to === 'number' ? Math.max(0, to - from) : 1
  }

  #expr(expr: Expr): void {
    const value = this.#fold(expr)
    if (typeof value === 'string' && DUNDER.test(value))
      this.#find('template-escape', `it uses ${DUNDER.exec(value)?.[0] ?? ''}`)
    switch (expr.kind) {
      case 'const':
        return
      case 'name':
        if (DUNDER.test(expr.name)) this.#find('template-escape', `it uses ${expr.name}`)
        return
      case 'get':
        this.#get(expr)
        return
      case 'call':
        return this.#call(expr)
      case 'filter':
        return this.#filter(expr)
      case 'test':
        return this.#each([expr.of, ...expr.args])
      case 'binary':
        return this.#binary(expr)
      case 'slice':
        return this.#each([expr.of, ...expr.parts.filter((part) => part !== undefined)])
      case 'unary':
        return this.#expr(expr.of)
      case 'list':
        return this.#each(expr.items)
      case 'cond':
        return this.#each([expr.test, expr.yes, ...(expr.no ? [expr.no] : [])])
    }
  }

  #each(exprs: readonly Expr[]): void {
    for (const expr of exprs) this.#expr(expr)
  }

  #get({ of, key, dotted }: Extract<Expr, { kind: 'get' }>): void {
    const name = this.#fold(key)
    if (typeof name === 'string' && (DUNDER.test(name) || (dotted && name.startsWith('_'))))
      this.#find('template-escape', `it takes the attribute ${name.slice(0, 60)}`)
    if (of.kind === 'name' && FOREIGN.has(of.name) && dotted)
      this.#find('template-escape', `it reaches into ${of.name}`)
    this.#expr(of)
    if (!dotted) this.#expr(key)
  }

  #call({ of, args, named }: Extract<Expr, { kind: 'call' }>): void {
    const name = of.kind === 'name' ? of.name : of.kind === 'get' ? this.#fold(of.key) : undefined
    if (typeof name === 'string' && ESCAPE_CALLS.test(name)) this.#find('template-escape', `it calls ${name}`)
    const special = named.find(([key]) => DUNDER.test(key))
    if (special) this.#find('template-escape', `it makes the name ${special[0].slice(0, 60)}`)
    if (name === 'range' && of.kind === 'name' && this.#rounds({ kind: 'call', of, args, named }) >= MUCH)
      this.#find('template-bomb', 'it counts to more than a million')
    this.#each([of, ...args, ...named.map(([, value]) => value)])
  }

  #filter({ name, of, args, named }: Extract<Expr, { kind: 'filter' }>): void {
    const attributes = [...args, ...named.filter(([key]) => key === 'attribute').map(([, value]) => value)]
    if (ATTRIBUTE_FILTERS.has(name)) {
      for (const attribute of attributes.slice(0, 2)) {
        const value = this.#fold(attribute)
        if (typeof value === 'string' && /^_|\._/.test(value))
          this.#find('template-escape', `it takes the attribute ${value.slice(0, 60)}`)
        if (value === undefined && name === 'attr')
          this.#find('template-dynamic', 'it computes the name of an attribute')
      }
      const values = args.map((arg) => this.#fold(arg))
      if (name === 'map' && values[0] === 'attr')
        this.#find('template-dynamic', 'it takes attributes by a mapped filter')
    }
    this.#each([of, ...args, ...named.map(([, value]) => value)])
  }

  #binary({ op, left, right }: Extract<Expr, { kind: 'binary' }>): void {
    const [a, b] = [this.#fold(left), this.#fold(right)]
    const isLong =
      op === '*' &&
      ((typeof b === 'number' && b >= MUCH && typeof a !== 'number') ||
        (typeof a === 'number' && a >= MUCH && typeof b !== 'number'))
    const isHuge =
      op === '**' && typeof a === 'number' && typeof b === 'number' && Math.abs(b * Math.log10(Math.abs(a) || 1)) > 300
    if (isLong || isHuge) this.#find('template-bomb', 'it computes a giant value')
    this.#each([left, right])
  }

  #words(text: string): void {
    if (ORDERS.test(text))
      this.#find('template-instructs', 'its own text gives the model orders that its user does not see')
  }

  /** Text that appears only when a user speaks of something, or after a day. */
  #trigger({ test, body }: Extract<Stmt, { kind: 'if' }>): void {
    const trigger = triggerOf(test, (expr) => this.#fold(expr))
    if (trigger === undefined) return
    const text = body.map((statement) => saidBy(statement, (expr) => this.#fold(expr))).join(' ')
    if ((text.match(WORDS) ?? []).length >= 4)
      this.#find('template-instructs', `it adds words of its own when ${trigger}`)
  }
}

type Fold = (expr: Expr) => Folded | undefined

function triggerOf(test: Expr, folded: Fold): string | undefined {
  if (test.kind === 'binary' && (test.op === 'and' || test.op === 'or'))
    return triggerOf(test.left, folded) ?? triggerOf(test.right, folded)
  if (test.kind === 'unary' && test.op === 'not') return undefined
  if (test.kind === 'binary') {
    const { op, left, right } = test
    if (op === 'in' && isPlainWord(folded(left)) && speaksOf(right, 'content')) return 'a message holds a certain word'
    if (/^(?:[<>]=?|==|in)$/.test(op) && [left, right].some((side) => speaksOf(side, 'strftime_now')))
      return 'the date is right'
    if (
      op === '==' &&
      [left, right].some((side) => isPlainWord(folded(side)) && String(folded(side)).includes(' ')) &&
      [left, right].some((side) => speaksOf(side, 'content'))
    )
      return 'a message says certain words'
    if (/^[<>]=?$|^==$/.test(op) && [left, right].some((side) => isLengthOf(side))) return undefined
  }
  if (test.kind === 'call' && test.of.kind === 'get') {
    const method = folded(test.of.key)
    const isSearch = typeof method === 'string' && /^(?:startswith|endswith|find|count|index)$/.test(method)
    if (isSearch && test.args.some((arg) => isPlainWord(folded(arg))) && speaksOf(test.of.of, 'content'))
      return 'a message holds a certain word'
  }
  return undefined
}

const isLengthOf = (expr: Expr) => expr.kind === 'filter' && (expr.name === 'length' || expr.name === 'count')

/** A word of a person, not a mark of a format. */
function isPlainWord(value: Folded | undefined): boolean {
  if (Array.isArray(value)) return value.some((item) => isPlainWord(item))
  return (
    typeof value === 'string' &&
    /^[\p{L}\d][\p{L}\d .,'-]{2,}$/u.test(value.trim()) &&
    !/^(?:true|false|none|null|image|text|audio|video|json)$/i.test(value)
  )
}

function speaksOf(expr: Expr, word: string): boolean {
  switch (expr.kind) {
    case 'name':
      return (
        expr.name === word ||
        (word === 'content' && /content|message|prompt|query|last/i.test(expr.name) && !/role|type/.test(expr.name))
      )
    case 'get':
      return (
        (expr.key.kind === 'const' && expr.key.value === word) ||
        (!(expr.key.kind === 'const' && /^(?:role|type|name)$/.test(String(expr.key.value))) &&
          expr.of.kind !== 'name' &&
          speaksOf(expr.of, word))
      )
    case 'call':
    case 'filter':
      return speaksOf(expr.of, word)
    case 'binary':
      return speaksOf(expr.left, word) || speaksOf(expr.right, word)
    default:
      return false
  }
}

function saidBy(statement: Stmt, folded: Fold): string {
  if (statement.kind === 'text') return statement.text
  if (statement.kind === 'out') return stringsOf(statement.value, folded)
  if (statement.kind === 'set')
    return statement.value
      ? stringsOf(statement.value, folded)
      : statement.body.map((inner) => saidBy(inner, folded)).join(' ')
  if (statement.kind === 'if' || statement.kind === 'for')
    return statement.body.map((inner) => saidBy(inner, folded)).join(' ')
  return ''
}

function stringsOf(expr: Expr, folded: Fold): string {
  const value = folded(expr)
  if (typeof value === 'string') return value.replaceAll(/<\|?[^>]*\|?>|\[\/?[A-Z_]+\]/g, ' ')
  if (expr.kind === 'binary') return `${stringsOf(expr.left, folded)} ${stringsOf(expr.right, folded)}`
  if (expr.kind === 'filter') return stringsOf(expr.of, folded)
  return ''
}
