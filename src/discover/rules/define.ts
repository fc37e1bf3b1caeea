// A rule: what it looks for, why it matters, what to do, and small trees that it must and must not object to.
import type { Severity } from '../../model/finding.ts'
import type { Evidence } from '../find/evidence.ts'
import type { Unit } from '../syntax/expr.ts'
import type { Suppressions } from './suppress.ts'

/** Files by name. */
export type Tree = Readonly<Record<string, string>>

export interface Hit {
  file: string
  line: number
  /** What it is about: a name, a kind of key. Never a secret or a payload. */
  subject: string
  /** Where it differs from the rule's. */
  severity?: Severity
  confidence?: number
}

export interface Rule {
  /** Its file name and its anchor in the documentation. */
  id: string
  title: string
  severity: Severity
  /** 0 to 1: how often it is right. */
  confidence: number
  threats: readonly string[]
  controls: readonly string[]
  remedy: string
  /** Of what was found as a whole. Without waiting, unless it needs what is loaded late. */
  check?(evidence: Evidence, around: { suppressions: Suppressions }): Iterable<Hit> | AsyncIterable<Hit>
  /** Of each unit about AI that is no test; `everywhere`, of those without a library of AI too, where the gate saw a word of it. */
  everywhere?: true
  checkUnit?(unit: Unit, evidence: Evidence): Iterable<Hit>
  examples: { hit: readonly Tree[]; miss: readonly Tree[] }
}

export const defineRule = (rule: Rule): Rule => rule
