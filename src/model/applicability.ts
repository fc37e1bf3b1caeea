// Whether a threat applies to a system, with everything that led there, for the threats left out as well.
import type { FactValue } from './fact.ts'

export const VERDICTS = ['applies', 'unknown', 'does-not-apply'] as const
export type Verdict = (typeof VERDICTS)[number]

/** A fact as a rule read it. */
export interface FactRead {
  key: string
  /** Absent: unknown. */
  value?: FactValue
  /** `declared by parapet.yaml`, `implied by autonomy`, `from model claims-model`, `conflict`, `not answered`, … */
  origin: string
  /** Ids of the claims behind it. */
  claims: readonly string[]
}

export interface TraceStep {
  /** Id of the rule: the threat's own condition, a question of the tree, an earlier rule, a conflict. */
  rule: string
  /** The rule in words. */
  text: string
  verdict: Verdict
  facts: readonly FactRead[]
}

export interface Applicability {
  threat: string
  system: string
  verdict: Verdict
  trace: readonly TraceStep[]
  catalogVersion: string
}

/** Who must act on a threat or a control. */
export const PARTIES = ['you', 'supplier', 'shared', 'not-applicable'] as const
export type Party = (typeof PARTIES)[number]
