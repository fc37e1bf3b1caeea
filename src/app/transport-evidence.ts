// Whether what goes to models is encrypted on its way. Each call says it by the upstream that it went to; what stays on this
// machine goes nowhere that anybody could listen.
import type { Route } from '../enforce/routes.ts'
import type { Exchange } from '../model/exchange.ts'
import type { Telling, ToldOf } from '../model/telling.ts'

export const TRANSPORT = 'model-input-confidentiality.transport'

const calls = (count: number): string => (count === 1 ? '1 call' : `${count} calls`)
const HOLDS: Telling = {
  measure: TRANSPORT,
  says: 'holds',
  words: (count) => `${calls(count)} went to a model encrypted, or stayed on this machine`,
}

/** Nothing of calls that went to no model, or to one that is in no policy any more. */
export function transportTold(
  { asset, route: id, upstream: name, at }: Pick<Exchange, 'asset' | 'route' | 'upstream' | 'at'>,
  routes: readonly {
    id: string
    targets: readonly { upstream: Pick<Route['targets'][number]['upstream'], 'id' | 'isConfidential'> }[]
  }[],
): readonly [ToldOf, Telling] | undefined {
  if (asset === undefined || id === undefined || name === undefined) return undefined
  const route = routes.find((one) => one.id === id)
  const target = route?.targets.find(({ upstream }) => upstream.id === name)
  if (target === undefined) return undefined
  const told = { asset, route: id, at }
  if (target.upstream.isConfidential) return [told, HOLDS]
  const words = (count: number) => `${calls(count)} went to ${name} without encryption`
  return [told, { measure: TRANSPORT, says: 'breaks', words }]
}
