// How risk is counted, as numbers that can be read and argued about. The Exchange prescribes a heat map and names the
// factors; scale and weights are our judgement, so they carry a version of their own that each result names.
import { type Level, LEVELS } from '../model/risk.ts'
import type { NeededBy } from './catalog-needs.ts'

interface RiskMethod {
  version: string
  /** By likelihood, then by impact, least to most. */
  matrix: readonly (readonly Level[])[]
  /** How much a control weighs against a threat, by why it is needed. */
  weights: Readonly<Record<NeededBy, number>>
  /** Shares of that weight in force, and each one reached takes a level from the likelihood. */
  likelihoodSteps: readonly number[]
  /** The same for the controls that limit what follows, and the impact. */
  impactSteps: readonly number[]
  /** Groups of controls that do not stop an attack but limit what follows from it. */
  limitingGroups: readonly string[]
  /** What a partial proof counts where it does not say how much it covers. */
  partial: number
  /** Case studies of attacks of the kind, for each level of incident history above low. */
  incidentSteps: readonly number[]
}

export const RISK_METHOD: RiskMethod = {
  version: '2026-11',
  matrix: [
    ['very-low', 'very-low', 'low', 'low', 'medium'],
    ['very-low', 'low', 'low', 'medium', 'high'],
    ['low', 'low', 'medium', 'high', 'high'],
    ['low', 'medium', 'high', 'high', 'very-high'],
    ['medium', 'high', 'high', 'very-high', 'very-high'],
  ],
  weights: { key: 6, own: 2, parent: 2, general: 1 },
  likelihoodSteps: [0.2, 0.45, 0.7, 0.9],
  impactSteps: [0.35, 0.75],
  limitingGroups: ['limit-unwanted-behaviour', 'data-limitation', 'runtime-agent'],
  partial: 0.5,
  incidentSteps: [1, 3, 10],
}

export function severityOf(likelihood: Level, impact: Level): Level {
  return RISK_METHOD.matrix[rankOf(likelihood)]?.[rankOf(impact)] ?? 'very-high'
}

export const rankOf = (level: Level): number => LEVELS.indexOf(level)

/** Ranks beyond the scale become its ends. */
export function levelOf(rank: number): Level {
  return LEVELS[Math.max(0, Math.min(LEVELS.length - 1, rank))] ?? 'very-high'
}
