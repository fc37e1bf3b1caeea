// The registry of path rules, in the order of their numbers.
import type { PathRule } from './rule.ts'
import { accessRules } from './rules/access.ts'
import { contentRules } from './rules/content.ts'
import { supplyRules } from './rules/supply.ts'

export const PATH_RULES: readonly PathRule[] = [...contentRules, ...supplyRules, ...accessRules].toSorted((a, b) =>
  a.id < b.id ? -1 : 1,
)
