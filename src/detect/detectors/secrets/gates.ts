// Every literal of the credential tables and what is tried where it occurs. Built once, shared by every scan.
import { entropy } from './entropy.ts'
import { GENERIC_WORDS } from './generic.ts'
import { type SecretKind, toNamedKind, toTokenKind } from './kind.ts'
import { AI } from './kinds/ai.ts'
import { CLOUD } from './kinds/cloud.ts'
import { CODE } from './kinds/code.ts'
import { CONTEXT } from './kinds/context.ts'
import { NAMED } from './kinds/named.ts'
import { WORK } from './kinds/work.ts'
import { isFiller, isFillerToken, isPlaceholder } from './placeholder.ts'

export interface Gate {
  literal: string
  tokens: readonly SecretKind[]
  named: readonly SecretKind[]
  generic: boolean
  /** Whether what is found here may begin with the literal itself: inside a word, only where one begins, or never. */
  begins: 'anywhere' | 'word' | undefined
  /** Nothing here begins inside a word: a letter or digit before the literal ends the matter. */
  startsWord: boolean
  spaced: boolean
  /** How far behind the literal's start anything here may reach. */
  after: number
}

/** A name, what stands between it and its value, and the longest value of the generic rule. */
export const ASSIGNMENT_REACH = 120
const VALUE_REACH = 210

export const SECRET_KINDS: readonly SecretKind[] = [
  ...[...AI, ...CLOUD, ...CODE, ...WORK, ...CONTEXT].map(toTokenKind),
  ...NAMED.map(toNamedKind),
]

export const GATES: readonly Gate[] = toGates(SECRET_KINDS)
export const MOST_BACK = SECRET_KINDS.reduce((most, { back }) => Math.max(most, back.most), 0)
export const MOST_AFTER = GATES.reduce((most, { after }) => Math.max(most, after), 0)

function toGates(kinds: readonly SecretKind[]): Gate[] {
  const behind = new Map<string, Set<SecretKind>>(GENERIC_WORDS.map((word) => [word, new Set()]))
  for (const kind of kinds) for (const gate of kind.gates) behind.set(gate, (behind.get(gate) ?? new Set()).add(kind))
  return [...behind].map(([literal, tried]) => {
    const tokens = [...tried].filter(({ way }) => way === 'token')
    const named = [...tried].filter(({ way }) => way === 'named')
    const generic = (GENERIC_WORDS as readonly string[]).includes(literal)
    const startsWord =
      !generic &&
      named.length === 0 &&
      /^[a-z0-9]/.test(literal) &&
      tokens.every((kind) => kind.back.most === 0 && isBounded(kind))
    const reach = [
      ...tokens.map((kind) => kind.longest),
      ...named.map((kind) => kind.longest + ASSIGNMENT_REACH),
      ...(generic ? [VALUE_REACH + ASSIGNMENT_REACH] : []),
    ]
    const after = literal.length + Math.max(...reach) + 8
    const first = tokens.filter(({ back }) => back.least === 0)
    const isFirst = first.length > 0 || named.some((kind) => isInValue(kind, literal))
    const begins = !first.every(isBounded) ? 'anywhere' : isFirst ? 'word' : undefined
    return { literal, tokens, named, generic, begins, startsWord, spaced: tokens.some((kind) => kind.spaced), after }
  })
}

/** Some words begin the value itself: `sl.…`, `p8e-…`. */
export function isInValue({ source }: SecretKind, literal: string): boolean {
  return source.startsWith(literal.replace('.', '[.]'))
}

function isBounded({ pattern }: SecretKind): boolean {
  return /^(?:\(\?<!\[(?:0-9A-Za-z|\\w)|\\b)/.test(pattern.source)
}

/** Random enough, and neither a template nor a sample. */
export function isCredible(kind: SecretKind, secret: string): boolean {
  if (kind.entropy > 0 && entropy(secret) < kind.entropy) return false
  if (kind.accept && !kind.accept(secret)) return false
  if (kind.way === 'named') return hasBothClasses(kind, secret) && (!isPlaceholder(secret) || !isSample(secret))
  return kind.source.includes('(?<secret>') || !isFillerToken(secret)
}

/** In long random text, letters fall into a short word of the documentation by chance. */
function isSample(secret: string): boolean {
  return secret.length < 20 || isFiller(secret) || /example|xxxx|your|changeme|placeholder|redacted/i.test(secret)
}

/** Letters and digits both, where the shape allows both: a word of the right length is no key. */
function hasBothClasses(kind: SecretKind, secret: string): boolean {
  if (secret.length >= 60 || !/[a-z]-[a-z]/i.test(kind.source)) return true
  return /\d/.test(secret) && /[A-Za-z]/.test(secret)
}
