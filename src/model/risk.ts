// Likelihood and impact of a threat on a system, and what is left of them: once as designed, once as proven.

export const LEVELS = ['very-low', 'low', 'medium', 'high', 'very-high'] as const
export type Level = (typeof LEVELS)[number]

/** One of the catalogue's likelihood factors, with where its value comes from. */
export interface Factor {
  id: string
  level: Level
  because: string
}

export interface Severity {
  likelihood: Level
  impact: Level
  severity: Level
}

export interface Risk {
  system: string
  threat: string
  factors: readonly Factor[]
  /** What makes the impact as high as it is. */
  impactBecause: string
  /** Without any control. */
  inherent: Severity
  /** If every chosen measure works. */
  designed: Severity
  /** Only what is proven today counts. */
  proven: Severity
}
