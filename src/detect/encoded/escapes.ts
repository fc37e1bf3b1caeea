// Characters that are written as something else: %67, &#103;, \u0067, =67, JSON within JSON, letters of full width and of
// other alphabets; and what stands for nothing: characters that nobody sees, the end of a line that goes on in the next,
// and what stands between the parts of a text that a program puts together.

import { LOOKALIKES } from './lookalikes.ts'
import type { Text } from '../text.ts'
import { unitsOf } from '../trigger.ts'

export interface Escape {
  end: number
  text: string
}

/** More of the text must come before it is known. */
export const OPEN = 'open'

const UNSEEN =
  '\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff'
const STYLED = '\u24b6-\u24e9\u3000\uff01-\uff5e'
/** By unit: an escape may begin with it. */
const MARKS = new Uint8Array(65_536)
for (const unit of unitsOf(`%&\\="'\`${UNSEEN}${STYLED}\ud835\udb40`)) MARKS[unit] = 1
for (const twin of LOOKALIKES.keys()) MARKS[twin.charCodeAt(0)] = 1
/** Units that stand for something by themselves: the same each time, so that no pattern is asked. */
const SINGLE: ReadonlyMap<number, string> = new Map([
  ...Array.from(unitsOf(UNSEEN), (unit) => [unit, ''] as const),
  ...Array.from(unitsOf(STYLED), (unit) => [unit, String.fromCharCode(unit).normalize('NFKC')] as const),
  ...Array.from(LOOKALIKES, ([twin, char]) => [twin.charCodeAt(0), char] as const),
])

export function nextMark({ string, units }: Text, from: number): number {
  const { length } = string
  for (let at = from; at < length; at++) if (MARKS[units[at] ?? 0] === 1) return at
  return length
}

const LONGEST = 64
/** Without those that `usualAt` knows. */
const WHOLE = new RegExp(
  [
    '%u([0-9a-f]{4})',
    String.raw`&#(?:x0{0,4}([0-9a-f]{1,6})|0{0,4}(\d{1,7}));?`,
    '&([a-z]{2,8});',
    String.raw`\\{1,16}(?:(?-i:u)([0-9a-f]{4})|u\{0{0,4}([0-9a-f]{1,6})\}|x([0-9a-f]{2})|(?-i:U)([0-9a-f]{8})|([0-7]{3}|0(?![0-7]))|([nrt])(?=[0-9a-z])|(["'\`/]))`,
    // Between parts of a text.
    String.raw`(["'\`](?!["'\`])\s{0,8}(?:[+&~]|\.{1,2}|\|\||<>|\\)?\s{0,8}["'\`](?=[\w+/=.~-])|=\r?\n(?=[\w+/]))`,
    '=((?-i:[2-7][0-9A-F]))',
  ].join('|'),
  'iy',
)
/** What may become one. */
const BEGUN =
  /%(?:[0-9a-f]?|u[0-9a-f]{0,3})$|&(?:#(?:x[0-9a-f]{0,10}|\d{0,11})?|[a-z]{0,8})$|\\{1,16}(?:u[0-9a-f]{0,3}|u\{[0-9a-f]{0,10}|x[0-9a-f]?|(?-i:U)[0-9a-f]{0,7}|[0-7]{0,2}|[nrt])?$|[\ud835\udb40]$|["'`]\s{0,8}(?:[+&~|.<\\]|\.\.|\|\||<>)?\s{0,8}["'`]?$|=(?:\r|\r?\n|[2-7][0-9A-F]?)?$/iy

const NAMES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  ast: '*',
  bsol: '\\',
  colon: ':',
  comma: ',',
  commat: '@',
  dash: '-',
  dollar: '$',
  equals: '=',
  excl: '!',
  gt: '>',
  hyphen: '-',
  lbrace: '{',
  lcub: '{',
  lowbar: '_',
  lpar: '(',
  lsqb: '[',
  lt: '<',
  newline: '\n',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quest: '?',
  quot: '"',
  rbrace: '}',
  rcub: '}',
  rpar: ')',
  rsqb: ']',
  semi: ';',
  shy: '',
  sol: '/',
  tab: '\t',
  underbar: '_',
  verbar: '|',
  zwj: '',
  zwnj: '',
}
const BLANKS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

export function escapeAt(text: string, at: number, isWhole: boolean): Escape | typeof OPEN | undefined {
  const code = text.charCodeAt(at)
  const single = code > 0x80 ? SINGLE.get(code) : undefined
  if (single !== undefined) return { end: at + 1, text: single }
  const usual = usualAt(text, at, code, isWhole)
  if (usual !== undefined) return usual
  if (isJoint(code) && !mayJoin(text, at)) return undefined
  const near = text.slice(at, at + LONGEST)
  WHOLE.lastIndex = 0
  const found = WHOLE.exec(near)
  const endsHere = at + (found?.[0].length ?? 0) >= text.length
  if (!isWhole && (found === null || endsHere)) {
    BEGUN.lastIndex = 0
    if (BEGUN.test(near)) return OPEN
  }
  if (found === null || (code === EQUALS && !isQuoted(text, at))) return undefined
  const meaning = meaningOf(found)
  return meaning === undefined ? undefined : { end: at + found[0].length, text: meaning }
}

const [PERCENT, AMPERSAND, BACKSLASH, NUMBER_SIGN, SEMICOLON, ZERO] = [0x25, 0x26, 0x5c, 0x23, 0x3b, 0x30]
const [LETTER_X, LETTER_U] = [0x78, 0x75]
const STYLED_PAIR = 0xd835
/** First half of what nobody sees beyond the first plane: tags, and signs that choose how a character looks. */
export const UNSEEN_PAIR = 0xdb40
const MOST_NUMERALS = 6

/** Those that are known by their first characters and whole whatever follows: who writes one writes thousands. */
function usualAt(text: string, at: number, code: number, isWhole: boolean): Escape | typeof OPEN | undefined {
  const next = text.charCodeAt(at + 1)
  if (code === PERCENT) return ofHex(text, at + 1, 2)
  if (code === BACKSLASH && next === LETTER_X) return ofHex(text, at + 2, 2)
  if (code === BACKSLASH && next === LETTER_U) return ofHex(text, at + 2, 4)
  if (code === UNSEEN_PAIR && next >= 0xdc00 && next <= 0xddef) return ofUnseenPair(text, at, next, isWhole)
  if (code === STYLED_PAIR && next >= 0xdc00 && next <= 0xdfff) return { end: at + 2, text: styled(next) }
  if (code === EQUALS && text.charCodeAt(at + 3) === EQUALS) return ofQuoted(text, at)
  return code === AMPERSAND && next === NUMBER_SIGN ? ofEntity(text, at + 2) : undefined
}

/** One of several, of a character that needs none. */
function ofQuoted(text: string, at: number): Escape | undefined {
  const isUsual = BEHIND_EQUALS[text.charCodeAt(at + 1)] === 1 && UPPER_HEX[text.charCodeAt(at + 2)] === 1
  return isUsual ? ofHex(text, at + 1, 2) : undefined
}

/** Tags that stand together spell what nobody sees and models read; one alone is nothing between two letters. */
function ofUnseenPair(text: string, at: number, low: number, isWhole: boolean): Escape | typeof OPEN {
  const end = at + 2
  if (!isTag(low)) return { end, text: '' }
  if (end + 2 > text.length && !isWhole && !isTagAt(text, at - 2)) return OPEN
  return { end, text: isInTags(text, at) ? String.fromCharCode(low - 0xdc00) : '' }
}

/** There is a tag, and another one beside it. */
export function isInTags(text: string, at: number): boolean {
  return isTagAt(text, at) && (isTagAt(text, at - 2) || isTagAt(text, at + 2))
}

const isTag = (low: number): boolean => low >= 0xdc20 && low <= 0xdc7e
const isTagAt = (text: string, at: number): boolean =>
  text.charCodeAt(at) === UNSEEN_PAIR && isTag(text.charCodeAt(at + 1))

function ofHex(text: string, from: number, digits: number): Escape | undefined {
  let code = 0
  for (let at = from; at < from + digits; at++) {
    const value = HEX[text.charCodeAt(at)] ?? NO_HEX
    if (value === NO_HEX) return undefined
    code = (code << 4) | value
  }
  return { end: from + digits, text: charOf(code) }
}

function ofEntity(text: string, from: number): Escape | undefined {
  const isHex = text.charCodeAt(from) === LETTER_X
  const [radix, first] = isHex ? [16, from + 1] : [10, from]
  let code = 0
  let at = first
  for (; at < first + MOST_NUMERALS; at++) {
    const value = HEX[text.charCodeAt(at)] ?? NO_HEX
    if (value >= radix) break
    code = code * radix + value
  }
  const isUsual = at > first && text.charCodeAt(first) !== ZERO && text.charCodeAt(at) === SEMICOLON
  return isUsual && code <= LAST_CODE ? { end: at + 1, text: charOf(code) } : undefined
}

const NO_HEX = 255
const HEX = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  return /[0-9a-f]/i.test(char) ? Number.parseInt(char, 16) : NO_HEX
})

const LAST_CODE = 0x10ffff
/** What takes long to find out, by code; and by the second half of letters in mathematical style. */
const LATIN = Array.from<string | undefined>({ length: 256 })
const STYLES = Array.from<string | undefined>({ length: 0x400 })

const styled = (low: number): string =>
  (STYLES[low - 0xdc00] ??= String.fromCharCode(STYLED_PAIR, low).normalize('NFKC'))

function charOf(code: number): string {
  if (code < LATIN.length) return (LATIN[code] ??= String.fromCharCode(code).normalize('NFKC'))
  return String.fromCodePoint(code).normalize('NFKC')
}

const EQUALS = 0x3d
const isJoint = (code: number): boolean => code === EQUALS || code === 0x22 || code === 0x27 || code === 0x60
/** By character: a part may end with it; a joint may go on with it, in a string or at the end of a line. */
const PART = sortOf(/[\w+/=.~-]/)
const BEHIND_QUOTE = sortOf(/[\s+&~.|<\\]/)
const BEHIND_EQUALS = sortOf(/[\r\n2-7]/)
const UPPER_HEX = sortOf(/[0-9A-F]/)
const JOINT = /["'`]\s{0,8}(?:[+&~.|<\\"'`]|$)/y

function sortOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => Number(pattern.test(String.fromCharCode(code))))
}

/** Most quotation marks and signs of equality join nothing: said at a look. */
function mayJoin(text: string, at: number): boolean {
  const isEnd = at + 1 === text.length
  const next = text.charCodeAt(at + 1)
  if (text.charCodeAt(at) === EQUALS) return isEnd || BEHIND_EQUALS[next] === 1
  if (PART[text.charCodeAt(at - 1)] !== 1 || !(isEnd || BEHIND_QUOTE[next] === 1)) return false
  JOINT.lastIndex = at
  return JOINT.test(text)
}

/** Of digits behind such a sign only these are certain by themselves, and the end of a line: `a=20` is a value. */
const ALONE = /3D|\r?\n/y

function isQuoted(text: string, at: number): boolean {
  ALONE.lastIndex = at + 1
  return text.charCodeAt(at + 3) === EQUALS || text.charCodeAt(at - 3) === EQUALS || ALONE.test(text)
}

function meaningOf([, ...groups]: RegExpExecArray): string | undefined {
  const [percentU, entity16, entity10, name, u4, u, x, u8, octal, blank, sign, joint, quoted] = groups
  if (joint !== undefined) return ''
  if (sign !== undefined) return sign
  if (blank !== undefined) return BLANKS[blank.toLowerCase()] ?? ' '
  if (name !== undefined) return NAMES[name.toLowerCase()]
  const ten = entity10 === undefined ? undefined : Number.parseInt(entity10, 10)
  const eight = octal === undefined ? undefined : Number.parseInt(octal, 8)
  const sixteen = quoted ?? percentU ?? entity16 ?? u4 ?? u ?? x ?? u8
  const code = ten ?? eight ?? Number.parseInt(sixteen ?? '', 16)
  return code > LAST_CODE ? undefined : charOf(code)
}
