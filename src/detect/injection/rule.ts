// The common shape of an injection rule: a pattern that claims a place, and how sure it is there. A rule weakens itself
// where the words are quoted or talked about rather than said.
import type { Severity, Speaker } from '../../model/finding.ts'
import { defineDetector, MOST_WORDS, type Context, type Detector, type Match } from '../define.ts'
import { AROUND, isMentioned } from './mention.ts'
import { requiredWords } from './required.ts'

export interface Claim {
  pattern: RegExp
  /** 0 to 1 where the words are said. */
  sure: number
  /** The same, but for some speakers. */
  by?: Partial<Record<Speaker, number>>
  /** A claim that only stands if this holds too, tested on the whole window. */
  only?: (window: string, found: RegExpExecArray) => boolean
}

export interface Rule {
  id: string
  title: string
  severity: Severity
  note: string
  roles?: readonly Speaker[]
  literals: readonly string[]
  /** How far a match and what decides about it may lie from a literal. */
  reach: { before: number; after: number }
  claims: readonly Claim[]
  examples: Detector['examples']
}

export const NOT_OURS: readonly Speaker[] = ['user', 'tool', 'document', 'assistant']

export function defineRule({ claims, note, reach, ...rule }: Rule): Detector {
  const required = claims.map(({ pattern }) => requiredWords(pattern))
  const words = [...new Set(required.flatMap((some) => some ?? []))].slice(0, MOST_WORDS)
  /** Bits of the words of which a claim needs one; zero: it needs none, or one that nobody looks for. */
  const needs = required.map((some) =>
    some?.every((word) => words.includes(word)) === true
      ? some.reduce((bits, word) => bits | (1 << words.indexOf(word)), 0)
      : 0,
  )
  return defineDetector<Detector>({
    control: 'prompt-injection-io-handling',
    family: 'injection',
    roles: NOT_OURS,
    ...rule,
    words,
    reach: { before: reach.before + AROUND, after: reach.after + AROUND },
    detect(window, context) {
      const found: Match[] = []
      let view: View | undefined
      for (const [i, claim] of claims.entries()) {
        const bits = needs[i] ?? 0
        if (bits === 0 || context.words === undefined || (context.words & bits) !== 0)
          addMatches(found, claim, (view ??= viewOf(window, context)), context, note)
      }
      return found
    },
  })
}

const MOST_MATCHES = 16

interface View {
  window: string
  /** What patterns see; what lies around it only tells whether the words are said. */
  view: string
  /** Where the view begins in the window. */
  from: number
}

function viewOf(window: string, { atStart, atEnd }: Context): View {
  const from = atStart ? 0 : AROUND
  return { window, view: window.slice(from, window.length - (atEnd ? 0 : AROUND)), from }
}

function addMatches(found: Match[], claim: Claim, { window, view, from }: View, context: Context, note: string): void {
  const { pattern, sure, by, only } = claim
  const most = found.length + MOST_MATCHES
  pattern.lastIndex = 0
  for (let match = pattern.exec(view); match && found.length < most; match = pattern.exec(view)) {
    if (match[0].length === 0) pattern.lastIndex++
    const [start, end] = [match.index + from, match.index + match[0].length + from]
    const isCut = (match.index === 0 && !context.atStart) || (end === from + view.length && !context.atEnd)
    if (isCut || (only && !only(view, match))) continue
    const said = by?.[context.role] ?? sure
    const confidence = isMentioned(window, start, end) ? Math.min(said * 0.5, 0.45) : said
    found.push({ start, end, confidence, note })
  }
}
