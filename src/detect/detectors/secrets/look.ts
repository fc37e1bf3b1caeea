// What is found at one occurrence of a literal, and whether enough of the text has been seen to say so.
import type { Match } from '../../define.ts'
import { assignedAt } from './assignment.ts'
import { ASSIGNMENT_REACH, type Gate, isCredible } from './gates.ts'
import { genericAt } from './generic.ts'
import type { SecretKind } from './kind.ts'

const TOKEN = 0.95
const NAMED = 0.8
/** A checksum that is right leaves no doubt; a wrong one is a token that was mistyped, made up or shortened. */
const RIGHT = 0.99
const WRONG = 0.75

/** `at` is where the gate's literal begins. */
export function secretsAt(text: string, at: number, gate: Gate, found: Match[]): void {
  for (const kind of gate.tokens) tokenAt(text, at, kind, found)
  if (gate.named.length > 0 && startsName(text, at)) namedAt(text, at, gate, found)
  if (gate.generic) {
    const hit = genericAt(text, at, gate.literal)
    if (!hit) return
    const note = hit.kind === 'password' ? 'Password' : 'Secret assigned to a name'
    found.push({ ...hit, note, redaction: `[${hit.kind}]` })
  }
}

function tokenAt(text: string, at: number, kind: SecretKind, found: Match[]): void {
  const { pattern, back } = kind
  for (let from = Math.max(0, at - back.most), last = at - back.least; from <= last; from++) {
    pattern.lastIndex = from
    const match = pattern.exec(text)
    if (!match) continue
    const secret = match.groups?.['secret'] ?? match[0]
    if (isCredible(kind, secret)) push(found, kind, from + match[0].lastIndexOf(secret), secret, TOKEN)
    return
  }
}

function namedAt(text: string, at: number, gate: Gate, found: Match[]): void {
  const valueAt = assignedAt(text, at + gate.literal.length)
  for (const kind of gate.named) {
    // Some words begin the value itself: `sl.…`, `p8e-…`.
    const from = kind.source.startsWith(gate.literal.replace('.', '[.]')) ? at : valueAt
    if (from < 0) continue
    kind.pattern.lastIndex = from
    const secret = kind.pattern.exec(text)?.[0]
    if (secret !== undefined && isCredible(kind, secret)) push(found, kind, from, secret, NAMED)
  }
}

function push(found: Match[], kind: SecretKind, start: number, secret: string, confidence: number): void {
  const checked = kind.checksum?.(secret)
  found.push({
    kind: kind.id,
    start,
    end: start + secret.length,
    severity: kind.severity,
    confidence: checked === undefined ? confidence : checked ? RIGHT : WRONG,
    note:
      checked === undefined ? kind.title : `${kind.title}, ${checked ? 'with a valid' : 'without a valid'} checksum`,
    redaction: `[${kind.id}]`,
  })
}

/**
 * Whether nothing to come can change what is found. White space ends most secrets; a name without an assignment within
 * its reach has none.
 */
export function seenEnough(text: string, at: number, gate: Gate): boolean {
  if (text.length - at > gate.after) return true
  if (gate.spaced) return false
  let from = at
  if (gate.named.length > 0 || gate.generic) {
    from += gate.literal.length + ASSIGNMENT_REACH
    if (text.length <= from) return false
  }
  for (let i = from; i < text.length; i++) if (text.charCodeAt(i) <= 32) return true
  return false
}

/** The word is not the tail of a longer one of the same case: `lob` is no name in `global`. */
function startsName(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const first = text.charCodeAt(at)
  return !((isLower(before) && isLower(first)) || (isUpper(before) && (isUpper(first) || isLower(first))))
}

const isLower = (code: number): boolean => code >= 97 && code <= 122
const isUpper = (code: number): boolean => code >= 65 && code <= 90
