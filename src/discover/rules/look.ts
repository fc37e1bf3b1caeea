// What several rules ask of the sources.
import { type Around, CALLS, metIn } from '../find/visit.ts'
import type { Call, Expr, Unit } from '../syntax/expr.ts'
import type { Hit } from './define.ts'

/** Every expression of a unit that is a call, with what surrounds it. */
export function* calls(unit: Unit): Generator<[Call, Around]> {
  for (const met of metIn(unit, CALLS)) if (met.expr.kind === 'call') yield [met.expr, met]
}

export const hit = (unit: Unit, line: number, subject: string, more: Partial<Hit> = {}): Hit => ({
  file: unit.file,
  line,
  subject: subject.slice(0, 200),
  ...more,
})

export const isTrue = (expr: Expr | undefined): boolean => expr?.kind === 'constant' && expr.value === true
export const isFalse = (expr: Expr | undefined): boolean => expr?.kind === 'constant' && expr.value === false

export const textsOf = (expr: Expr | undefined): string[] =>
  expr?.kind === 'text'
    ? [expr.value]
    : expr?.kind === 'list'
      ? expr.items.flatMap(textsOf)
      : expr?.kind === 'join'
        ? [expr.parts.map((part) => (part.kind === 'text' ? part.value : '*')).join('')]
        : []

/** An address of this machine or of a network of one's own: nobody outside is on the way. */
export const isNear = (url: string): boolean =>
  /^\w+:\/\/(?:[^@/]*@)?(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|10\.|192\.168\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|172\.(?:1[6-9]|2\d|3[01])\.|[^./]+(?:[:/]|$)|[\w.*-]+\.(?:localhost|local|internal|lan|test|svc|svc\.cluster\.local)(?:[:/]|$))/i.test(
    url,
  )
