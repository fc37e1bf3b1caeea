// Who did it. Every change names one.
import { isGranted, type Permission, permissionsOf, type Role } from './role.ts'

export interface Actor {
  /** A person with an account, an API token, someone with access to this machine, Parapet itself, or nobody we know. */
  kind: 'account' | 'token' | 'local' | 'system' | 'anonymous'
  id: string
  role: Role
  /** Narrower than the role where a token was given less. */
  scopes?: readonly string[]
  /** The person behind it: of a session, or who made the token. */
  accountId?: string
}

export const SYSTEM: Actor = { kind: 'system', id: 'parapet', role: 'owner' }

/** Whoever sends a request without a credential. May nothing. */
export const ANONYMOUS: Actor = { kind: 'anonymous', id: 'anonymous', role: 'agent', scopes: [] }

export function may(actor: Actor, permission: Permission): boolean {
  return isGranted(actor.role, permission) && (actor.scopes === undefined || actor.scopes.includes(permission))
}

export function permissionsOfActor(actor: Actor): readonly Permission[] {
  return permissionsOf(actor.role).filter((permission) => may(actor, permission))
}
