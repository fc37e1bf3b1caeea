// Identity numbers: national ones by their check digits, and those of papers and accounts, which have none and need the
// word that announces them; dates of birth; places on the map.
import type { Arrived } from '../../arrived.ts'
import type { Match } from '../../define.ts'
import { isDayMonth } from './check-digits.ts'
import { ANY_NATIONAL_ID, NATIONAL_IDS } from './national-ids.ts'
import { after, before, isAnnouncedOtherwise, speaksBefore } from './nearby.ts'
import { AT, DOT, HYPHEN, isDigit, isLetter, isWord } from './units.ts'

const GENERAL_WORDS =
  /national (?:id|identity|identification|insurance)|identity (?:number|card|document)|\bid (?:number|card|no)\b|tax (?:id|number|payer)|social (?:security|insurance)|personal (?:number|code|id)|citizen|identification/i

/** `at`: the first digit; letters of the number may stand before it. */
export function nationalIdAt(text: Arrived, at: number, found: Match[]): void {
  const lead = lettersBefore(text, at, 6)
  const start = at - lead
  const prior = text.charCodeAt(start - 1)
  if (
    isWord(prior) ||
    prior === AT ||
    (lead === 0 && (prior === HYPHEN || prior === DOT) && isDigit(text.charCodeAt(start - 2)))
  )
    return
  if (text.run(ANY_NATIONAL_ID, start) === undefined) return
  let context: string | undefined
  for (const { id, title, pattern, check, alone, words } of NATIONAL_IDS) {
    const written = text.run(pattern, start)
    if (written === undefined || !check(written.replaceAll(/[\s./()-]/g, ''))) continue
    context ??= `${before(text, start, 56)} ${after(text, start + written.length, 24)}`
    const named = words.test(context)
    if (!named && !(alone && !isAnnouncedOtherwise(text, start)) && !GENERAL_WORDS.test(context)) continue
    const confidence = named ? 0.95 : alone ? 0.8 : 0.65
    found.push({
      kind: id,
      start,
      end: start + written.length,
      confidence,
      severity: 'high',
      note: title,
      redaction: `[${id}]`,
    })
  }
}

function lettersBefore(text: Arrived, at: number, most: number): number {
  let letters = 0
  while (letters < most && isLetter(text.charCodeAt(at - letters - 1))) letters++
  return letters
}

const PAPERS: [kind: string, title: string, words: RegExp, pattern: RegExp][] = [
  [
    'passport',
    'Passport number',
    /passport|passeport|pasaporte|reisepass|passaporto|paszport/i,
    /[A-Z]{0,3}\d{5,9}[A-Z]{0,2}(?![\w-])/iy,
  ],
  [
    'driver-licence',
    'Driving licence number',
    /(?:driv\w{0,4}(?:'s|’s)?|dl)[\s-]{0,2}(?:licen[cs]e|permit|id)|führerschein|permis de conduire|\bdln?\b/i,
    /(?:[A-Z]{0,5}\d{4,14}[A-Z]{0,3}|[A-Z]\d{2,3}(?:-\d{2,4}){2,4}|\d{4}-\d{2}-\d{4})(?![\w])/iy,
  ],
  [
    'bank-account',
    'Bank account number',
    /(?:account|acct|a\/c|kontonummer|compte|cuenta|routing|sort code|bsb)\s{0,3}(?:number|no\.?|num|#)?[\s:#is]{0,8}$/i,
    /\d{7,17}(?![\w-])|\d{2}-\d{2}-\d{2}(?![\d-])/y,
  ],
  [
    'medical-record',
    'Medical record number',
    /\bmrn\b|medical record|patient (?:id|number)|health (?:plan|insurance) (?:id|number)|beneficiary/i,
    /[A-Z]{0,4}-?\d{5,12}(?![\w-])/iy,
  ],
]

const ANY_PAPER = new RegExp(PAPERS.map(([, , words]) => `(?:${words.source})`).join('|'), 'i')

export function paperAt(text: Arrived, at: number, found: Match[]): void {
  const hyphen = text.charCodeAt(at - 1) === HYPHEN ? 1 : 0
  const lead = hyphen + lettersBefore(text, at - hyphen, 5)
  if (isWord(text.charCodeAt(at - lead - 1))) return
  if (!speaksBefore(text, at - lead, 48)) return
  const near = before(text, at - lead, 48)
  if (!ANY_PAPER.test(near)) return
  for (const [kind, title, words, pattern] of PAPERS) {
    if (!words.test(near)) continue
    const written = text.run(pattern, at - lead)
    if (written === undefined) continue
    const start = at - lead
    found.push({
      kind,
      start,
      end: start + written.length,
      confidence: 0.75,
      severity: 'high',
      note: title,
      redaction: `[${kind}]`,
    })
  }
}

const BIRTH_WORDS =
  /\bborn\b|birth|\bd\.?o\.?b\b|geb(?:oren|urtsdatum|\.)|naissance|\bn[ée]e? le\b|nacimiento|nacid[oa]|nascimento|nascid[oa]|nascita|nat[oa] il|född|født|syntym|urodz|geboortedatum|doğum|生年月日|出生/i
const DATE =
  /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?!\d)|(\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?(\p{L}{3,10})\.?,?[ -](\d{4})(?!\d)/uy
export const MONTH_FIRST = /(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6}\.? $/iu
const MONTH_REST = /(\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)/y

export function birthDateAt(text: Arrived, at: number, found: Match[]): void {
  const month = mayFollowMonth(text, at) ? MONTH_FIRST.exec(before(text, at, 14)) : null
  const date = mayBeDate(text, at) ? text.exec(DATE, at) : null
  // The words come last: they are looked for a long way, and few numbers are dates.
  if ((!month && !date) || !speaksBefore(text, at, 60) || !BIRTH_WORDS.test(before(text, at, 60))) return
  const push = (start: number, end: number) =>
    found.push({
      kind: 'date-of-birth',
      start,
      end,
      confidence: 0.85,
      severity: 'medium',
      note: 'Date of birth',
      redaction: '[date-of-birth]',
    })
  if (month) {
    const rest = text.exec(MONTH_REST, at)
    if (rest) push(at - month[0].length, at + rest[0].length)
    return
  }
  const prior = text.charCodeAt(at - 1)
  if (!date || isWord(prior) || prior === DOT || prior === HYPHEN) return
  const [, y, ym, yd, a, b] = date
  const real = y
    ? isDayMonth(Number(yd), Number(ym))
    : a
      ? isDayMonth(Number(a), Number(b)) || isDayMonth(Number(b), Number(a))
      : true
  if (real) push(at, at + date[0].length)
}

const SPACE = 32
/** A space, behind a letter or a full stop. */
function mayFollowMonth(text: Arrived, at: number): boolean {
  const prior = text.charCodeAt(at - 2)
  return text.charCodeAt(at - 1) === SPACE && (isLetter(prior) || prior === DOT || prior > 127)
}

/** Digits, and what may stand behind the first of them in a date: a sign, or the letters of "1st" and its like. */
function mayBeDate(text: Arrived, at: number): boolean {
  let end = at
  while (end < at + 5 && isDigit(text.charCodeAt(end))) end++
  const next = text.charCodeAt(end)
  return (
    (end - at <= 2 || end - at === 4) &&
    (next === SPACE || next === HYPHEN || next === DOT || next === SLASH || isLetter(next) || next > 127)
  )
}

const SLASH = 47
const POINT =
  /-?\d{1,2}\.\d{4,10}°?\s?[NS]?[,;\s]{1,3}(?:["']?(?:lon|lng|long|longitude)["']?\s?[:=]\s?)?-?\d{1,3}\.\d{4,10}°?\s?[EW]?(?![\d.])/y

export function pointAt(text: Arrived, at: number, found: Match[]): void {
  if (text.charCodeAt(at + 1) !== DOT && text.charCodeAt(at + 2) !== DOT) return
  const start = text.charCodeAt(at - 1) === HYPHEN ? at - 1 : at
  const prior = text.charCodeAt(start - 1)
  if (isWord(prior) || prior === DOT) return
  const written = text.run(POINT, start)
  if (written === undefined) return
  const [lat = 91, long = 181] = [...written.matchAll(/-?\d+\.\d+/g)].map(Number)
  const listed =
    /\d[,;\s]{1,3}$/.test(before(text, start, 3)) ||
    /^[,;\s]{1,3}-?\d+\.\d/.test(after(text, start + written.length, 6))
  if (Math.abs(lat) > 90 || Math.abs(long) > 180 || listed || Math.max(Math.abs(lat), Math.abs(long)) < 2) return
  found.push({
    kind: 'coordinates',
    start,
    end: start + written.trimEnd().length,
    confidence: 0.7,
    severity: 'low',
    note: 'Coordinates of a place',
    redaction: '[coordinates]',
  })
}
