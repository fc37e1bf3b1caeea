// Adds a model to what was found, with who serves it where its surroundings say so.
import { providerNamed } from '../../knowledge/providers.ts'
import { endOf, type Expr } from '../../syntax/expr.ts'
import { providerTold } from './asked-class.ts'
import { modelName, type ModelName } from './names.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'

const SERVES = /^(?:\w+[_-])?(?:provider|service|vendor|backend|platform)(?:[_-]?name)?$/i

/** Settings say beside a model, or around a list of them, who serves it. */
function servedBy(parents: readonly Expr[]): string | undefined {
  for (const [key, value] of parents.slice(0, 4).flatMap((one) => (one.kind === 'map' ? one.entries : [])))
    if (key.kind === 'text' && value.kind === 'text' && SERVES.test(key.value)) {
      const provider = providerNamed(value.value.replaceAll(/\s+/g, '-'))
      if (provider !== undefined) return provider
    }
  return undefined
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
