// Family names by how they end: patronymics and the endings of Slavic, Nordic, Greek and Caucasian names that hardly any
// other word has. A capitalised word before one is taken for the given name.
import type { Arrived } from '../../arrived.ts'
import type { Match } from '../../define.ts'
import { pushPerson } from './push-person.ts'

export const SURNAME_ENDINGS = [
  'sdóttir',
  'sdottir',
  'ović',
  'ević',
  'ić',
  'owski',
  'ewski',
  'owska',
  'ewska',
  'czyk',
  'czak',
  'ková',
  'nová',
  'lová',
  'rová',
  'enko',
  'chuk',
  'shvili',
  'opoulos',
  'opoulou',
  'akis',
  'yev',
  'aev',
  'iev',
  'kov',
  'nov',
  'lov',
  'rov',
  'yeva',
  'kova',
  'nova',
  'lova',
  'rova',
  'sson',
  'ström',
  'strøm',
  'qvist',
  'oğlu',
] as const

const SHORTEST = 6
const LONGEST = 24
const LETTER = /\p{L}/u
export const GIVEN = /(?:^|[^\p{L}\p{N}_.@/-])(?<given>\p{Lu}\p{Ll}{2,15} (?:\p{Lu}\.? )?)$/u
/** What ends like a name and is none, and what stands before one without being a name. */
const OTHER = /^(?:lesson|asimov model|bossanova|casanova|supernova|terranova|slovakova|molotov)$/i
const NO_GIVEN =
  /^(?:the|this|that|by|and|but|for|from|with|when|where|while|after|before|mr|mrs|dr|dear|hello|hi|president|minister|professor|general|king|queen|saint|via|rua|calle|street|unlike|like|not) $/i

const STREET = / (?:St|Street|Road|Ave|Square)\b/y

/** `end`: right behind one of the endings. */
export function surnameAt(text: Arrived, end: number, found: Match[]): void {
  if (LETTER.test(text.charAt(end)) || /[\d_@]/.test(text.charAt(end))) return
  let start = end
  while (start > 0 && end - start < LONGEST && LETTER.test(text.charAt(start - 1))) start--
  const name = text.slice(start, end)
  if (name.length < SHORTEST || !/^\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}+)?$/u.test(name) || OTHER.test(name)) return
  if (/[\p{N}_@/.#$-]/u.test(text.charAt(start - 1)) || text.run(STREET, end) !== undefined) return
  const given = GIVEN.exec(text.slice(Math.max(0, start - 24), start))?.groups?.['given'] ?? ''
  const from = NO_GIVEN.test(given) ? start : start - given.length
  pushPerson(found, from, end, from < start ? 0.65 : 0.5)
}
