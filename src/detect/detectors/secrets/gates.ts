// Every literal of the credential tables and what is tried where it occurs. Built once; the shared automaton finds the
// literals, `secretsAt` does the rest.
import { entropy } from './entropy.ts'
import { assignedAt } from './assignment.ts'
import { GENERIC_WORDS, genericAt } from './generic.ts'
import { type SecretKind, toNamedKind, toTokenKind } from './kind.ts'
import { AI } from './kinds/ai.ts'
import { CLOUD } from './kinds/cloud.ts'
import { CODE } from './kinds/code.ts'
import { CONTEXT } from './kinds/context.ts'
import { NAMED } from './kinds/named.ts'
import { WORK } from './kinds/work.ts'
import { isFiller, isFillerToken, isPlaceholder } from './placeholder.ts'

export interface SecretHit {
  kind: string
  title: string
  start: number
  end: number
  severity: SecretKind['severity']
  confidence: number
}

export interface Gate {
  literal: string
  tokens: readonly SecretKind[]
  named: readonly SecretKind[]
  generic: boolean
}

export const SECRET_KINDS: readonly SecretKind[] = [
  ...[...AI, ...CLOUD, ...CODE, ...WORK, ...CONTEXT].map(toTokenKind),
  ...NAMED.map(toNamedKind),
]

export const GATES: readonly Gate[] = toGates(SECRET_KINDS)

function toGates(kinds: readonly SecretKind[]): Gate[] {
  const literals = new Set<string>(GENERIC_WORDS)
  for (const kind of kinds) for (const gate of kind.gates) literals.add(gate)
  return [...literals].map((literal) => ({
    literal,
    tokens: kinds.filter((kind) => kind.way === 'token' && kind.gates.includes(literal)),
    named: kinds.filter((kind) => kind.way === 'named' && kind.gates.includes(literal)),
    generic: (GENERIC_WORDS as readonly string[]).includes(literal),
  }))
}

/** What is found at one occurrence of a gate's literal. `at` is where the literal begins. */
export function secretsAt(text: string, at: number, gate: Gate, found: SecretHit[]): void {
  for (const kind of gate.tokens) {
    // From the farthest start: with a look-back the leftmost match is the whole token.
    for (let from = Math.max(0, at - kind.back); from <= at; from++) {
      kind.pattern.lastIndex = from
      const match = kind.pattern.exec(text)
      if (!match) continue
      const secret = match.groups?.['secret'] ?? match[0]
      const start = match.groups?.['secret'] ? from + match[0].lastIndexOf(secret) : from
      if (isCredible(kind, secret)) push(found, kind, start, secret, 0.95)
      break
    }
  }
  if (gate.named.length > 0 && startsName(text, at)) namedAt(text, at, gate, found)
  if (gate.generic) {
    const hit = genericAt(text, at, gate.literal)
    if (hit)
      found.push({ ...hit, title: hit.kind === 'password' ? 'Password' : 'Secret assigned to a name', severity: 'high' })
  }
}

function namedAt(text: string, at: number, gate: Gate, found: SecretHit[]): void {
  // Some words begin the value itself: sl.…, p8e-….
  const valueAt = assignedAt(text, at + gate.literal.length)
  for (const kind of gate.named) {
    for (const from of [valueAt, at]) {
      if (from < 0) continue
      kind.pattern.lastIndex = from
      const secret = kind.pattern.exec(text)?.[0]
      if (secret === undefined || (from === at && !secret.toLowerCase().startsWith(gate.literal))) continue
      if (hasBothClasses(kind, secret) && isCredible(kind, secret)) push(found, kind, from, secret, 0.8)
    }
  }
}

function push(found: SecretHit[], kind: SecretKind, start: number, secret: string, confidence: number): void {
  const checked = kind.checksum === undefined ? confidence : kind.checksum(secret) ? 0.99 : 0.6
  found.push({ kind: kind.id, title: kind.title, start, end: start + secret.length, severity: kind.severity, confidence: checked })
}

function isCredible(kind: SecretKind, secret: string): boolean {
  if (kind.entropy > 0 && entropy(secret) < kind.entropy) return false
  if (kind.accept && !kind.accept(secret)) return false
  return kind.way === 'named' ? !isPlaceholder(secret) || isFillerFree(secret) : kind.source.includes('(?<secret>') || !isFillerToken(secret)
}

function isFillerFree(secret: string): boolean {
  return secret.length >= 20 && !isFiller(secret) && !/example|xxxx|your|changeme|placeholder|redacted/i.test(secret)
}

/** Letters and digits both, where the shape allows both: a word of the right length is no key. */
function hasBothClasses(kind: SecretKind, secret: string): boolean {
  if (!/a-z|a-f|a-h|A-Z/i.test(kind.source) || secret.length >= 60) return true
  return /\d/.test(secret) && /[A-Za-z]/.test(secret)
}

/** The word is not the tail of a longer one of the same case: `lob` is no name in `global`. */
function startsName(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const first = text.charCodeAt(at)
  const isLower = (code: number) => code >= 97 && code <= 122
  const isUpper = (code: number) => code >= 65 && code <= 90
  return !((isLower(before) && isLower(first)) || (isUpper(before) && (isUpper(first) || isLower(first))))
}
