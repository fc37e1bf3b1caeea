// The one shape that all sources are brought into: expressions and statements that mean the same in every language and
// in every format of configuration. What finds things reads this and never asks which language it was.

interface At {
  line: number
}

export interface Text extends At {
  kind: 'text'
  value: string
}

export interface Named extends At {
  kind: 'call'
  callee: Expr
  args: Expr[]
  /** Keyword arguments, and the fields of a struct or of an initialiser. */
  named: [name: string, value: Expr][]
  /** The last line of the call. */
  end: number
}
export type Call = Named

export interface MapOf extends At {
  kind: 'map'
  entries: [key: Expr, value: Expr][]
  end: number
}

export type Expr =
  | Text
  | Call
  | MapOf
  | (At & { kind: 'name'; name: string })
  | (At & { kind: 'member'; of: Expr; name: string })
  | (At & { kind: 'index'; of: Expr; key: Expr })
  /** Pieces that make one text; what is not known stands as an expression. */
  | (At & { kind: 'join'; parts: Expr[] })
  /** One of them, whichever holds: ternary, `or`, `??`. */
  | (At & { kind: 'either'; options: Expr[] })
  | (At & { kind: 'list'; items: Expr[] })
  /** Asked about, not used: `==`, `in`, `case`. */
  | (At & { kind: 'compare'; parts: Expr[] })
  /** `gives`: what it comes to, where it is a single expression. `params`: what it names of what it is given first. */
  | (At & { kind: 'function'; end: number; gives?: Expr; params?: readonly string[] })
  | (At & { kind: 'number'; value: number })
  | (At & { kind: 'constant'; value: boolean | null })
  | (At & { kind: 'other'; parts: Expr[] })

export interface Parameter {
  name: string
  type?: string
  value?: Expr
}

export type Statement =
  /** `own`: the target is a member of the object itself. */
  | { kind: 'assign'; target: string; value: Expr; type?: string; scope: string; line: number; own?: true }
  | { kind: 'do'; value: Expr; scope: string; line: number; returns?: boolean }
  | { kind: 'import'; module: string; names: { name: string; as: string }[]; line: number }
  | {
      kind: 'function'
      name: string
      params: Parameter[]
      decorators: Expr[]
      doc?: string
      scope: string
      line: number
      end: number
    }
  | {
      kind: 'class'
      name: string
      bases: Expr[]
      decorators: Expr[]
      doc?: string
      scope: string
      line: number
      end: number
    }

/** What a document means, where it is not plain code: two formats of the same look are told apart when they are read. */
export const FORMATS = ['code', 'json', 'yaml', 'toml', 'env', 'properties', 'terraform', 'notebook'] as const
export type Format = (typeof FORMATS)[number]

export interface Unit {
  file: string
  format: Format
  language: string
  statements: Statement[]
  /** The whole document, where the format has no statements. */
  documents: Expr[]
  /** What rules look for without any library of AI may be in it. */
  loose?: boolean
  /** No word of AI stands in it: it only says how the project is called and put together. */
  quiet?: boolean
}

/** `a.b().c` as it is written, `?` where something else stands. */
export function pathOf(expr: Expr | undefined, depth = 0): string {
  if (!expr || depth > 40) return '?'
  if (expr.kind === 'name') return expr.name
  if (expr.kind === 'member') return `${pathOf(expr.of, depth + 1)}.${expr.name}`
  if (expr.kind === 'call') return `${pathOf(expr.callee, depth + 1)}()`
  if (expr.kind === 'index') {
    const key = expr.key.kind === 'text' ? expr.key.value : '?'
    return `${pathOf(expr.of, depth + 1)}[${key}]`
  }
  return '?'
}

/** The last word of a path: `b` of `a.b` and of `a.b()`. */
export function lastName(expr: Expr | undefined): string {
  if (!expr) return ''
  if (expr.kind === 'name') return expr.name.slice(expr.name.lastIndexOf('.') + 1)
  if (expr.kind === 'member') return expr.name
  if (expr.kind === 'call') return lastName(expr.callee)
  return ''
}

export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'call':
      return [expr.callee, ...expr.args, ...expr.named.map(([, value]) => value)]
    case 'map':
      return expr.entries.flat()
    case 'member':
      return [expr.of]
    case 'index':
      return [expr.of, expr.key]
    case 'join':
    case 'compare':
    case 'other':
      return expr.parts
    case 'either':
      return expr.options
    case 'list':
      return expr.items
    default:
      return []
  }
}

/** The value of a key or of a keyword, whichever the expression has. */
export function field(expr: Expr | undefined, ...names: readonly string[]): Expr | undefined {
  if (expr?.kind === 'call') return expr.named.find(([name]) => names.includes(name))?.[1]
  return expr?.kind === 'map' ? entryOf(expr, ...names)?.[1] : undefined
}

/** The first entry that has one of these keys. */
export function entryOf(map: MapOf, ...names: readonly string[]): readonly [Expr, Expr] | undefined {
  if (map.entries.length < INDEXED) return map.entries.find(([key]) => key.kind === 'text' && names.includes(key.value))
  const places = placesIn(map)
  const first = Math.min(...names.map((name) => places.get(name) ?? Infinity))
  return map.entries[first]
}

/** Each of many entries may be asked for by somebody. */
const INDEXED = 50
const indices = new WeakMap<MapOf, ReadonlyMap<string, number>>()

function placesIn(map: MapOf): ReadonlyMap<string, number> {
  const known = indices.get(map)
  if (known) return known
  const places = new Map<string, number>()
  for (const [i, [key]] of map.entries.entries())
    if (key.kind === 'text' && !places.has(key.value)) places.set(key.value, i)
  indices.set(map, places)
  return places
}

export function textField(expr: Expr | undefined, ...names: readonly string[]): string | undefined {
  const value = field(expr, ...names)
  return value?.kind === 'text' ? value.value : undefined
}

export function endOf(expr: Expr): number {
  return 'end' in expr ? expr.end : expr.line
}
