// Postal addresses of the shapes that announce themselves: a house number and a street, post boxes and field post, a
// state with its postal code. Recall is modest on purpose: a place name alone is nobody's address.
import type { Arrived } from '../../arrived.ts'
import type { Match } from '../../define.ts'
import { before } from './nearby.ts'
import { isDigit, isLetter } from './units.ts'

const WORD = "\\p{Lu}[\\p{L}'’.-]{0,24}"
const STREET_AFTER =
  'Street|St|Road|Rd|Avenue|Ave|Av|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Way|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Crescent|Close|Row|Mews|Gardens|Grove|Hill|Trail|Trl|Alley|Plaza|Loop|Ridge|Pike|Turnpike|Crossing|Quay|Walk'
const UNIT = '(?:,?\\s{1,3}(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Fl|Room|Rm|#)\\.?\\s?#?[\\w-]{1,6})?'
const CITY = `(?:,?\\s{1,3}${WORD}(?: ${WORD}){0,2},?\\s{1,2}(?:[A-Z]{2}\\s{1,2}\\d{5}(?:-\\d{4})?|[A-Z]{1,2}\\d[\\dA-Z]? ?\\d[A-Z]{2}))?`
const ENGLISH = new RegExp(
  `\\d{1,6}[A-Za-z]?,? (?:\\d{1,5} )?(?:${WORD} ){1,4}(?:${STREET_AFTER})\\b\\.?${UNIT}${CITY}`,
  'uy',
)
const ROMANCE = new RegExp(
  `\\d{1,5}(?: ?(?:bis|ter)| \\d{1,5})?,? (?:Rua|Calle|Via|Avenida|Estrada|Piazza|Travessa|Largo|Praça|Corso|Viale|Paseo|Plaza|rúa|rua|calle|via|rue|avenue|boulevard|place|chemin|allée|impasse|quai|cours|route|Rue|Avenue|Boulevard|Place|Chemin|Allée) (?:[dD](?:e|u|es|as|os|a|o|el|i|ella|elle|e la) |l['’]|d['’])?${WORD}(?: ${WORD}){0,3}(?: \\d{1,4}\\b)?(?:,? \\d{5} ${WORD}(?:[- ]${WORD}){0,2})?`,
  'uy',
)
export const BEFORE_NUMBER =
  /(?:\p{Lu}[\p{L}'’.-]{1,24}(?:[ -]\p{Lu}?[\p{L}.'’-]{1,24}){0,2}[ -])?(?:\p{Lu}?[\p{L}-]{2,24}(?:straße|strasse|str\.|gasse|weg|platz|allee|gatan|gata|vägen|vej|veien|gade|gate|straat|laan|plein|dijk|katu|tie)|\p{Lu}[\p{L}-]{2,24} (?:Straße|Strasse|Weg|Platz|Allee|utca|út|tér|ulica|utja|körút))\s$/u
export const CALLED =
  /(?:ul\.|ulica|aleja|al\.|via|Via|viale|Viale|piazza|Piazza|corso|Corso|calle|Calle|avenida|Avenida|carrera|Carrera|rua|Rua|travessa|Travessa|paseo|Paseo|Λεωφ\.) (?:d(?:e|el|ella|i|o|os|a|as|e la) )?\p{Lu}[\p{L}'’.-]{1,24}(?: (?:d(?:e|el|ella|i|o|os|a|as) )?\p{Lu}[\p{L}'’.-]{1,24}){0,3},? (?:n[.º°]{0,2} ?)?$/u
const NUMBER = /\d{1,5}(?: ?[a-zA-Z](?![\w]))?(?:,?\s{1,2}(?:[A-Z]-?)?\d{4,5}(?: \p{Lu}[\p{L}-]{2,24})?)?(?![\w])/uy
export const STATE =
  /(?:AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR|AA|AE|AP)\s{1,2}$/
const ZIP = /\d{5}(?:-\d{4})?(?![\w-])/y
export const BOX =
  /(?:(?:P\.? ?O\.?|Post(?:al)? Office) ?Box|Postfach|Boîte postale|B\.?P\.|Apartado|(?:Unit|PSC) \d{1,5},? Box)\s{0,2}$/i
const BOX_NUMBER = /\d{1,6}(?:\s{1,2}(?:APO|FPO|DPO) (?:AA|AE|AP) \d{5})?(?!\w)/iy

/** How the word right before a house number ends, in the languages that put the number last. */
const ENDINGS = [
  'straße',
  'strasse',
  'str.',
  'gasse',
  'weg',
  'platz',
  'allee',
  'gatan',
  'gata',
  'vägen',
  'vej',
  'veien',
  'gade',
  'gate',
  'straat',
  'laan',
  'plein',
  'dijk',
  'katu',
  'tie',
  'utca',
  'út',
  'tér',
  'ulica',
  'utja',
  'körút',
]
const STREET_WORD =
  /(?:^|\s)(?:ul\.|ulica|aleja|al\.|via|viale|piazza|corso|calle|avenida|carrera|rua|travessa|paseo|λεωφ\.)\s/i
const BOX_WORDS = new Set(['box', 'postfach', 'postale', 'apartado', 'bp', 'b.p.'])
const LIVING =
  /(?:\baddress(?: is| to| with| as| at| of [^.\n]{1,24} is|:| below:?)?|\blives? (?:at|on|in)|\bmeet (?:me|us|him|her) at|\blocated (?:at|on|in)|\b(?:office|house|home|shop|store|station|hotel|school) is (?:at|on|in)|\barrived at|\bdrops? you off at|\bsent to|\bvisit(?:ed)? (?:us|me) at|\bship(?:ped)? to|\bresid\w{1,5} at|\bmoved to|\bdeliver(?:ed|y)? to)[\s:]{1,8}$/i
const PLACE = new RegExp(`\\d{1,6}[A-Za-z]?,? (?:${WORD} ){0,4}${WORD}(?:,? \\d{1,5}\\b)?${UNIT}${CITY}`, 'uy')

/** A part of an address that stands by itself, mostly on a line of its own. */
export const UNIT_BEFORE =
  /(?:\b(?:Apt|Apartment)\.?|\bapt\.|(?:^|[\n,;]|\?\?\?)[ \t>?]{0,8}(?:[Ss]uite|Unit|Flat))[ ]{1,2}#?$/
/** The last word before the number of a flat or a postal code. */
const PART_WORDS = new Set(
  'apt apt. apt.# apartment apartment. suite unit flat # code code: zip zip: zipcode zipcode: postcode postcode: plz plz: is'.split(
    ' ',
  ),
)
const UNIT_NUMBER = /\d{1,5}[A-Za-z]?(?![\w.:%])/y
const POSTCODE_BEFORE = /\b(?:zip(?: ?code)?|post(?:al)? ?code|postcode|plz)(?: is|:| number is)?\s{1,3}$/i
const POSTCODE = /\d{4,6}(?:-\d{3,4})?(?![\w.-])/y
/** A street with its number behind it, on a line that a flat follows. */
const LINE =
  /\d{1,6}(?: \d{1,5})? (?:\p{Lu}[\p{L}.'’-]{1,24} ){1,4}\d{1,5}\.?(?=[\s>?,]{1,12}(?:Apt|Apartment|Suite|Unit|Flat)\b)/uy

/** `at`: the first digit. */
export function addressAt(text: Arrived, at: number, found: Match[]): void {
  if (isPartOfMore(text.charCodeAt(at - 1))) return
  const push = (start: number, end: number, confidence: number) =>
    found.push({
      kind: 'address',
      start,
      end,
      confidence,
      severity: 'medium',
      note: 'Postal address',
      redaction: '[address]',
    })
  const starts = startsPlace(text, at)
  if (!starts && !mayEndLead(text, at)) return
  const whole = starts ? (text.run(ENGLISH, at) ?? text.run(ROMANCE, at)) : undefined
  if (whole !== undefined) return void push(at, at + whole.length, 0.75)
  const line = starts ? text.run(LINE, at) : undefined
  if (line !== undefined) return void push(at, at + line.length, 0.65)
  if (followsNumber(text, at)) return
  const lead = before(text, at, 72)
  const last = lastWord(lead)
  const word = last.toLowerCase()
  const part = PART_WORDS.has(word) ? partAt(text, at, lead) : undefined
  if (part) return void push(at - part.before, at + part.length, 0.6)
  if (hasEnding(word) || (NAMES_STREET.test(last) && hasStreetWord(lead))) {
    const street = BEFORE_NUMBER.exec(lead) ?? CALLED.exec(lead)
    const number = street ? text.run(NUMBER, at) : undefined
    if (street && number !== undefined) return void push(at - street[0].length, at + number.length, 0.7)
  }
  if (BOX_WORDS.has(word)) {
    const box = BOX.exec(lead)
    const number = box ? text.run(BOX_NUMBER, at) : undefined
    if (box && number !== undefined) push(at - box[0].length, at + number.length, 0.7)
    return
  }
  if (last.length === 2 && /^[A-Z]{2}$/.test(last)) {
    const state = STATE.exec(lead)
    const zip = state ? text.run(ZIP, at) : undefined
    if (state && zip !== undefined) return void push(at - state[0].length, at + zip.length, 0.6)
  }
  const place = starts ? text.run(PLACE, at) : undefined
  if (place !== undefined && LIVING.test(lead)) push(at, at + place.length, 0.65)
}

/** The number of a flat with its word, or a postal code that is called one. */
function partAt(text: Arrived, at: number, lead: string): { before: number; length: number } | undefined {
  const unit = UNIT_BEFORE.exec(lead)?.[0].replace(/^[\s>?,;]+/, '')
  const number = unit === undefined ? undefined : text.run(UNIT_NUMBER, at)
  if (unit !== undefined && number !== undefined) return { before: unit.length, length: number.length }
  const code = POSTCODE_BEFORE.test(lead) ? text.run(POSTCODE, at) : undefined
  return code === undefined ? undefined : { before: 0, length: code.length }
}

/** Most words differ from all of them in the last two letters. */
const BY_TAIL = Map.groupBy(ENDINGS, (ending) => ending.slice(-2))

function hasEnding(word: string): boolean {
  return BY_TAIL.get(word.slice(-2))?.some((ending) => word.endsWith(ending)) ?? false
}

/** Digits, then a capital or a small word that begins a street. */
function startsPlace(text: Arrived, at: number): boolean {
  let i = at
  while (i < at + 7 && isDigit(text.charCodeAt(i))) i++
  if (isLetter(text.charCodeAt(i)) && text.charCodeAt(i + 1) === SPACE) i++
  if (text.charCodeAt(i) === COMMA) i++
  if (text.charCodeAt(i) !== SPACE) return false
  // A second number, of at most five digits.
  let next = i + 1
  while (next < i + 6 && isDigit(text.charCodeAt(next))) next++
  if (next > i + 1 && text.charCodeAt(next) === SPACE) i = next
  const first = text.charCodeAt(i + 1)
  return first < 128 ? BEGINS_STREET[first] === 1 : /\p{Lu}/u.test(text.charAt(i + 1))
}

const [SPACE, COMMA] = [32, 44]
const table = (pattern: RegExp) =>
  Uint8Array.from({ length: 128 }, (_, unit) => Number(pattern.test(String.fromCharCode(unit))))
const BEGINS_STREET = table(/[A-Zrabpciqtv]/)
const PART_OF_MORE = table(/[\w.,/:$#=-]/)
const SMALL = table(/[a-z]/)
const [POUND, EURO] = [0xa3, 0x20ac]

const isPartOfMore = (unit: number): boolean => PART_OF_MORE[unit] === 1 || unit === POUND || unit === EURO

/** The last two letters of a word, or its only one. */
const tailOf = (before: number, last: number): number => (before << 16) | last

/** How the small words end that something may follow of which they are a part. */
const TAILS = new Set(
  [...ENDINGS, ...PART_WORDS, ...BOX_WORDS].map((word) =>
    tailOf(word.length < 2 ? 0 : word.charCodeAt(word.length - 2), word.charCodeAt(word.length - 1)),
  ),
)

/** Whether the word before a number may be one that counts; asked first, because most are not. */
function mayEndLead(text: Arrived, at: number): boolean {
  let end = at
  while (end > 0 && text.charCodeAt(end - 1) <= SPACE) end--
  const last = end > 0 ? text.charCodeAt(end - 1) : 0
  if (last > 127) return last < NO_MORE_LETTERS
  if (end === at || last === 0) return false
  let first = end - 1
  while (first > 0 && text.charCodeAt(first - 1) > SPACE && end - first < LONGEST_SMALL) first--
  const before = first === end - 1 ? 0 : text.charCodeAt(end - 2)
  // "n." stands for "number".
  const isNumber = text.charCodeAt(first) === 110 && SMALL[text.charCodeAt(first + 1)] !== 1
  if (SMALL[text.charCodeAt(first)] !== 1 || isNumber || before > 127 || end - first === LONGEST_SMALL) return true
  return TAILS.has(tailOf(lower(before), lower(last)))
}

const LONGEST_SMALL = 24
/** From here on come signs, and scripts in which no word of these is written. */
const NO_MORE_LETTERS = 0x2000
const lower = (unit: number): number => (unit >= 65 && unit <= 90 ? unit + 32 : unit)

/** One white space and a digit before it: a later group of some number. */
function followsNumber(text: Arrived, at: number): boolean {
  const code = text.charCodeAt(at - 2)
  return code >= 48 && code <= 57
}

/** What stands before a number; empty where no white space separates it. */
function lastWord(lead: string): string {
  const rest = lead.trimEnd()
  if (rest.length === lead.length) return ''
  let start = rest.length
  while (start > 0 && rest.charCodeAt(start - 1) > 32) start--
  return rest.slice(start)
}

/** How the last word of a street's name looks, or the sign for "number". */
const NAMES_STREET = /^(?:\p{Lu}|n[.º°])/u

function hasStreetWord(lead: string): boolean {
  return STREET_WORD.test(lead)
}
