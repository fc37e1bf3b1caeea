// Code that asks a provider without a library of its own: the address stands in the file, or what a cloud calls it.
import { providerOfHost } from '../../knowledge/hosts.ts'
import { lastName, type Unit } from '../../syntax/expr.ts'
import { answeringAt, hostOf } from '../providers/addresses.ts'
import { visitUnit } from '../visit.ts'

const known = new WeakMap<Unit, boolean>()

export function asksDirectly(unit: Unit): boolean {
  const said = known.get(unit)
  if (said !== undefined) return said
  let found = false
  visitUnit(
    unit,
    (expr, { parents }) => {
      if (found || expr.kind !== 'text') return
      const [made] = parents
      if (/^bedrock(?:-runtime)?$/.test(expr.value) && made?.kind === 'call' && lastName(made.callee) === 'client')
        found = true
      if (found || !/^https?:\/\/\S+$/.test(expr.value)) return
      const host = hostOf(expr.value)
      const rule = host === undefined ? undefined : providerOfHost(host, expr.value.replace(/^\w+:\/\/[^/]*/, ''))
      const local = rule === undefined && /^(?:localhost|127\.0\.0\.1|host\.docker\.internal)$/.test(host ?? '')
      found = (rule !== undefined && !rule.page) || (local && answeringAt(expr.value) !== undefined)
    },
    new Set(['text']),
  )
  known.set(unit, found)
  return found
}
