// What stands before and after a candidate: the words by which people announce a number. Bounded on both sides.

import type { Arrived } from '../../arrived.ts'
import { isLetter } from './units.ts'

export function before(text: Arrived, at: number, length: number): string {
  return text.slice(Math.max(0, at - length), at)
}

/** Whether a word may stand there, be it of letters with dots between them: numbers among numbers have none to look for. */
export function speaksBefore(text: Arrived, at: number, length: number): boolean {
  const from = Math.max(0, at - length)
  let next = 0
  for (let i = at - 1; i >= from; i--) {
    const unit = text.charCodeAt(i)
    const isOfWord = unit > 127 || isLetter(unit)
    if (isOfWord && (next > 127 || isLetter(next) || IN_WORD.has(next))) return true
    next = unit
  }
  return false
}

/** A full stop, a slash, a colon, a number sign. */
const IN_WORD = new Set([46, 47, 58, 35])

export function after(text: Arrived, at: number, length: number): string {
  return text.slice(at, at + length)
}

/** Numbers that are announced as something else. Read right before the candidate. */
const CALLED =
  /\b(?:order|invoice|sku|isbn|issn|doi|version|ver|build|release|part|ticket|case|issue|bug|pr|page|item|product|model|serial|tracking|batch|lot|commit|revision|rev|timestamp|epoch|port|row|column|error|code|ref(?:erence)?|figure|fig|table|section|chapter|rfc|cve|iso|sha\d*|md5|hash|checksum|id)\b[\s:#.)no-]{0,8}$/i
const SIGNED = /(?:[#/=_v$€£¥]|\bnp\.array\(\[.{0,60})$/i

export function isAnnouncedOtherwise(text: Arrived, at: number): boolean {
  const lead = before(text, at, 72)
  return CALLED.test(lead) || SIGNED.test(lead)
}

/** By a word, whatever sign stands before the number. */
export function isCalledOtherwise(text: Arrived, at: number): boolean {
  return CALLED.test(before(text, at, 40))
}
