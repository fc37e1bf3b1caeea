// `X-Cohere-Api-Key`: who asks through another service, as Weaviate asks for those who keep vectors there, hands it the key
// of the provider in a header, which is called as the variable would be.
import { providerOfKey } from '../../knowledge/providers.ts'
import type { Expr } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'

const HANDED = /^X-[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){0,3}-Api-Key$/i

export function handedKeys(map: Extract<Expr, { kind: 'map' }>, { unit, asked }: Around, { collector }: Evidence) {
  if (asked || (unit.format !== 'code' && unit.format !== 'notebook')) return
  for (const [key] of map.entries) {
    if (key.kind !== 'text' || !HANDED.test(key.value)) continue
    const provider = providerOfKey(key.value.slice('X-'.length).toUpperCase().replaceAll('-', '_'))
    if (provider !== undefined && provider !== '')
      collector.add('providers', provider, {
        file: unit.file,
        line: key.line,
        confidence: 0.75,
        attributes: { via: 'key' },
      })
  }
}
