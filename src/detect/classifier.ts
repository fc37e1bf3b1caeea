// The place for a classifier that somebody brings along: a transformer, a service. It reads what the engine has read and
// gives one more score. Invariant: it can only raise a score; what the engine found stays found.
import { Failure } from '../lib/failure.ts'
import type { Finding } from '../model/finding.ts'
import { THRESHOLD } from './collect.ts'
import type { Scan } from './engine.ts'

/** The part of a text that looks worst, and how bad it looks, 0 to 1. */
export interface Judgement {
  score: number
  start: number
  end: number
}

export interface Classifier {
  classify(text: string): Promise<Judgement>
}

/** `threshold`: the score from which on the classifier means it. */
export function withJudgement(scan: Scan, { score, start, end }: Judgement, threshold: number): Scan {
  if (!(score >= 0 && score <= 1)) throw new Failure('unavailable', 'the classifier gave a score that is none')
  const confidence =
    score < threshold ? (score / threshold) * THRESHOLD : 1 - ((1 - score) / (1 - threshold)) * THRESHOLD
  const raised = Math.max(scan.score, confidence)
  const finding: Finding = {
    detector: 'classifier',
    control: 'prompt-injection-io-handling',
    family: 'injection',
    kind: 'classifier',
    start,
    end,
    severity: 'medium',
    confidence,
    note: 'Looks like an injection to the classifier.',
  }
  const findings = confidence >= THRESHOLD ? [...scan.findings, finding] : scan.findings
  return { ...scan, findings, score: raised, flag: raised >= THRESHOLD }
}
