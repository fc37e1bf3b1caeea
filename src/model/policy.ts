// What is in force on a route: each guard's mode, its settings, and what its failure means. A policy never changes; a new
// one takes its place, and every decision names the hash of the one it was made under.
import type { JsonObject } from '../lib/canonical-json.ts'

export const MODES = ['off', 'observe', 'enforce'] as const
export type Mode = (typeof MODES)[number]

export interface Rule {
  mode: Mode
  /** What a guard that could not do its work means. */
  onFailure: 'block' | 'pass'
  /** How long it may take. */
  deadlineMs: number
  settings: JsonObject
}

export interface Policy {
  readonly hash: string
  /** By the id of the guard's control. */
  readonly guards: Readonly<Record<string, Rule>>
}
