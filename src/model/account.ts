// People and what they sign in with.
import type { Role } from './role.ts'

export interface Account {
  id: string
  email: string
  name: string
  role: Role
  /** PHC string of argon2id; absent for people who only use passkeys. */
  passwordHash: string | undefined
  disabled: boolean
  createdAt: string
}

export interface Passkey {
  /** Credential id, base64url. */
  id: string
  accountId: string
  name: string
  publicKey: Uint8Array
  counter: number
  transports: readonly string[]
  createdAt: string
  lastUsedAt: string | undefined
}

export interface Session {
  /** SHA-256 of the cookie's secret, hex: the secret itself is never stored. */
  id: string
  accountId: string
  createdAt: string
  expiresAt: string
  lastSeenAt: string
}

export interface ApiToken {
  id: string
  name: string
  /** SHA-256 of the secret, hex. */
  secretHash: string
  role: Role
  scopes: readonly string[]
  createdBy: string
  createdAt: string
  expiresAt: string
  revokedAt: string | undefined
  lastUsedAt: string | undefined
}

/** A link that works once: the owner's first sign-in, an invitation, a password to be set anew. */
export interface OneTimeLink {
  /** SHA-256 of the secret, hex. */
  id: string
  purpose: 'owner' | 'invitation' | 'recovery'
  accountId: string | undefined
  role: Role
  expiresAt: string
  usedAt: string | undefined
}
