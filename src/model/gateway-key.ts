// What a program shows to call models: good for some models on some routes until a day, and for nothing else. It is no API
// token: it opens no door of Parapet's own, and it lives on when the person who made it leaves.

/** What a key may do at most, on every route it is good for. */
export interface KeyLimits {
  requestsPerMinute?: number | undefined
  tokensPerMinute?: number | undefined
  /** At once. */
  concurrent?: number | undefined
}

export interface GatewayKey {
  id: string
  name: string
  /** SHA-256 of the secret, hex. */
  secretHash: string
  /** Patterns of the models and routes it is good for; a * stands for any characters. */
  models: readonly string[]
  routes: readonly string[]
  /** The system of the register whose calls they are. */
  asset: string | undefined
  /** The agent of the register that alone has it: its calls are made under that identity. */
  agent: string | undefined
  createdBy: string
  createdAt: string
  /** Undefined: until it is revoked. */
  expiresAt: string | undefined
  revokedAt: string | undefined
  lastUsedAt: string | undefined
  limits: KeyLimits
}
