// Adds a model to what was found, with who serves it where its surroundings say so.
import { providerNamed } from '../../knowledge/providers.ts'
import { endOf, type Expr, type MapOf } from '../../syntax/expr.ts'
import { providerTold } from './asked-class.ts'
import { modelName, type ModelName } from './names.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'

const SERVES = /^(?:\w+[_-])?(?:provider|service|vendor|backend|platform)(?:[_-]?name)?$/i

/** Settings say beside a model, or around a list of them, who serves it. */
function servedBy(parents: readonly Expr[]): string | undefined {
  for (const one of parents.slice(0, 4)) {
    const provider = one.kind === 'map' ? providerIn(one) : undefined
    if (provider !== undefined) return provider
  }
  return undefined
}

/** A map of ten thousand models is asked by each of them. */
const serving = new WeakMap<MapOf, { provider: string | undefined }>()

function providerIn(map: MapOf): string | undefined {
  const known = serving.get(map)
  if (known) return known.provider
  const said = map.entries.flatMap(([key, value]) =>
    key.kind === 'text' && value.kind === 'text' && SERVES.test(key.value) ? [value.value.replaceAll(/\s+/g, '-')] : [],
  )
  const provider = said.map(providerNamed).find((one) => one !== undefined)
  serving.set(map, { provider })
  return provider
}

export function add(found: ModelName | string, line: number, around: Around, evidence: Evidence, confidence: number) {
  const model = typeof found === 'string' ? (modelName(found) ?? { name: found, weak: false }) : found
  const { unit, keys, parents } = around
  const configured = [...keys]
    .toReversed()
    .map((key) => evidence.configuredProvider(unit, key))
    .find((one) => one !== undefined)
  const provider = model.provider ?? servedBy(parents) ?? configured
  const id = evidence.collector.add('models', model.name, {
    file: unit.file,
    line,
    confidence,
    attributes: { role: model.role, vendor: model.vendor, provider },
  })
  evidence.usedModel({
    model,
    unit,
    line,
    provider,
    told: providerTold(parents),
    id,
    end: parents.length > 0 ? endOf(parents.at(-1) ?? { kind: 'text', value: '', line }) : line,
  })
}
