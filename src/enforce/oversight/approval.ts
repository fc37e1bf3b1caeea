// The steps of an approval. Pure: what is allowed follows from what was done before, who does it, and when.
// Invariant: it ends once. Whoever comes second is told what the end was, and changes nothing.
import { Failure } from '../../lib/failure.ts'
import { type Actor, may } from '../../model/actor.ts'
import type { Approval, ApproverRole } from '../../model/approval.ts'
import type { Role } from '../../model/role.ts'
import type { Settled } from '../../model/verdict.ts'

export interface Approver {
  /** The account of a person. */
  accountId: string
  role: Role
}

/** One more approval; the last one that is needed ends it. */
export function approve(approval: Approval, { accountId, role }: Approver, at: string, reason: string): Approval {
  mustWait(approval)
  const { expiresAt, aliveUntil, askers, given } = approval
  if (at >= expiresAt) throw new Failure('conflict', `the time to decide was over at ${expiresAt}`)
  if (at >= aliveUntil) throw new Failure('conflict', 'the process that held this call is gone, and the call with it')
  if (askers.includes(accountId)) {
    throw new Failure('forbidden', 'the call was made with your own key, so another person has to approve it', {
      hint: 'ask somebody else; you can refuse it',
    })
  }
  if (given.some(({ by }) => by === accountId))
    throw new Failure('conflict', 'you have approved it already; it needs another person as well')
  const missing = missingOf(approval)
  const own = missing.find((one) => one === role)
  if (own === undefined) {
    throw new Failure('forbidden', `this needs ${listed(missing)}, and your role is ${role}`, {
      hint: 'ask somebody with that role',
    })
  }
  const more = { ...approval, given: [...given, { by: accountId, role: own, at }] }
  return missingOf(more).length > 0 ? more : ended(more, 'approved', { at, by: accountId, reason })
}

/** Why somebody may not; undefined where he may. Asked of the step itself. */
export function whyNotApprove(approval: Approval, actor: Actor, at: string): string | undefined {
  const { accountId, role } = actor
  if (accountId === undefined || !may(actor, 'approval:write')) return 'you may look, and not decide'
  try {
    approve(approval, { accountId, role }, at, '')
    return undefined
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}

/** Anybody who may decide may refuse, and so may the one who asked. */
export function refuse(approval: Approval, by: string | undefined, at: string, reason: string): Approval {
  mustWait(approval)
  return ended(approval, 'refused', { at, by, reason })
}

/** Without a person: time is over, or nobody waits for it any more. */
export function lapse(approval: Approval, state: 'expired' | 'closed', at: string, reason: string): Approval {
  mustWait(approval)
  return ended(approval, state, { at, by: undefined, reason })
}

/** Roles whose word is still missing. */
export function missingOf({ needs, given }: Pick<Approval, 'needs' | 'given'>): ApproverRole[] {
  const left = [...needs]
  for (const { role } of given) {
    const i = left.indexOf(role)
    if (i >= 0) left.splice(i, 1)
  }
  return left
}

export function settledOf({ id, state, given, endedBy }: Approval): Settled {
  if (state === 'waiting') throw new TypeError(`${id} has not ended`)
  const by = state === 'approved' ? given.map((one) => one.by) : endedBy === undefined ? [] : [endedBy]
  return { id, outcome: state, by }
}

export function listed(roles: readonly ApproverRole[]): string {
  return roles.map((role) => `${role === 'risk-owner' ? 'a' : 'an'} ${role}`).join(' and ')
}

function mustWait({ state, endedAt }: Approval): void {
  if (state !== 'waiting') throw new Failure('conflict', `this was ${state} at ${endedAt}`)
}

function ended(
  approval: Approval,
  state: Approval['state'],
  { at, by, reason }: { at: string; by: string | undefined; reason: string },
): Approval {
  const sealed = approval.isKept ? approval.sealed : undefined
  return { ...approval, sealed, state, endedAt: at, endedBy: by, reason }
}
