// Names of persons. A given name of the list with a second capitalised word, a title with a name, or words that
// announce one. Honest about its recall: names off the list, in lower case or standing alone are let pass, because a
// capitalised word is far more often the start of a sentence, a product or a place.
import type { Arrived } from '../../arrived.ts'
import type { Match } from '../../define.ts'
import { asName } from './capitals.ts'
import { GIVEN_NAMES, NAMES_THAT_ARE_WORDS } from './names.ts'
import { before } from './nearby.ts'
import { pushPerson } from './push-person.ts'

const PART = "\\p{Lu}[\\p{Ll}'’]{1,20}(?:[-'’]?\\p{Lu}?[\\p{Ll}]{1,20})?"
const JOIN =
  "(?:(?:van|von|der|den|de|da|del|della|di|dos|du|la|le|bin|ibn|al|el|ter|ten|zu|af) |\\p{Lu}\\.? |(?:d|O)['’])"
const FULL = new RegExp(`${PART}(?: ${JOIN}{0,3}${PART}){1,3}(?![\\p{L}])`, 'uy')
const ANY = new RegExp(`(?:\\p{Lu}\\. ?){0,2}${PART}(?: ${JOIN}{0,3}${PART}){0,3}(?![\\p{L}])`, 'uy')

/** Words that follow a given name without being a family name. */
const NOT_FAMILY =
  /^(?:street|road|avenue|lane|drive|square|park|university|college|school|hospital|airport|island|river|lake|bay|beach|county|city|state|church|cathedral|bridge|theatre|theater|museum|hotel|inc|ltd|llc|gmbh|corp|company|group|foundation|institute|award|prize|act|bill|law|day|week|month|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|api|server|client|and|or|but|the|a|an|is|was|has|had|in|on|at|to|of|for|with|from|by|if|when|while|this|that|these|those|i|we|you|he|she|it|they|please|thanks|hi|hello|dear)$/i
const NAME_WORDS =
  /\b(?:my|his|her|their|whose|your|full|first|last|family|maiden|given|patient|customer|client|contact|employee|applicant|holder|cardholder|beneficiary|account)(?:'?s)? name(?: is|:| -|\s?=)?\s{0,3}["']?$|\b(?:signed by|attn:?|sincerely,|best regards,|kind regards,|yours truly,|i am|i'm|this is|name's|called me|speaking with|spoke (?:to|with)|on behalf of|c\/o|calls? me|says|known as)\s{1,3}$/i
const GREETING =
  /\b(?:hi|hello|hey|dear|bonjour|hola|hallo|ciao|thanks|thank you|cheers|sincerely|regards|best)[,!]?\s{1,2}$/i

const WORD = /\p{L}{2,20}(?![\p{L}\p{N}_])/uy

/** `at`: a capital that may begin a name of the lists. */
export function givenNameAt(text: Arrived, at: number, found: Match[]): void {
  const alone = text.run(WORD, at)
  const name = asName(alone ?? '')
  const isName = GIVEN_NAMES.has(name)
  if (alone === undefined || (!isName && !NAMES_THAT_ARE_WORDS.has(name))) return
  if (/[\p{L}\p{N}_@/.#$'’-]/u.test(text.charAt(at - 1))) return
  const lead = before(text, at, 40)
  const full = text.run(FULL, at)
  const words = full?.split(' ') ?? []
  const isFull =
    words.length > 1 && !words.slice(1).some((word) => NOT_FAMILY.test(word)) && !/^(?:[A-Z]+ ?)+$/.test(full ?? '')
  const announced = NAME_WORDS.test(lead) || GREETING.test(lead)
  if (full !== undefined && isFull && (announced || isName) && !isHeading(text, at, full))
    return pushPerson(found, at, at + full.length, announced ? 0.85 : 0.7)
  const behind = at + alone.length
  if (/[@-]/.test(text.charAt(behind))) return
  if (announced && (isName || GREETING.test(lead))) pushPerson(found, at, behind, 0.6)
  else if (isName && !PRODUCTS.has(name.toLowerCase()) && isAlone(lead, text.slice(behind, behind + 3)))
    pushPerson(found, at, behind, 0.5)
}

/** Between small words: next to another capitalised one, or behind an article, it is part of some other name. */
function isAlone(lead: string, rest: string): boolean {
  if (/\b(?:shout|yell|scream|look|smil|laugh|star|wav|point)\w{0,4} at $/.test(lead)) return true
  return (
    !/(?:\p{Lu}[\p{L}\p{N}.'’-]{0,24}|\b(?:[Tt]he|[Aa]n?|[Ss]aint|San|Santa|St\.?|in|at|from|near))[ -]$/u.test(lead) &&
    !/^ ?\p{Lu}|^\(|^\.\w/u.test(rest)
  )
}

/** Given names that programs are called by. */
const PRODUCTS = new Set([
  'julia',
  'maria',
  'claude',
  'cassandra',
  'alexa',
  'victoria',
  'simon',
  'gloria',
  'stella',
  'salma',
  'per',
  'ann',
  'ali',
  'dolores',
  'mercedes',
  'milan',
  'ivan',
  'roman',
  'felix',
  'alex',
  'al',
])

/** `at`: where a title begins; the name follows it. */
export function titleAt(text: Arrived, at: number, title: string, found: Match[]): void {
  if (/[\p{L}\p{N}_]/u.test(text.charAt(at - 1))) return
  if (!/\p{Lu}/u.test(text.charAt(at))) return uncapitalised(text, at, title, found)
  const gap = text.run(GAP, at + title.length)
  if (gap === undefined) return
  const start = at + title.length + gap.length
  const name = text.run(ANY, start)
  if (name !== undefined && !NOT_FAMILY.test(name.split(' ')[0] ?? ''))
    pushPerson(found, start, start + name.length, 0.75)
}

const GAP = /\.?[ \u00a0]{1,2}/y
const SMALL_TITLES = new Set(['mr', 'mrs', 'ms'])
const SMALL = /\p{Ll}{3,20}(?: \p{Ll}\.)?(?: \p{Ll}{3,20}(?=[.,;:!?\n]|$))?(?![\p{L}\p{N}_])/uy

/** Who writes everything small writes `mr. elliott`; the full stop is what tells it from other words. */
function uncapitalised(text: Arrived, at: number, title: string, found: Match[]): void {
  const start = at + title.length + 2
  if (!SMALL_TITLES.has(title) || text.slice(at + title.length, start) !== '. ') return
  const name = text.run(SMALL, start)
  if (name !== undefined && !NOT_FAMILY.test(name.split(' ')[0] ?? ''))
    pushPerson(found, start, start + name.length, 0.6)
}

/** `at`: the word "name"; what it announces follows. */
export function announcedAt(text: Arrived, at: number, found: Match[]): void {
  const gap = text.run(ANNOUNCEMENT, at)
  if (gap === undefined) return
  const start = at + gap.length
  const name = text.run(ANY, start)
  const isField = gap.startsWith('Name:') && /^\s?$/.test(text.charAt(at - 1)) && name?.includes(' ')
  if (!isField && !NAME_WORDS.test(before(text, start, 44).trimEnd() + ' ')) return
  if (name !== undefined && !NOT_FAMILY.test(name.split(' ')[0] ?? ''))
    pushPerson(found, start, start + name.length, 0.8)
  else if (name === undefined && OWN_NAME.test(text.slice(Math.max(0, at - 4), start))) {
    const small = text.run(SMALL_NAME, start)
    if (small !== undefined && !NOT_FAMILY.test(small.split(' ')[0] ?? ''))
      pushPerson(found, start, start + small.length, 0.55)
  }
}

const ANNOUNCEMENT = /name(?:'s| is|:| -|\s?=|)\s{1,8}["']?/iy
/** Small words behind "my name is", up to the end of the sentence or the next part of it. */
const OWN_NAME = /\bmy name is $/i
const SMALL_NAME = /\p{Ll}{2,20}(?: \p{Ll}\.)?(?: \p{Ll}{2,20}){0,2}(?=[.,;!?\n]|$| (?:but|and|i|from)\b)/uy

const CAPITALISED = / \p{Lu}\p{Ll}/uy

/** More capitalised words on both sides: a title of something, not a person. */
function isHeading(text: Arrived, at: number, full: string): boolean {
  return /\p{Lu}\p{Ll}+ $/u.test(before(text, at, 20)) && text.run(CAPITALISED, at + full.length) !== undefined
}
