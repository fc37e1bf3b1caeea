// An organisation of any size for the benches: systems with components, answers and evidence, all different, none random.
import type { Catalog } from '../src/catalog/catalog.ts'
import { newId } from '../src/lib/id.ts'
import type { Asset, AssetBody } from '../src/model/asset.ts'
import type { Evidence } from '../src/model/evidence.ts'
import type { Fact, FactValue } from '../src/model/fact.ts'

export interface Organisation {
  assets: Asset[]
  claims: Fact[]
  evidence: Evidence[]
}

interface Size {
  systems: number
  evidence: number
}

const ANSWERED = 20

export function manySystems(catalog: Catalog, { systems, evidence }: Size, now: Date): Organisation {
  const at = now.toISOString()
  const asset = (body: Pick<AssetBody, 'id' | 'kind'> & Partial<AssetBody>): Asset => ({
    name: body.id,
    owners: { risk: `${body.id}@example.org` },
    sanctioned: true,
    tags: [],
    links: [],
    source: 'declared',
    firstSeen: at,
    lastSeen: at,
    revision: 1,
    recordedAt: at,
    ...body,
  })
  const numbers = Array.from({ length: systems }, (_, i) => i)
  const models = catalog.deploymentModels
  return {
    assets: numbers.flatMap((i) => {
      const links = [{ kind: 'uses', to: `model-${i}` } as const, { kind: 'retrievesFrom', to: `store-${i}` } as const]
      const deploymentModel = models[i % models.length]?.id
      const system = asset({ id: `system-${i}`, kind: 'system', exposure: 'public', tags: [`tag-${i % 10}`], links })
      return [
        deploymentModel === undefined ? system : { ...system, deploymentModel },
        asset({ id: `model-${i}`, kind: 'model' }),
        asset({ id: `store-${i}`, kind: 'knowledge-base', dataClass: 'confidential' }),
      ]
    }),
    claims: numbers.flatMap((i) =>
      catalog.facts.slice(0, ANSWERED).map((fact, j): Fact => ({
        id: newId('fact', now),
        asset: `system-${i}`,
        key: fact.id,
        value: answerTo(fact, i + j),
        source: 'answered',
        by: 'bench',
        observedAt: at,
        recordedAt: at,
        confidence: 1,
      })),
    ),
    evidence: Array.from({ length: evidence }, (_, i) => proof(catalog, i, `system-${i % systems}`, now)),
  }
}

export function proof(catalog: Catalog, i: number, asset: string, now: Date): Evidence {
  const at = now.toISOString()
  return {
    id: newId('evidence', now),
    measure: catalog.measures[(i * 7) % catalog.measures.length]?.id ?? '',
    asset,
    kind: 'scan',
    supports: i % 11 !== 0,
    failing: [],
    observedFrom: at,
    observedTo: at,
    collectedAt: at,
    receivedAt: at,
    collector: 'bench',
    entry: 0,
  }
}

function answerTo({ type, values }: Catalog['facts'][number], i: number): FactValue {
  if (type === 'bool') return i % 3 === 0
  const value = values?.[i % values.length] ?? ''
  return type === 'enum' ? value : [value]
}
