// Takes evidence in within a change: the intake asks the register about the assets that the rows name.
import type { Catalog } from '../catalog/catalog.ts'
import type { Actor } from '../model/actor.ts'
import type { Evidence } from '../model/evidence.ts'
import type { NewEvidence } from '../prove/new-evidence.ts'
import { type Document, recordEvidence } from '../prove/record-evidence.ts'
import type { Change } from '../store/store.ts'

export function takeIn(
  intake: { catalog: Catalog; now: () => Date },
  tx: Change,
  rows: readonly NewEvidence[],
  actor: Actor,
  document?: Document,
): Promise<Evidence[]> {
  const assetStates = async (ids: readonly string[]) => {
    const found = await tx.register.assetsById(ids)
    return new Map(found.map(({ id, retiredAt }) => [id, retiredAt === undefined ? 'active' : 'retired'] as const))
  }
  return recordEvidence(intake, { ...tx, assetStates }, rows, actor, document)
}
