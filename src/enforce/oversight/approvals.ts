// What people do about calls that wait: look, approve, refuse. Each step is on record in the change that makes it.
import { Failure } from '../../lib/failure.ts'
import type { Actor } from '../../model/actor.ts'
import type { Approval } from '../../model/approval.ts'
import type { Vault } from '../vault.ts'
import { approve, refuse } from './approval.ts'
import type { ApprovalHouse, ApprovalStore } from './approval-store.ts'
import { SEALED } from '../sealed-texts.ts'
import { entryOf } from './entries.ts'
import type { Gist } from './gist.ts'

export interface Approvals {
  store: ApprovalHouse
  vault: Vault
  now: () => Date
}

export async function approveCall(
  { store, now }: Approvals,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Approval> {
  const { accountId } = actor
  if (accountId === undefined) {
    throw new Failure('forbidden', 'only a person can approve a call, and nobody knows who you are', {
      hint: 'sign in to the console, or use an API token of your own with the scope approval:write',
    })
  }
  return store.change(async (tx) => {
    const before = await mustFindApproval(tx.approvals, id)
    const after = approve(before, { accountId, role: actor.role }, now().toISOString(), reason)
    await tx.approvals.save(after)
    tx.record(entryOf(after, after.state === 'approved' ? 'approved' : 'given', actor))
    return after
  })
}

export async function refuseCall(
  { store, now }: Approvals,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Approval> {
  return store.change(async (tx) => {
    const before = await mustFindApproval(tx.approvals, id)
    const after = refuse(before, actor.accountId, now().toISOString(), reason)
    await tx.approvals.save(after)
    tx.record(entryOf(after, 'refused', actor))
    return after
  })
}

/** What waits, or waited; undefined where it is not kept any more. */
export async function gistOfApproval({ vault }: Approvals, { id, sealed }: Approval): Promise<Gist | undefined> {
  if (sealed === undefined) return undefined
  return JSON.parse((await vault.open(sealed, SEALED.approval(id))).toString()) as Gist
}

export async function mustFindApproval(approvals: ApprovalStore, id: string): Promise<Approval> {
  const approval = await approvals.byId(id)
  if (approval !== undefined) return approval
  throw new Failure('not_found', `there is no approval ${id.slice(0, 100)}`, { hint: '`parapet approvals list`' })
}
