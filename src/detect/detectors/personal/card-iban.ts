// Payment cards and bank accounts: numbers with check digits, written with or without gaps.
import type { Arrived } from '../../arrived.ts'
import type { Match } from '../../define.ts'
import { ibanMod97, luhn } from './check-digits.ts'
import { after, before, isAnnouncedOtherwise } from './nearby.ts'
import { DOT, isDigit, isLetter, isWord } from './units.ts'

const CARD = /\d{4}(?:[ -]?\d){7,14}\d(?![\d]|[-.]\d)/y
const CARD_WORDS =
  /card|credit|debit|visa|master|amex|maestro|discover|\bcc\b|\bpan\b|carte|tarjeta|karte|kort|carta|cartão|billed|payment/i

/** Major schemes by their first digits and lengths. */
function isIssued(digits: string): boolean {
  const [length, six] = [digits.length, Number(digits.slice(0, 6))]
  const is = (least: number, most: number) => six >= least && six <= most
  if (digits.startsWith('4')) return length === 13 || length === 16 || length === 19
  if (is(510_000, 559_999) || is(222_100, 272_099)) return length === 16
  if (is(340_000, 349_999) || is(370_000, 379_999)) return length === 15
  if (is(300_000, 305_999) || is(360_000, 369_999) || is(380_000, 399_999)) return length >= 14
  if (is(352_800, 358_999) || is(601_100, 601_199) || is(620_000, 659_999)) return length >= 16
  if (is(180_000, 180_099) || is(213_100, 213_199)) return length === 15
  return (is(500_000, 509_999) || is(560_000, 699_999)) && length >= 12
}

export function cardAt(text: Arrived, at: number, found: Match[]): void {
  const prior = text.charCodeAt(at - 1)
  if (isWord(prior) || prior === DOT) return
  const written = text.run(CARD, at)
  if (written === undefined || /[A-Za-z_]/.test(text.charAt(at + written.length))) return
  const digits = written.replaceAll(/[ -]/g, '')
  if (digits.length < 12 || digits.length > 19 || /^(\d)\1+$/.test(digits)) return
  const near = CARD_WORDS.test(before(text, at, 48)) || CARD_WORDS.test(after(text, at + written.length, 24))
  const isGrouped = /^\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}$|^\d{4}([ -])\d{6}\2\d{4,5}$/.test(written)
  if (digits !== written && !isGrouped) return
  const called = /\bcards?(?: number| no\.?| num)?(?: is|:| #|#|\s-)?\s{0,2}$/i.test(before(text, at, 24))
  const confidence = confidenceOf(digits, near, isGrouped, isAnnouncedOtherwise(text, at)) || (called ? 0.6 : 0)
  if (confidence > 0)
    found.push({
      kind: 'card',
      start: at,
      end: at + written.length,
      confidence,
      severity: 'high',
      note: 'Payment card number',
      redaction: '[card]',
    })
}

function confidenceOf(digits: string, near: boolean, isGrouped: boolean, isOther: boolean): number {
  if (luhn(digits) && isIssued(digits)) {
    if (near) return 0.97
    if (isOther) return 0
    return isGrouped ? 0.9 : digits.length >= 14 && digits.length < 19 ? 0.8 : 0
  }
  if (luhn(digits) && near && digits.length >= 13) return 0.7
  // A mistyped card number is a card number still, where somebody says it is one.
  return near && (isGrouped || digits.length === 16 || digits.length === 15) && !isOther ? 0.6 : 0
}

/** Country → length of its IBAN. */
const LENGTHS: Record<string, number> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 ' +
    'GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 ' +
    'MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 ' +
    'TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)
const BANK_WORDS = /iban|bank|account|transfer|wire|deposit|payment|konto|compte|cuenta|conto|rekening/i
const IBAN = /[A-Z]{2}\d{2}(?:[ \u00a0-]?[0-9A-Z]){11,30}/iy

/** `at`: the first digit, behind the country's two letters. */
export function ibanAt(text: Arrived, at: number, found: Match[]): void {
  const start = at - 2
  const prior = text.charCodeAt(start - 1)
  if (start < 0 || isDigit(prior) || isLetter(prior)) return
  const length = LENGTHS[text.slice(start, at).toUpperCase()]
  if (length === undefined) return
  const written = cut(text.run(IBAN, start) ?? '', length)
  if (written === undefined || /[0-9A-Za-z]/.test(text.charAt(start + written.length))) return
  const valid = ibanMod97(written.replaceAll(/[^0-9A-Za-z]/g, ''))
  const confidence = valid ? 0.98 : BANK_WORDS.test(before(text, start, 40)) ? 0.65 : 0
  if (confidence > 0)
    found.push({
      kind: 'iban',
      start,
      end: start + written.length,
      confidence,
      severity: 'high',
      note: 'Bank account (IBAN)',
      redaction: '[iban]',
    })
}

/** So much of it as holds `length` letters and digits. */
function cut(written: string, length: number): string | undefined {
  let seen = 0
  for (let i = 0; i < written.length; i++) {
    if (/[0-9A-Za-z]/.test(written.charAt(i)) && ++seen === length) return written.slice(0, i + 1)
  }
  return undefined
}
