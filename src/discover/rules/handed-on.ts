// Components that are handed the words of a model, and the functions that they are: of the same file, or of one that it
// imports, and what those hand on in their turn.
import type { Evidence } from '../find/evidence.ts'
import { pathOf, type Unit } from '../syntax/expr.ts'
import { isCleaning } from './cleaners.ts'
import { type Carries, flowOf, type Given, localsOf } from './flow.ts'
import { calls } from './look.ts'

const MOST_STEPS = 3
const MOST_COMPONENTS = 100
const COMPONENT = /^<(\w+)>$/

/** Each file in which the words go on, and what carries them there. */
export function handedOn(unit: Unit, evidence: Evidence, carries: Carries): [Unit, Carries][] {
  const found: [Unit, Carries][] = []
  const known = new Set<string>()
  let fresh: [Unit, Carries][] = [[unit, carries]]
  for (let step = 0; step < MOST_STEPS && fresh.length > 0; step++) {
    const next: [Unit, Carries][] = []
    for (const [from, carried] of fresh) {
      for (const [call, { scope }] of calls(from)) {
        const [, name] = COMPONENT.exec(pathOf(call.callee)) ?? []
        if (name === undefined) continue
        const handed = call.named.flatMap(([key, value]) => (carried(value, scope, call.line) ? [key] : []))
        if (handed.length === 0 || known.size >= MOST_COMPONENTS) continue
        for (const [home, given] of homesOf(name, from, evidence, handed)) {
          const key = `${home.file}:${given.from}:${handed.join()}`
          if (known.has(key)) continue
          known.add(key)
          next.push([home, flowInto(home, given, evidence)])
        }
      }
    }
    found.push(...next)
    fresh = next
  }
  return found
}

/** The functions that a component may be, with the names under which they hold what it is handed. */
function homesOf(name: string, unit: Unit, { project }: Evidence, handed: readonly string[]): [Unit, Given][] {
  const from = project.index(unit).imports.get(name)
  const homes = from ? project.unitsOf(unit, from.module) : [unit]
  return homes.flatMap((home) =>
    localsOf(home)
      .filter((local) => local.name === name || (from !== undefined && local.name === from.name))
      .map(({ line, to, params }): [Unit, Given] => {
        const [taken = ''] = params
        // `props` is kept whole; of `{ text }` only what is named there is kept.
        const whole = /^[\w$]+$/.test(taken) && params.length === 1 && !handed.includes(taken)
        return [home, { from: line, to, names: whole ? handed.map((key) => `${taken}.${key}`) : handed }]
      }),
  )
}

function flowInto(unit: Unit, given: Given, evidence: Evidence): Carries {
  return flowOf(unit, {
    starts: (expr, path) => given.from <= expr.line && expr.line <= given.to && given.names.includes(path),
    given: [given],
    passes: (call) => !isCleaning(call, unit, evidence),
  })
}
