// A call that waits for a person: what it is about, whose word it needs, and what became of it. It has one end, and an end
// is never undone.
import type { Role } from './role.ts'
import type { Stage } from './verdict.ts'

/**
 * `expired`: nobody decided in time, or the process that held the call is gone. `closed`: nobody waits for it any more.
 */
export const APPROVAL_STATES = ['waiting', 'approved', 'refused', 'expired', 'closed'] as const
export type ApprovalState = (typeof APPROVAL_STATES)[number]

/** Roles whose word can be asked for: those that may decide at all. */
export const APPROVER_ROLES = ['owner', 'risk-owner', 'engineer'] as const satisfies readonly Role[]
export type ApproverRole = (typeof APPROVER_ROLES)[number]

/** What a rule asks for before a call may go on. */
export interface Hold {
  /** One approval of somebody in each of these roles, each by another person. */
  needs: readonly ApproverRole[]
  waitSeconds: number
  /** For people: which rule, and what it is about. Without a word of the call. */
  why: string
}

export interface Given {
  /** Id of the account. */
  by: string
  role: ApproverRole
  at: string
}

export interface Approval extends Hold {
  id: string
  callId: string
  keyId: string
  /** The system that the key belongs to. */
  asset: string | undefined
  route: string
  model: string
  stage: Stage
  /** Hash of the policy that asked. */
  policy: string
  /** Accounts that cannot approve it, because the call is theirs. */
  askers: readonly string[]
  /** Keyed digest of exactly what waits. */
  mark: string
  /** What waits, without secrets and sealed; undefined once it is no longer kept. */
  sealed: string | undefined
  /** Whether it is kept when the approval has ended. */
  isKept: boolean
  state: ApprovalState
  given: readonly Given[]
  askedAt: string
  expiresAt: string
  endedAt: string | undefined
  /** Id of the account that ended it; undefined where no person did. */
  endedBy: string | undefined
  /** Of the person that ended it, or why it ended without one. */
  reason: string | undefined
  /** Until then the process that holds the call is known to live. */
  aliveUntil: string
}
