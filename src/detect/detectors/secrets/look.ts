// What is found at one occurrence of a literal.
import type { Arrived } from '../../arrived.ts'
import type { Match } from '../../define.ts'
import { assignedAt } from './assignment.ts'
import { type Gate, isCredible, isInValue } from './gates.ts'
import { genericAt } from './generic.ts'
import type { SecretKind } from './kind.ts'
import { behindOpening } from './opening-words.ts'

const TOKEN = 0.95
const NAMED = 0.8
/** A checksum that is right leaves no doubt; a wrong one is a token that was mistyped, made up or shortened. */
const RIGHT = 0.99
const WRONG = 0.75

/** `at` is where the gate's literal begins. */
export function secretsAt(text: Arrived, at: number, gate: Gate, found: Match[]): void {
  for (const kind of gate.tokens) tokenAt(text, at, kind, found)
  if (gate.named.length > 0 && startsName(text, at)) namedAt(text, at, gate, found)
  if (gate.generic) {
    const hit = genericAt(text, at, gate.literal)
    if (!hit) return
    const note = hit.kind === 'password' ? 'Password' : 'Secret assigned to a name'
    found.push({ ...hit, note, redaction: `[${hit.kind}]` })
  }
}

function tokenAt(text: Arrived, at: number, kind: SecretKind, found: Match[]): void {
  const { pattern, back } = kind
  for (let from = Math.max(0, at - back.most), last = at - back.least; from <= last; from++) {
    const match = text.exec(pattern, from)
    // One that ends before the literal is another credential, with a literal of its own.
    if (!match || from + match[0].length <= at) continue
    const secret = match.groups?.['secret'] ?? match[0]
    if (!isCredible(kind, secret)) return
    const start = from + match[0].lastIndexOf(secret)
    push(found, kind, start, secret, TOKEN, back.most > 0 ? behindOpening(text.string, start) : start)
    return
  }
}

function namedAt(text: Arrived, at: number, gate: Gate, found: Match[]): void {
  const valueAt = assignedAt(text, at + gate.literal.length)
  for (const kind of gate.named) {
    const isWithin = isInValue(kind, gate.literal)
    const from = isWithin ? at : valueAt
    if (from < 0 || (isWithin && isWordUnit(text.charCodeAt(at - 1)))) continue
    const secret = text.run(kind.pattern, from)
    if (secret !== undefined && isCredible(kind, secret)) push(found, kind, from, secret, NAMED)
  }
}

function push(
  found: Match[],
  kind: SecretKind,
  at: number,
  secret: string,
  confidence: number,
  start: number = at,
): void {
  const checked = kind.checksum?.(secret)
  found.push({
    kind: kind.id,
    start,
    end: at + secret.length,
    severity: kind.severity,
    confidence: checked === undefined ? confidence : checked ? RIGHT : WRONG,
    note:
      checked === undefined ? kind.title : `${kind.title}, ${checked ? 'with a valid' : 'without a valid'} checksum`,
    redaction: `[${kind.id}]`,
  })
}

/** The word is not the tail of a longer one of the same case: `lob` is no name in `global`. */
function startsName(text: Arrived, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const first = text.charCodeAt(at)
  return !((isLower(before) && isLower(first)) || (isUpper(before) && (isUpper(first) || isLower(first))))
}

const isWordUnit = (code: number): boolean => isLower(code) || isUpper(code) || (code >= 48 && code <= 57)
const isLower = (code: number): boolean => code >= 97 && code <= 122
const isUpper = (code: number): boolean => code >= 65 && code <= 90
