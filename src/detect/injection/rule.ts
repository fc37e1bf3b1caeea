// The common shape of an injection rule: a pattern that claims a place, and how sure it is there. A rule weakens itself
// where the words are quoted or talked about rather than said.
import type { Severity, Speaker } from '../../model/finding.ts'
import { defineDetector, type Context, type Detector, type Match } from '../define.ts'

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
  reach: { before: number; after: number }
  claims: readonly Claim[]
  examples: Detector['examples']
}

export const NOT_OURS: readonly Speaker[] = ['user', 'tool', 'document', 'assistant']

export function defineRule({ claims, note, ...rule }: Rule): Detector {
  return defineDetector<Detector>({
    control: 'prompt-injection-io-handling',
    family: 'injection',
    roles: NOT_OURS,
    ...rule,
    detect: (window, context) => claims.flatMap((claim) => matches(claim, window, context, note)),
  })
}

const MOST_MATCHES = 16

function matches({ pattern, sure, by, only }: Claim, window: string, { role }: Context, note: string): Match[] {
  const found: Match[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(window); match && found.length < MOST_MATCHES; match = pattern.exec(window)) {
    if (match[0].length === 0) pattern.lastIndex++
    if (only && !only(window, match)) continue
    const [start, end] = [match.index, match.index + match[0].length]
    const said = by?.[role] ?? sure
    const confidence = isMentioned(window, start, end) ? Math.min(said * 0.5, 0.45) : said
    found.push({ start, end, confidence, note })
  }
  return found
}

const OPENS = '"\'`“‘«„'
const CLOSES = '"\'`”’»“'
const TALK =
  /\b(?:for example|e\.g\.|such as|like|example|attack(?:er|ers|s)?|inject(?:ion|ions|ed)?|malicious|payloads?|jailbreaks?|phrases?|prompts? (?:such|like)|known as|called|adversar\w+|detect(?:s|ed|ion|or)?|vulnerab\w+|exploit\w*|mitigat\w+|research\w*|guardrails?|red.?team\w*|patterns?|blocked|flagged|classif\w+|owasp|expect|test)\b/i

/** Near talk about attacks, and inside quotes, code or a list of strings: somebody writes about the words. */
export function isMentioned(window: string, start: number, end: number): boolean {
  const around = `${window.slice(Math.max(0, start - 160), start)} ${window.slice(end, end + 120)}`
  return isQuoted(window, start, end) && TALK.test(around)
}

function isQuoted(window: string, start: number, end: number): boolean {
  const before = window.slice(Math.max(0, start - 60), start)
  const after = window.slice(end, end + 160)
  const open = lastOf(before, OPENS)
  if (open >= 0 && !before.slice(open).includes('\n') && firstOf(after, CLOSES) >= 0) return true
  return /(?:^|\n)[ \t]*(?:>|\||[-*] \w+: )[^\n]*$/.test(before) || /(?:^|\n)(?: {4}|\t)[^\n]*$/.test(before)
}

function lastOf(text: string, marks: string): number {
  for (let i = text.length - 1; i >= 0; i--) {
    // An apostrophe inside a word opens nothing.
    if (marks.includes(text[i] ?? '') && !/\w/.test(text[i - 1] ?? '')) return i
  }
  return -1
}

function firstOf(text: string, marks: string): number {
  for (let i = 0; i < text.length && text[i] !== '\n'; i++) {
    if (marks.includes(text[i] ?? '') && !/\w/.test(text[i + 1] ?? '')) return i
  }
  return -1
}
