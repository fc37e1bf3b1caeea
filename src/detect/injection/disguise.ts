// Text that says one thing to the eye or to a filter and another to a model. A disguise knows how to take itself off;
// what lies beneath is then judged like any other text, two layers deep at most.
import type { Speaker } from '../../model/finding.ts'
import { isCut } from '../collect.ts'
import { defineDetector, type Detector, type Match, type Seek, type Trigger } from '../define.ts'
import { toText } from '../text.ts'
import { toTest } from '../trigger.ts'

export interface Uncovered {
  start: number
  end: number
  /** What the disguised part really says. */
  text: string
  /** How suspicious the disguise is by itself, whatever it hides; default: the disguise's. */
  alone?: number
}

export interface Disguise {
  id: string
  title: string
  note: string
  literals?: readonly string[]
  trigger?: Trigger | Seek
  reach: { before: number; after: number }
  alone: number
  /** How much it raises the odds of what is found beneath (added to the log-odds). */
  raises: number
  /** What begins before `told` nobody asks for any more. */
  uncover(window: string, told: number): readonly Uncovered[]
  examples: Detector['examples']
}

/** 0 to 1: how likely the words are an injection. */
export type Judge = (text: string, role: Speaker) => number

const LONGEST_JUDGED = 8192
const MOST_ALONE = 8

export function toDetector(disguise: Disguise, judge: Judge): Detector {
  const { id, title, note, reach, uncover, alone, raises, examples, literals, trigger } = disguise
  return defineDetector<Detector>({
    id,
    title,
    control: 'prompt-injection-io-handling',
    family: 'injection',
    severity: 'high',
    reach,
    examples,
    ...(literals ? { literals } : {}),
    ...(trigger ? { trigger } : {}),
    detect(window, context) {
      const { role, told = 0 } = context
      // To judge costs most, so it is not done for what would be dropped.
      const all = uncover(window, told).filter((found) => found.start >= told && !isCut(found, window.length, context))
      // Who hides something in every word has all of it read as one.
      const joined = all.length > MOST_ALONE ? judge(all.map(({ text }) => text).join('\n'), role) : undefined
      const judged = new Map<string, number>()
      return all.map((found): Match => {
        const { start, end } = found
        const text = found.text.slice(0, LONGEST_JUDGED)
        const likely = joined ?? judged.get(text) ?? judge(text, role)
        judged.set(text, likely)
        const beneath = raise(likely, raises)
        const confidence = Math.max(found.alone ?? alone, beneath)
        const what = beneath >= 0.5 ? ' What it hides reads like an injection.' : ''
        return { start, end, confidence, note: note + what, redaction: '' }
      })
    },
  })
}

/** Judges words, and what a second disguise beneath the first one hides. */
export function createJudge(score: Judge, disguises: readonly Disguise[]): Judge {
  const layers = disguises.map((disguise) => ({ ...disguise, mayHide: createGate(disguise) }))
  return (text, role) => {
    let worst = score(text, role)
    const lower = text.toLowerCase()
    for (const { uncover, raises, mayHide } of layers) {
      if (!mayHide(text, lower)) continue
      for (const { text: inner } of uncover(text, 0).slice(0, 4)) {
        worst = Math.max(worst, raise(score(inner.slice(0, LONGEST_JUDGED), role), raises))
      }
    }
    return worst
  }
}

function createGate({ trigger, literals = [] }: Disguise): (text: string, lower: string) => boolean {
  if (trigger) {
    const test = toTest(trigger)
    return (text) => test(toText(text))
  }
  const needles = literals.map((literal) => literal.toLowerCase())
  return (_, lower) => needles.some((needle) => lower.includes(needle))
}

function raise(probability: number, by: number): number {
  const odds = (probability / (1 - Math.min(probability, 0.9999))) * Math.exp(by)
  return odds / (1 + odds)
}
