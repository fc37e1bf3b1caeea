// Who must act on a threat: the catalogue says it for each deployment model. A variant follows its parent. Where the
// model is not known, the models that the facts still allow must agree; otherwise it is yours, so that no threat is left
// to somebody who never heard of it.
import type { Catalog, DeploymentModel, Threat } from '../catalog/catalog.ts'
import type { Party } from '../model/applicability.ts'
import type { Asset } from '../model/asset.ts'
import type { SystemProfile } from './profile.ts'

export interface Responsible {
  party: Exclude<Party, 'not-applicable'>
  because: string
}

export function responsibleFor(
  catalog: Catalog,
  system: Asset,
  profile: SystemProfile,
): (threat: Threat) => Responsible {
  const models = possibleModels(catalog, system, profile)
  const names = models.map(({ id }) => id).join(' or ')
  return (threat) => {
    const row = rowOf(catalog, threat)
    if (!row) return { party: 'you', because: 'the catalogue names nobody else' }
    const parties = new Set(models.map(({ id }) => row.by[id] ?? 'you'))
    const [party] = parties
    if (parties.size !== 1 || party === undefined) return { party: 'you', because: 'the deployment model is not known' }
    if (party !== 'not-applicable') return { party, because: `${row.threat} under ${names}` }
    return { party: 'you', because: `not expected under ${names}, yet the facts bring it in` }
  }
}

function rowOf(catalog: Catalog, threat: Threat) {
  const seen = new Set<string>()
  for (
    let one: Threat | undefined = threat;
    one && !seen.has(one.id);
    one = catalog.threatsById.get(one.parent ?? '')
  ) {
    const row = catalog.responsibilityOf.get(one.id)
    if (row) return row
    seen.add(one.id)
  }
  return undefined
}

/** The one that the system names, or all that no fact speaks against. */
function possibleModels(catalog: Catalog, { deploymentModel }: Asset, { values }: SystemProfile): DeploymentModel[] {
  const named = catalog.deploymentModelsById.get(deploymentModel ?? '')
  if (named) return [named]
  return catalog.deploymentModels.filter(({ facts }) =>
    Object.entries(facts).every(([key, value]) => values[key] === undefined || values[key] === value),
  )
}
