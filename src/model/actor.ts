// Who did it. Every change names one.
import type { Role } from './role.ts'

export interface Actor {
  /** A person with an account, an API token, someone with access to this machine, or Parapet itself. */
  kind: 'account' | 'token' | 'local' | 'system'
  id: string
  role: Role
  /** Narrower than the role where a token was given less. */
  scopes?: readonly string[]
}

export const SYSTEM: Actor = { kind: 'system', id: 'parapet', role: 'owner' }
