// What one policy has that another has not: place by place for who reads it, and rule by rule for who must know that a
// guard was loosened. Pure.
import { canonicalJson, type Json, type JsonObject } from '../../lib/canonical-json.ts'
import { once } from '../../lib/once.ts'
import { type Mode, MODES, type Rule } from '../../model/policy.ts'
import { createEnforcement, enforcements } from '../policy.ts'
import type { ServedPolicy } from '../snapshots.ts'

export interface PlaceChange {
  /** As in `routes.chat.models`. */
  place: string
  /** Absent where there was nothing. */
  before?: Json
  after?: Json
}

export interface RuleState {
  mode: Mode
  onFailure: Rule['onFailure']
}

export interface RuleChange {
  route: string
  guard: string
  /** Absent where the route is new. */
  before?: RuleState
  /** Absent where the route is gone. */
  after?: RuleState
  /** Less is enforced than before; on a new route, less than where nothing is said. */
  loosened: boolean
}

/** Lists are compared as wholes: their order has a meaning. */
export function placesChanged(before: Json | undefined, after: Json | undefined, place = ''): PlaceChange[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
    return keys.flatMap((key) => placesChanged(before[key], after[key], place === '' ? key : `${place}.${key}`))
  }
  if (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after)) return []
  if (before === undefined && after === undefined) return []
  return [{ place, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
}

type Ruled = Pick<ServedPolicy, 'routes' | 'guards'>

/** Only rules that are not what they were. */
export function rulesChanged(before: Ruled, after: Ruled): RuleChange[] {
  const [old, young] = [rulesOf(before), rulesOf(after)]
  const routes = [...new Set([...old.keys(), ...young.keys()])].toSorted()
  return routes.flatMap((route) => {
    const [was, is] = [old.get(route), young.get(route)]
    return Object.keys(is ?? was ?? {}).flatMap((guard) => changeOf(route, guard, was?.[guard], is?.[guard]))
  })
}

function changeOf(
  route: string,
  guard: string,
  before: RuleState | undefined,
  after: RuleState | undefined,
): RuleChange[] {
  if (before?.mode === after?.mode && before?.onFailure === after?.onFailure) return []
  const loosened = after !== undefined && strictness(after) < strictness(before ?? unsaid(guard))
  return [{ route, guard, ...(before && { before }), ...(after && { after }), loosened }]
}

const defaults = once(() => createEnforcement({}).policy.guards)

/** What is in force where nobody says anything. */
function unsaid(guard: string): RuleState {
  return defaults()[guard] ?? { mode: 'enforce', onFailure: 'block' }
}

/** Off, observe, enforce but pass on failure, enforce. What a failure means counts only where something is enforced. */
function strictness({ mode, onFailure }: RuleState): number {
  return MODES.indexOf(mode) + (mode === 'enforce' && onFailure === 'block' ? 1 : 0)
}

function rulesOf({ routes, guards }: Ruled): Map<string, Readonly<Record<string, RuleState>>> {
  const enforcementOf = enforcements(guards)
  return new Map(
    Object.entries(routes).map(([id, route]) => {
      const rules = Object.entries(enforcementOf(route.guards).policy.guards)
      return [id, Object.fromEntries(rules.map(([guard, { mode, onFailure }]) => [guard, { mode, onFailure }]))]
    }),
  )
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
