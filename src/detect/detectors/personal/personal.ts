// Personal data in a text: addresses of every sort, numbers with check digits, names. One pass notices digits, at signs,
// colons and the words that announce something; each is judged by the recognisers of its sort, with a short look round.
import type { Arrived } from '../../arrived.ts'
import { buildAutomaton } from '../../automaton.ts'
import { defineDetector, type Match } from '../../define.ts'
import { GatedReading, type Notice, type Sight } from '../gated-reading.ts'
import { ANY, DIGIT, FURTHER_LETTER, LETTER, noticing, OTHER } from '../notice.ts'
import { addressAt } from './address.ts'
import { capitalsIn } from './capitals.ts'
import { cardAt, ibanAt } from './card-iban.ts'
import { birthDateAt, nationalIdAt, paperAt, pointAt } from './identity.ts'
import { LONGEST_LEAD, leadOf } from './lead.ts'
import { colonAt, dashedMacAt, emailAt, ipv4At } from './network.ts'
import { announcedAt, givenNameAt, titleAt } from './person.ts'
import { phoneAt } from './phone.ts'
import { SURNAME_ENDINGS, surnameAt } from './surname.ts'
import { COLON as COLON_UNIT, DOT, HYPHEN, isDigit, isHex } from './units.ts'

const TITLES = [
  'mr',
  'mrs',
  'ms',
  'dr',
  'prof',
  'miss',
  'herr',
  'frau',
  'mme',
  'madame',
  'monsieur',
  'señor',
  'señora',
  'signor',
  'signora',
]
const DIGITS = '0123456789'
const LITERALS = [...new Set([...DIGITS, '@', ':', 'name', ...TITLES, ...SURNAME_ENDINGS])]
/** What a capital counts as, behind the literals. */
const CAPITAL = LITERALS.length
const [NUMBER, AT, COLON, ANNOUNCED, TITLE, ENDING, NAME] = [0, 1, 2, 3, 4, 5, 6]
const SORT = Uint8Array.from([...LITERALS, ''], (literal) => {
  if (literal === '') return NAME
  if (DIGITS.includes(literal)) return NUMBER
  if (literal === '@') return AT
  if (literal === ':') return COLON
  if (literal === 'name') return ANNOUNCED
  return TITLES.includes(literal) ? TITLE : ENDING
})
const AUTOMATON = buildAutomaton(LITERALS)
const ANY_LETTER = LETTER | FURTHER_LETTER
/** What stands round a hit settles most of them: digits inside a number, letters inside a word. */
const NEIGHBOURS = {
  before: SORT.map((sort) => {
    if (sort === NUMBER) return ANY & ~DIGIT
    if (sort === TITLE) return OTHER
    return sort === ENDING ? ANY_LETTER : ANY
  }),
  behind: SORT.map((sort) => (sort === ENDING ? ANY & ~ANY_LETTER : ANY)),
}

const openNotice = noticing(AUTOMATON, LITERALS, NEIGHBOURS)

/** The longest candidate, an address, with what is read behind it. */
const REACH_AFTER = 280
const KEEP = 176

export const personal = defineDetector({
  id: 'personal',
  control: 'sensitive-output-handling',
  family: 'personal',
  title: 'Personal data: names, addresses, numbers of persons',
  severity: 'medium',
  most: 50_000,
  reach: { before: LONGEST_LEAD + AUTOMATON.longest, after: REACH_AFTER },
  open: () => new GatedReading(sight()),
  examples: {
    hit: [
      'Write to ada.byron@mail.test today',
      'Call me on +44 20 7946 0018',
      'my phone is (415) 555-0137',
      'card 4111 1111 1111 1111 exp 10/30',
      'IBAN DE89 3704 0044 0532 0130 00',
      'SSN: 219-09-9998',
      'client 203.0.113.77 connected',
      'device 3c:22:fb:9a:01:7e',
      'She was born on 12 March 1984.',
      'passport number X4471290',
      'Meet at 41.40338, 2.17403',
      'He lives at 12 Long Acre Road, Leeds',
      'My name is Ottoline Quigley',
    ],
    miss: [
      'Order number 4485671131901713 has shipped',
      'Build 10.2.34.5 and version v7.24.19-rc.5 of @scope/pkg@4.3.0',
      'ISBN 978-0-306-40615-7, SKU 774-42-840514',
      'The meeting of 2024-03-05 12:30:45 took 99.5 minutes',
      'Figure 2.2 shows a 38.95% gain over 4911 runs in 1998-2004',
      'std::vector<int> a::b; timestamp 17812191026',
      'Will you mark the date in May? Grace and hope are virtues.',
      'Capitalized words like Wisdom and Discipline are no names.',
      'commit 002b6d08b5ab fixes issue #40074',
    ],
  },
})

function sight(): Sight {
  return {
    notice: withCapitals(openNotice()),
    longest: AUTOMATON.longest,
    lead: LONGEST_LEAD,
    keep: KEEP,
    after: () => REACH_AFTER,
    judge: look,
    leadOf,
  }
}

/** Hits of both sorts, in the order in which they end. */
function withCapitals(notice: Notice): Notice {
  const read: Notice['read'] = (text, from, hit) => {
    const capitals = capitalsIn(text, from)
    let next = 0
    const upTo = (end: number) => {
      for (; next < capitals.length && (capitals[next] ?? 0) < end; next++) hit(capitals[next] ?? 0, CAPITAL)
    }
    notice.read(text, from, (at, literal) => {
      upTo(at + (AUTOMATON.lengths[literal] ?? 0))
      hit(at, literal)
    })
    upTo(text.string.length)
  }
  return { read, begun: notice.begun, reset: notice.reset }
}

function look(text: Arrived, at: number, what: number, found: Match[]): void {
  const sort = SORT[what]
  if (sort === NUMBER) lookAtNumber(text, at, found)
  else if (sort === AT) emailAt(text, at, found)
  else if (sort === COLON) {
    const next = text.charCodeAt(at + 1)
    if (isHex(next) || next === COLON_UNIT) colonAt(text, at, found)
  } else if (sort === ANNOUNCED) announcedAt(text, at, found)
  else if (sort === TITLE) titleAt(text, at, LITERALS[what] ?? '', found)
  else if (sort === ENDING) surnameAt(text, at + (LITERALS[what] ?? '').length, found)
  else givenNameAt(text, at, found)
}

/** No card has fewer digits. */
const FEWEST_OF_CARD = 12
const FEWEST_OF_PAPER = 6
const [SPACE, OPENING, PLUS, SLASH] = [32, 40, 43, 47]

function lookAtNumber(text: Arrived, at: number, found: Match[]): void {
  if (isInsideWord(text, at)) return
  const before = text.charCodeAt(at - 1)
  // A later group of a number that was looked at from its first.
  const isLaterGroup =
    (before === HYPHEN || before === DOT || before === SPACE || before === SLASH) && isDigit(text.charCodeAt(at - 2))
  // Of what is judged here, only an address may begin in the midst of numbers.
  if (isLaterGroup && isInList(text, at, before)) return before === SPACE ? addressAt(text, at, found) : undefined
  const digits = digitsAhead(text, at, isLaterGroup ? FEWEST_OF_PAPER : FEWEST_OF_CARD)
  if (digits >= 2) addressAt(text, at, found)
  else if (isUpper(text.charCodeAt(at + 2)) || isUpper(text.charCodeAt(at + 3)) || !isDigit(text.charCodeAt(at + 1)))
    addressAt(text, at, found)
  if (isLetter(before) && digits >= 2) ibanAt(text, at, found)
  if (digits < 3 || digits >= 4) birthDateAt(text, at, found)
  if (digits < 4) return
  if ((digits >= FEWEST_OF_PAPER || before === OPENING || before === PLUS) && mayBePaper(text, at))
    paperAt(text, at, found)
  ipv4At(text, at, found)
  if (digits < 5 || isLaterGroup) return
  pointAt(text, at, found)
  if (digits < 6) return
  nationalIdAt(text, at, found)
  dashedMacAt(text, at, found)
  phoneAt(text, at, found)
  if (digits >= FEWEST_OF_CARD) cardAt(text, at, found)
}

/** A short group in the midst of others: another follows behind what stands before it as well. */
function isInList(text: Arrived, at: number, between: number): boolean {
  let end = at + 1
  while (end < at + 3 && isDigit(text.charCodeAt(end))) end++
  return text.charCodeAt(end) === between && isDigit(text.charCodeAt(end + 1))
}

/** Four digits in a row, or groups with hyphens between them. */
function mayBePaper(text: Arrived, at: number): boolean {
  for (let i = at + 1; i < at + 4; i++) {
    const code = text.charCodeAt(i)
    if (!isDigit(code)) return i > at + 1 && code === HYPHEN
  }
  return true
}

/** Digits in the middle of a hash, an identifier or a token: more than the six letters that a number may begin with. */
function isInsideWord(text: Arrived, at: number): boolean {
  let from = at
  while (from > 0 && at - from < 8 && isLetter(text.charCodeAt(from - 1))) from--
  return at - from > 6 || (from < at && (isDigit(text.charCodeAt(from - 1)) || text.charCodeAt(from - 1) === 95))
}

/** What stands between the digits of one number, in whatever it is the number of; up to two letters do so too. */
const BETWEEN = /[ \t\u00a0./()\u2010-\u2013-]/
const IS_BETWEEN = Uint8Array.from({ length: 0x2014 }, (_, unit) => Number(BETWEEN.test(String.fromCharCode(unit))))

/** Digits in the run of digits and what may stand between them; no more than `most` are counted. */
function digitsAhead(text: Arrived, at: number, most: number): number {
  let digits = 0
  let others = 0
  for (let i = at; digits < most; i++) {
    const code = text.charCodeAt(i)
    if (isDigit(code)) {
      digits++
      others = 0
    } else if (++others > 3 || !(IS_BETWEEN[code] === 1 || (isLetter(code) && others <= 2))) break
  }
  return digits
}

const isUpper = (code: number): boolean => (code >= 65 && code <= 90) || code > 127
const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code > 191 && code < 0x590)
