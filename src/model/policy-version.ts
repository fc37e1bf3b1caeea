// What the gateway is told to do – where models are, which names lead where, what is in force – and each version of it.
// Versions are only appended; the last one is in force. A version holds no secret.
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Actor } from './actor.ts'

/** Who spoke: the configuration when it changed, a person who published, or one who went back. */
export const POLICY_SOURCES = ['configuration', 'published', 'rolled-back'] as const
export type PolicySource = (typeof POLICY_SOURCES)[number]

export interface PolicyVersion {
  /** Counts from 1. */
  number: number
  at: string
  source: PolicySource
  author: Pick<Actor, 'kind' | 'id'>
  note: string
  /** SHA-256 of the body as canonical JSON, hex. */
  hash: string
  /** Hash of what the configuration said at that time. */
  configured: string
  body: JsonObject
}

/** The one candidate for the next version. */
export interface PolicyDraft {
  /** Number of the version that it was made from. */
  base: number
  at: string
  author: Pick<Actor, 'kind' | 'id'>
  hash: string
  body: JsonObject
}

/** The key of a provider as it is kept. */
export interface UpstreamKey {
  upstream: string
  /** Where it may be sent, and nowhere else. */
  origin: string
  /** Encrypted; see the vault. */
  sealed: string
  /** Id of the key-encryption key. */
  sealedBy: string
  /** Its last four characters, and the start of its SHA-256: of keys that are long enough to keep the rest secret. */
  tail: string | undefined
  fingerprint: string | undefined
  setAt: string
  setBy: string
}
