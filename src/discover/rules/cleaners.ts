// Functions of a project that clean markup, whatever they are called: something in them is cleaned. Their own file is
// looked at, and the files that they are imported from.
import type { Evidence } from '../find/evidence.ts'
import { type Call, lastName, pathOf, type Unit } from '../syntax/expr.ts'
import { localsOf } from './flow.ts'
import { calls } from './look.ts'

const CLEANS =
  /(?:^|\.)(?:(?:DOM)?purify|bleach|nh3)\.\w+$|(?:^|\.)\w*sanitize\w*$|(?:^|\.)(?:escape(?:_?html)?|filterXSS|xss|htmlspecialchars|htmlentities|encodeURIComponent)$/i

const namesOf = new WeakMap<Unit, ReadonlySet<string>>()

/** The functions of a file in which something is cleaned. */
function cleanersIn(unit: Unit): ReadonlySet<string> {
  const known = namesOf.get(unit)
  if (known) return known
  const lines: number[] = []
  for (const [call] of calls(unit)) if (CLEANS.test(pathOf(call.callee))) lines.push(call.line)
  const found = new Set(
    lines.length === 0
      ? []
      : localsOf(unit)
          .filter(({ line, to }) => lines.some((at) => line <= at && at <= to))
          .map(({ name }) => name),
  )
  namesOf.set(unit, found)
  return found
}

/** Whether what a call gives back was cleaned by the project itself. */
export function isCleaning({ callee }: Call, unit: Unit, { project }: Evidence): boolean {
  if (!/^(?:(?:self|this)\.)?[\w$]+$/.test(pathOf(callee))) return false
  const name = lastName(callee)
  if (cleanersIn(unit).has(name)) return true
  const from = project.index(unit).imports.get(name)
  return from !== undefined && project.unitsOf(unit, from.module).some((other) => cleanersIn(other).has(from.name))
}
