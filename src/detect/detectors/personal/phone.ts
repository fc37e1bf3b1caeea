// Telephone numbers: international ones by their country code, national ones by the plans of some forty-five countries,
// and what is written like neither by the words round it. Without words a bare run of digits is never a number.
import type { Arrived } from '../../arrived.ts'
import type { Match } from '../../define.ts'
import { after, before, isAnnouncedOtherwise, isCalledOtherwise, speaksBefore } from './nearby.ts'
import { isInternational, isNationalNumber } from './phone-countries.ts'

const CANDIDATE =
  /\+?(?:\(\+?\d{1,5}\)|\d{1,15}(?!\d))(?:(?!\d)[ \u00a0]?(?:[-./\u2010-\u2013]|\(0?\))?[ \u00a0]?(?:\(\d{1,5}\)|\d{1,15}(?!\d))){0,7}(?:[ \t]{0,2}(?:x|ext\.?|extension|#)[ \t]{0,2}\d{1,6})?/y

/** Words that speak of telephones, and words that do so only beside a number of the right look. */
const STRONG =
  /(?:phone|t[ée]l[ée]f|fax)|\btel(?:no|e)?\b|\bph[.:#]|(?:^|\s)[TMFP][:.]\s{0,2}$|\btlf|\bmob(?:il|\b|_)|\bgsm\b|contact[_ -]?n(?:o|um)|\bcell(?:ular\w{0,2})?\b|\bdial|\bsms\b|\btext(?:ed)? (?:me|him|her|us)|whats ?app|hotline|helpline|landline|switchboard|pager|handy|rufnummer|portable|móvil|celular|telemóvel|puhelin|puh\b|mobiel|komórk|тел|моб|电话|手机|電話|携帯|전화|휴대|هاتف/i
const WEAK =
  /\bcall(?:ed|ing|s)?\b|\bring me|signal|[ck]onta[ck]t|\breach (?:me|you|us|him|her|out)|\banswer(?:ing|ed)? (?:at|on)|receiving messages|registered|manager|office|\bdesk\b|número|numéro|llám|llam[ae]|appel/i
const GOES_ON_AS_NUMBER =
  /^(?:$|[.,;:!?)\]"'\n\r]|\s{1,3}(?:and|or|to|for|between|before|after|asap|now|today|if|when|please|any|at|on|i|-)\b|\s{0,3}$)/i

const AFTER_WORDS = /^[\s,;:()\\-]{0,4}(?:\(?(?:office|home|work|mobile|cell|fax|desk|phone|tel|direct|main|mob)\b)/i

export function phoneAt(text: Arrived, at: number, found: Match[]): void {
  const start = openingAt(text, at)
  const raw = text.run(CANDIDATE, start)
  if (raw === undefined) return
  const written = raw.replace(/[\s(.,-]+$/, '')
  const end = start + written.length
  if (/[\w@]/.test(text.charAt(start - 1)) || /^(?:[\w@%°€$£]|[.:,]\d|-\d)/.test(after(text, end, 2))) return
  const confidence = confidenceOf(text, written, start, end)
  if (confidence > 0)
    found.push({ kind: 'phone', start, end, confidence, note: 'Telephone number', redaction: '[phone]' })
}

function openingAt(text: Arrived, at: number): number {
  let start = at
  if (text.charAt(start - 1) === '(') start--
  if (text.charAt(start - 1) === '+') start--
  if (text.charAt(start - 1) === '(' && text.charAt(start) === '+') start--
  return start
}

function confidenceOf(text: Arrived, written: string, start: number, end: number): number {
  const main = written.replace(/[ \t]{0,2}(?:x|ext\.?|extension|#)[ \t]{0,2}\d{1,6}$/i, '')
  const digits = main.replaceAll(/\D/g, '')
  if (digits.length < 6 || digits.length > 15 || /^(\d)\1+$/.test(digits)) return 0
  if (/^\(?\+/.test(main))
    return isInternational(digits.replace(/^(\d{1,3})0(?=\d)/, '$1')) || isInternational(digits) ? 0.95 : 0
  const lead = speaksBefore(text, start, 48) ? before(text, start, 48) : ''
  const strong = STRONG.test(lead) || AFTER_WORDS.test(after(text, end, 14))
  const near = strong || (WEAK.test(lead) && looksDialled(text, main, digits, end))
  if (isSomethingElse(main)) return 0
  if (near ? isCalledOtherwise(text, start) : isAnnouncedOtherwise(text, start)) return 0
  if (isNorthAmerican(main)) return near ? 0.95 : 0.8
  const groups = main.split(/\D+/).filter(Boolean).length
  if (digits.startsWith('00') && isInternational(digits.slice(2)) && (groups > 1 || near)) return near ? 0.9 : 0.75
  if (near) return digits.length >= 7 || groups > 1 ? 0.8 : 0
  if (groups < 2 || digits.length < 9) return 0
  return digits.startsWith('0') && !digits.startsWith('00') && isNationalNumber(digits) ? 0.7 : 0
}

/** Not a count of something: no thousands, and a bare short number only where the sentence ends or goes on past it. */
function looksDialled(text: Arrived, main: string, digits: string, end: number): boolean {
  if (/^\d{1,3}(?:[ .]\d{3})+$/.test(main) && (digits.length < 9 || digits.endsWith('000'))) return false
  return digits.length >= 10 || main !== digits || GOES_ON_AS_NUMBER.test(after(text, end, 14))
}

function isNorthAmerican(main: string): boolean {
  return /^(?:(?:\+?1|001)[-. ])?(?:\(\d{3}\) ?|\d{3}([-. ]))\d{3}[-. ]\d{4}$/.test(main)
}

/** Dates, addresses of machines, versions, cards, social security and book numbers, ranges, decimals. */
function isSomethingElse(main: string): boolean {
  return (
    /^(?:19|20)\d{2}[-./ ](?:0?[1-9]|1[0-2])[-./ ]\d{1,2}(?!\d)/.test(main) ||
    /^\d{1,2}[-./](?:0?[1-9]|1[0-2]|[12]\d|3[01])[-./](?:19|20)?\d{2}(?: \d{1,2})?$/.test(main) ||
    /^(?:19|20)\d{2}[ -](?:19|20)\d{2}$/.test(main) ||
    (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(main) && !/^\d{2}(?:\.\d{2}){3}$/.test(main)) ||
    (/^\d+\.\d+$|^\d{1,3}(?:[ .]\d{3})+$/.test(main) === true && !main.startsWith('0') && !/ .* /.test(main)) ||
    /^\d{3}[- ]\d{2}[- ]\d{4}$/.test(main) ||
    /^97[89][- ].{12}/.test(main) ||
    /^\d{4}([ -])\d{4}\1\d{4}\1\d/.test(main)
  )
}
