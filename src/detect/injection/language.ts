// Is this something that people say? What a decoder yields is worth judging only then; noise is not.

const COMMON = new Set(
  `the and you your to of is in it all this that for are not with be do on as have from will or what me my tell say show
  print ignore forget previous prior above instructions instruction rules prompt system reveal please now must should
  password secret user send message text write how can an if but so they them was were by at we our only new a i
  give make any no follow following output repeat act pretend respond answer read into out about order orders
  der die das und ist nicht alle sie ich vergiss ignoriere anweisungen el la los de que y en las todo ignora
  instrucciones le les et des une est toutes oublie il che non tutte dimentica o os as todas`.split(/\s+/),
)
const WORD = /[\p{L}\p{M}'’]+/gu
/** The same in a text of ASCII, at a fraction of the time. */
const ASCII = /^[\0-\x7f]*$/
const ASCII_WORD = /[A-Za-z']+/g
const wordIn = (text: string): RegExp => (ASCII.test(text) ? ASCII_WORD : WORD)

/** Share of the words that everybody knows, where there are at least `fewest` words; otherwise 0. */
export function commonShare(text: string, fewest = 4): number {
  const lower = text.slice(0, 2000).toLowerCase()
  const words = lower.match(wordIn(lower)) ?? []
  if (words.length < fewest) return 0
  let common = 0
  for (const word of words) if (COMMON.has(word)) common++
  return common / words.length
}

/** The part of a line that speaks only once each of its words is changed: words around it may be as people write them. */
export function changedPassage(
  line: string,
  change: (word: string) => string,
): { start: number; end: number } | undefined {
  let best = { start: 0, end: 0, worth: 0 }
  let [start, worth] = [0, 0]
  for (const { index, 0: word } of line.matchAll(wordIn(line))) {
    if (worth <= 0) [start, worth] = [index, 0]
    worth += weigh(word, change)
    if (worth > best.worth) best = { start, end: index + word.length, worth }
  }
  if (best.worth === 0) return undefined
  return { start: best.start, end: untilPlain(line, best.end) }
}

function weigh(word: string, change: (word: string) => string): number {
  const plain = COMMON.has(word.toLowerCase())
  const changed = COMMON.has(change(word).toLowerCase())
  if (plain === changed) return -0.3
  return changed ? 1 : -1
}

/** What follows without a word in plain language belongs to the passage. */
function untilPlain(line: string, from: number): number {
  let end = from
  for (const { index, 0: word } of line.slice(from, from + 80).matchAll(WORD)) {
    if (COMMON.has(word.toLowerCase())) break
    end = from + index + word.length
  }
  return end
}

/** Mostly letters and spaces, and words of a length that people use. */
export function isLanguage(text: string, fewest = 3): boolean {
  const part = text.slice(0, 2000)
  const letters = part.match(/[\p{L}\p{M} ]/gu)?.length ?? 0
  if (letters < part.length * 0.75) return false
  const words = part.match(wordIn(part)) ?? []
  if (words.length < fewest) return /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}]{4}/u.test(part)
  const length = words.reduce((sum, word) => sum + word.length, 0) / words.length
  return length >= 2 && length <= 12 && /[aeiouyа-я]/iu.test(part)
}
