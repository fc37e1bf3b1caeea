// What the log says of an approval: who may decide about which call, and what became of it. Never what the call says; a
// keyed digest stands for it.
import type { Actor } from '../../model/actor.ts'
import type { Approval } from '../../model/approval.ts'
import type { NewEntry } from '../../model/entry.ts'

export const GATEWAY: Pick<Actor, 'kind' | 'id'> = { kind: 'system', id: 'gateway' }

export function entryOf(
  approval: Approval,
  done: 'asked' | 'given' | 'approved' | 'refused' | 'expired' | 'closed',
  { kind, id }: Pick<Actor, 'kind' | 'id'>,
): NewEntry {
  const { callId, keyId, asset = null, route, stage, policy, mark, needs, given, expiresAt, reason = '' } = approval
  const head = { call: callId, mark }
  const isPersons = done === 'given' || done === 'approved' || done === 'refused'
  return {
    kind: `approval.${done}`,
    actor: { kind, id },
    subject: { kind: 'approval', id: approval.id },
    data:
      done === 'asked'
        ? { ...head, key: keyId, asset, route, stage, policy, why: approval.why, needs: [...needs], expiresAt }
        : isPersons
          ? { ...head, given: given.map(({ by, role }) => ({ by, role })) }
          : { ...head, reason },
    // A person's words may name people.
    ...(isPersons && reason !== '' ? { personal: { reason } } : {}),
  }
}
