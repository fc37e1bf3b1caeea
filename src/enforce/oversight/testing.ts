// For tests: a desk at which nobody sits, and a call that waits for somebody.
import { Failure } from '../../lib/failure.ts'
import type { Approval } from '../../model/approval.ts'
import type { Desk } from './desk.ts'

export const nobodysDesk: Desk = {
  ask: () => Promise.reject(new Failure('unavailable', 'nobody is there to be asked')),
}

export const waitingApproval = (
  more: Partial<Approval> & Pick<Approval, 'askedAt' | 'expiresAt' | 'aliveUntil'>,
): Approval => ({
  id: 'approval_1',
  callId: 'call_1',
  keyId: 'key_1',
  asset: 'shop',
  route: 'r',
  model: 'm',
  stage: 'answer',
  policy: 'p',
  needs: ['owner'],
  waitSeconds: 30,
  why: 'rule 1',
  askers: ['maker'],
  mark: 'x',
  sealed: 'sealed',
  isKept: false,
  state: 'waiting',
  given: [],
  endedAt: undefined,
  endedBy: undefined,
  reason: undefined,
  ...more,
})
