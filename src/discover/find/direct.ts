// Code that asks a provider without any library: the address stands in the file.
import { providerOfHost } from '../knowledge/hosts.ts'
import type { Unit } from '../syntax/expr.ts'
import { hostOf } from './providers.ts'
import { visitUnit } from './visit.ts'

const known = new WeakMap<Unit, boolean>()

export function asksDirectly(unit: Unit): boolean {
  const said = known.get(unit)
  if (said !== undefined) return said
  let found = false
  visitUnit(
    unit,
    (expr) => {
      if (found || expr.kind !== 'text' || !/^https?:\/\/\S+$/.test(expr.value)) return
      const host = hostOf(expr.value)
      const rule = host === undefined ? undefined : providerOfHost(host, expr.value.replace(/^\w+:\/\/[^/]*/, ''))
      found = rule !== undefined && !rule.page
    },
    new Set(['text']),
  )
  known.set(unit, found)
  return found
}
