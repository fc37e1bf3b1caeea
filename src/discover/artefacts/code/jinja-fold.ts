// What an expression of a template comes to when it depends on nothing from outside: text put together from pieces,
// reversed, joined or formatted is how an attribute's name is hidden from whoever searches for it.
import type { Expr } from './jinja-parse.ts'

export type Folded = string | number | boolean | null | Folded[]

const MOST_TEXT = 10_000

/** Values that names were set to; several where it depends. */
export type Known = ReadonlyMap<string, readonly Folded[]>

export function fold(expr: Expr | undefined, known: Known): Folded | undefined {
  if (!expr) return undefined
  const value = compute(expr, known)
  if (typeof value === 'string') return value.slice(0, MOST_TEXT)
  return value
}

function compute(expr: Expr, known: Known): Folded | undefined {
  switch (expr.kind) {
    case 'const':
      return expr.value
    case 'name': {
      const values = known.get(expr.name)
      return values?.length === 1 ? values[0] : undefined
    }
    case 'list': {
      const items = expr.items.map((item) => fold(item, known))
      return items.every((item) => item !== undefined) ? items : undefined
    }
    case 'unary': {
      const of = fold(expr.of, known)
      return expr.op === '-' && typeof of === 'number' ? -of : expr.op === '+' ? of : undefined
    }
    case 'binary':
      return binary(expr.op, fold(expr.left, known), fold(expr.right, known))
    case 'get': {
      const of = fold(expr.of, known)
      const key = fold(expr.key, known)
      return typeof key === 'number' && (typeof of === 'string' || Array.isArray(of)) ? of.at(key) : undefined
    }
    case 'slice':
      return slice(
        fold(expr.of, known),
        expr.parts.map((part) => fold(part, known)),
      )
    case 'filter':
      return filter(
        expr.name,
        fold(expr.of, known),
        [...expr.args, ...expr.named.map(([, value]) => value)].map((arg) => fold(arg, known)),
      )
    case 'call':
      // Its keys are written as names, and a filter makes a text of them.
      if (expr.of.kind === 'name' && expr.of.name === 'dict') return expr.named.map(([key]) => key)
      if (expr.of.kind !== 'get') return undefined
      return method(
        fold(expr.of.key, known),
        fold(expr.of.of, known),
        expr.args.map((arg) => fold(arg, known)),
      )
    case 'cond':
      return fold(expr.yes, known)
    case 'test':
      return undefined
  }
}

const text = (value: Folded | undefined): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

function binary(op: string, left: Folded | undefined, right: Folded | undefined): Folded | undefined {
  if (op === '~' || (op === '+' && (typeof left === 'string' || typeof right === 'string'))) {
    const [a, b] = [text(left), text(right)]
    return a === undefined || b === undefined ? undefined : a + b
  }
  if (op === '%' && typeof left === 'string') return format(left, Array.isArray(right) ? right : [right])
  if (typeof left === 'number' && typeof right === 'number') return arithmetic(op, left, right)
  if (op === '*' && typeof left === 'string' && typeof right === 'number')
    return left.repeat(Math.max(0, Math.min(right, 100)))
  return undefined
}

function arithmetic(op: string, a: number, b: number): number | undefined {
  return { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '//': Math.floor(a / b), '%': a % b, '**': a ** b }[op]
}

function slice(of: Folded | undefined, [from, to, step]: (Folded | undefined)[]): Folded | undefined {
  if (typeof of !== 'string') return undefined
  if (step === -1) return [...of].toReversed().join('')
  const part = of.slice(typeof from === 'number' ? from : 0, typeof to === 'number' ? to : undefined)
  return typeof step === 'number' && step > 1 ? [...part].filter((_, i) => i % step === 0).join('') : part
}

function filter(name: string, of: Folded | undefined, args: (Folded | undefined)[]): Folded | undefined {
  if (name === 'join') return Array.isArray(of) ? of.map((item) => text(item) ?? '').join(text(args[0]) ?? '') : of
  if (name === 'format') return typeof of === 'string' ? format(of, args) : undefined
  if (typeof of !== 'string')
    return name === 'list' || name === 'first' || name === 'last' ? listed(name, of) : undefined
  return method(name, of, args)
}

function listed(name: string, of: Folded | undefined): Folded | undefined {
  if (!Array.isArray(of)) return undefined
  return name === 'first' ? of[0] : name === 'last' ? of.at(-1) : of
}

function method(name: Folded | undefined, of: Folded | undefined, args: (Folded | undefined)[]): Folded | undefined {
  if (typeof of !== 'string') return undefined
  const [a, b] = [text(args[0]), text(args[1])]
  switch (name) {
    case 'lower':
    case 'upper':
      return name === 'lower' ? of.toLowerCase() : of.toUpperCase()
    case 'reverse':
      return [...of].toReversed().join('')
    case 'replace':
      return a === undefined || b === undefined ? undefined : of.replaceAll(a, b)
    case 'join':
      return Array.isArray(args[0]) ? args[0].map((item) => text(item) ?? '').join(of) : undefined
    case 'format':
      return format(of.replaceAll(/\{(?:\d+)?\}/g, '%s'), args)
    case 'trim':
    case 'strip':
    case 'safe':
    case 'string':
    case 'e':
      return of.trim()
    default:
      return undefined
  }
}

function format(pattern: string, args: readonly (Folded | undefined)[]): string {
  let next = 0
  return pattern.replaceAll(/%(?<kind>[scd])/g, (_, kind: string) => {
    const arg = args[next++]
    if (kind === 'c' && typeof arg === 'number') return String.fromCharCode(arg & 0xffff)
    return text(arg) ?? ''
  })
}
