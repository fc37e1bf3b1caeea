// A fact as the API takes it: its lists are not read-only there.
import type { FactValue } from '../../../src/model/fact.ts'

export const toSentFact = (value: FactValue) =>
  typeof value === 'boolean' || typeof value === 'string' ? value : [...value]
