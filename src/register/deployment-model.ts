// Who trains, supplies and hosts a model is one of the catalogue's deployment models.
import type { Catalog } from '../catalog/catalog.ts'
import type { Issue } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import type { AssetBody } from '../model/asset.ts'

export function checkModel(catalog: Catalog, { deploymentModel }: AssetBody): Issue[] {
  if (deploymentModel === undefined || catalog.deploymentModelsById.has(deploymentModel)) return []
  const known = [...catalog.deploymentModelsById.keys()]
  const near = suggest(deploymentModel, known)
  const message = `expected one of ${known.map((one) => `"${one}"`).join(', ')}`
  return [{ path: 'deploymentModel', message, ...(near === undefined ? {} : { suggestion: near }) }]
}
