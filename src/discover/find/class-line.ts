// The classes above a class, as far as the project says them: `FindTool` is a `DatabaseTool`, which is a `ToolBase`.
import { type Expr, pathOf, type Unit } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'
import type { ClassStatement, Project } from './project.ts'

interface Above {
  /** As the class below writes it, without its types. */
  path: string
  /** Where that is written. */
  unit: Unit
  /** The class itself, where it is one of the project. */
  held?: ClassHeld
}

interface ClassHeld {
  unit: Unit
  held: ClassStatement
}

const MOST_ABOVE = 40

/** `Base[int]`, `Base<X>(…)`: what stands in brackets is no part of the name. */
export const pathOfBase = (base: Expr): string =>
  pathOf(base.kind === 'call' ? base.callee : base).replace(/[[<(].*$/s, '')

export const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

export function classesAbove(one: ClassStatement, unit: Unit, evidence: Evidence): Above[] {
  const found: Above[] = []
  const waiting: ClassHeld[] = [{ held: one, unit }]
  const seen = new Set([one])
  for (let next = waiting.shift(); next && found.length < MOST_ABOVE; next = waiting.shift()) {
    for (const base of next.held.bases) {
      const path = pathOfBase(base)
      const held = evidence.project.classNamed(lastOf(path), next.unit)
      found.push({ path, unit: next.unit, ...(held === undefined || held.held === next.held ? {} : { held }) })
      if (held && !seen.has(held.held)) {
        seen.add(held.held)
        waiting.push(held)
      }
    }
  }
  return found
}

/** The classes right below it, by name. */
export function childrenOf(one: ClassStatement, { project }: Evidence): ClassHeld[] {
  let children = below.get(project)
  if (!children) below.set(project, (children = childrenIn(project)))
  return (children.get(one.name) ?? []).filter(({ held }) => held !== one)
}

const below = new WeakMap<Project, ReadonlyMap<string, readonly ClassHeld[]>>()

function childrenIn({ units }: Project): Map<string, ClassHeld[]> {
  const children = new Map<string, ClassHeld[]>()
  for (const unit of units) {
    for (const held of unit.statements) {
      if (held.kind !== 'class') continue
      for (const name of new Set(held.bases.map((base) => lastOf(pathOfBase(base))))) {
        const others = children.get(name)
        if (others) others.push({ unit, held })
        else children.set(name, [{ unit, held }])
      }
    }
  }
  return children
}

export const hasChildren = (one: ClassStatement, evidence: Evidence): boolean => childrenOf(one, evidence).length > 0
