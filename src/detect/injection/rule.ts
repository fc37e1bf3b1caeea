// The common shape of an injection rule: a pattern that claims a place, and how sure it is there. A rule weakens itself
// where the words are quoted or talked about rather than said.
import type { Severity, Speaker } from '../../model/finding.ts'
import { defineDetector, type Context, type Detector, type Match } from '../define.ts'
import { AROUND, isMentioned } from './mention.ts'

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
  return defineDetector<Detector>({
    control: 'prompt-injection-io-handling',
    family: 'injection',
    roles: NOT_OURS,
    ...rule,
    reach: { before: reach.before + AROUND, after: reach.after + AROUND },
    detect(window, context) {
      const inner = { from: context.atStart ? 0 : AROUND, to: window.length - (context.atEnd ? 0 : AROUND) }
      return claims.flatMap((claim) => matches(claim, window, inner, context, note))
    },
  })
}

const MOST_MATCHES = 16

/** Patterns see the inner part alone: what lies around it only tells whether the words are said. */
function matches(claim: Claim, window: string, inner: { from: number; to: number }, context: Context, note: string) {
  const { pattern, sure, by, only } = claim
  const view = window.slice(inner.from, inner.to)
  const found: Match[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(view); match && found.length < MOST_MATCHES; match = pattern.exec(view)) {
    if (match[0].length === 0) pattern.lastIndex++
    const [start, end] = [match.index + inner.from, match.index + match[0].length + inner.from]
    const isCut = (match.index === 0 && !context.atStart) || (end === inner.to && !context.atEnd)
    if (isCut || (only && !only(view, match))) continue
    const said = by?.[context.role] ?? sure
    const confidence = isMentioned(window, start, end) ? Math.min(said * 0.5, 0.45) : said
    found.push({ start, end, confidence, note })
  }
  return found
}
