// What several rules ask of the sources.
import { isTest } from '../classify.ts'
import type { Evidence } from '../find/evidence.ts'
import { type Around, tellingIn } from '../find/visit.ts'
import type { Call, Expr, Unit } from '../syntax/expr.ts'
import type { Hit } from './define.ts'

/** Every call in code that is no test, with what surrounds it. */
export function* calls(evidence: Evidence, of: (unit: Unit) => boolean = () => true): Generator<[Call, Around]> {
  for (const [expr, around] of expressions(evidence, of)) if (expr.kind === 'call') yield [expr, around]
}

/** Every call, map, text and path of several words. */
export function* expressions(
  evidence: Evidence,
  of: (unit: Unit) => boolean = () => true,
): Generator<readonly [Expr, Around]> {
  for (const unit of evidence.project.units)
    if (!isTest(unit.file) && evidence.usesAi(unit) && of(unit)) yield* tellingIn(unit)
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
