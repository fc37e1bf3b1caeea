// Takes an asset out of the register. It stays readable, past dates still show it, and stating it again brings it back.
import { Failure } from '../lib/failure.ts'
import type { Actor } from '../model/actor.ts'
import type { Asset } from '../model/asset.ts'
import { bodyOf } from './asset-body.ts'
import { mustFind, type Register } from './register.ts'
import { assetEntry, revise } from './revise.ts'

export async function retireAsset(register: Register, actor: Actor, id: string, base?: number): Promise<Asset> {
  return register.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const before = await mustFind(tx.register, id)
    if (before.retiredAt !== undefined) return before
    if (base !== undefined && base !== before.revision)
      throw new Failure('conflict', `"${id}" is at revision ${before.revision}, not ${base}`, {
        hint: 'read it again, then decide',
      })
    const { source, declaredBy, lastSeen } = before
    const revision = revise(before, bodyOf(before), { source, declaredBy, retired: true, seenAt: lastSeen }, at)
    await tx.register.save([revision.asset])
    tx.record(assetEntry(revision, actor))
    return revision.asset
  })
}
