// The verdict that a guard saw nothing: what most verdicts say. It is one for all calls, since each waits with its call until
// that is on record, and some twenty for each call would fill the memory.
import type { Inspected } from './guard.ts'
import type { Stage, Verdict } from '../model/verdict.ts'

const PASSED: Record<Stage, Map<string, Verdict>> = { request: new Map(), answer: new Map() }

export function passed({ guard, stage }: Pick<Verdict, 'guard' | 'stage'>): Verdict {
  let verdict = PASSED[stage].get(guard)
  if (verdict === undefined) {
    verdict = Object.freeze({ guard, stage, outcome: 'pass', remedy: 'note', changes: 0, hits: [], more: 0 })
    PASSED[stage].set(guard, verdict)
  }
  return verdict
}

/** It passes, and changes nothing either. */
export function isPlainPass({ outcome, edits = [] }: Inspected): boolean {
  return outcome === 'pass' && edits.length === 0
}
