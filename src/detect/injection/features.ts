// Cuts a text into words and a run of words into numbered features: the words themselves, neighbours, beginnings of long
// words, and pairs and triples of concepts. Words come in blocks of 16; two blocks make the window that the model judges,
// so that an instruction inside a long document is seen by itself.
// Invariant: training and scanning use this file alone, and blocks do not depend on how the text was cut into chunks.
import { once } from '../../lib/once.ts'
import { CONCEPTS } from './concepts.ts'
import {
  DIGIT,
  fillUnits,
  KIND_AT,
  LATIN,
  LATIN_AT,
  LATIN_LETTER,
  LETTER,
  LINE,
  SINGLE,
  SKIP,
  STOP,
  TWIN_AT,
  TWIN_MASK,
  UNITS,
} from './fold.ts'

export const BLOCK = 16
export const BITS = 20
const MASK = (1 << BITS) - 1
const SEED = 0x811c9dc5 | 0
const PRIME = 0x01000193
const LONGEST_WORD = 40
/** A word that does not end is ended here, and a block that does not fill up is closed: what is held back stays bounded. */
const LONGEST_RUN = 2048
const STEM = 5
/** Concepts further apart than this many words are not a pair. */
const APART = 9
const NUMBER = 1
const START = 2
const PARAGRAPH = 3
const FIRST_MARK = 4
const LAST_MARK = 19
/** Talk about attacks colours the words up to this many places after it. */
const MENTIONED = 40
/** So many concepts are remembered. */
const RECENT = 4
/** The place of a concept that was not met. */
const NOWHERE = -100

export const CONCEPT_NAMES = Object.keys(CONCEPTS)
const MENTION = CONCEPT_NAMES.indexOf('mention') + 1
const TABLE_BITS = 13
const conceptKeys = new Int32Array(1 << TABLE_BITS)
const conceptIds = new Uint8Array(1 << TABLE_BITS)

/** Made with the first reader: whoever reads nothing needs none. */
const fillTables = once(() => {
  fillUnits()
  for (const [id, words] of Object.values(CONCEPTS).entries()) {
    for (const word of words.split(/\s+/)) {
      let hash = 0
      for (const char of word.normalize('NFKD')) {
        const unit = char.charCodeAt(0)
        const of = UNITS[unit] ?? 0
        const kind = of >>> KIND_AT
        if (kind === SINGLE) hash = hash === 0 ? finish(SEED, unit) : join(hash, finish(SEED, unit))
        else if (kind === LETTER || kind === DIGIT) hash = step(hash || SEED, of & 0xffff)
      }
      let slot = (hash >>> 7) & (conceptKeys.length - 1)
      while (conceptIds[slot] !== 0 && conceptKeys[slot] !== hash) slot = (slot + 1) & (conceptKeys.length - 1)
      if (conceptIds[slot] !== 0) continue
      conceptKeys[slot] = hash
      conceptIds[slot] = id + 1
    }
  }
})

function step(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, PRIME)
}

function finish(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, PRIME)
}

function join(a: number, b: number): number {
  return Math.imul(a ^ (b >>> 15) ^ 0x5bd1e995, 0x2c1b3c6d) ^ Math.imul(b, 0x297a2d39)
}

function conceptOf(hash: number): number {
  let slot = (hash >>> 7) & (conceptKeys.length - 1)
  while (conceptIds[slot] !== 0) {
    if (conceptKeys[slot] === hash) return conceptIds[slot] ?? 0
    slot = (slot + 1) & (conceptKeys.length - 1)
  }
  return 0
}

function toFeature(hash: number): number {
  return (hash ^ (hash >>> 13)) & MASK
}

const goesOn = (kind: number): boolean => kind === LETTER || kind === DIGIT || kind === SKIP

/**
 * What a text was cut into, until it is counted: one loop cuts and another one counts, since both are fastest with few
 * variables and no calls. The arrays serve every reader of the thread, so each empties them before it returns.
 */
const MOST_PARTS = 1024
/** Of words this; of all else what it makes of the word before the next one, or `NEW_LINE`. */
const WORD = -1
const NEW_LINE = -2
const partSort = new Int32Array(MOST_PARTS)
const partHash = new Int32Array(MOST_PARTS)
/** Of words longer than a stem. */
const partStem = new Int32Array(MOST_PARTS)
const partLength = new Int32Array(MOST_PARTS)
const partStart = new Int32Array(MOST_PARTS)
const partEnd = new Int32Array(MOST_PARTS)
/** What the word at hand came to so far, by the last bits of the place. */
const beginnings = new Int32Array(2 * LONGEST_WORD)
const LAST_BEGINNING = 63

export interface Block {
  features: Int32Array
  count: number
  /** The first and one past the last character, in the whole text. */
  start: number
  end: number
}

/** Reads characters, gives a block after every 16 words, and what is left at the end. */
export class WordReader {
  readonly #give: (block: Block) => void
  readonly #features = new Int32Array(BLOCK * 14)
  #count = 0
  #words = 0
  #start = 0
  #end = 0
  #offset = 0
  #parts = 0
  // The word at hand, where it is not settled yet.
  #wordStart = 0
  #hash = 0
  #length = 0
  #stem = 0
  #number = false
  /** The word as it reads with its digits and foreign letters taken for Latin ones; only where it has some. */
  #twin = 0
  #twins = 0
  #latin = false
  // The words before it.
  #last = START
  #beforeLast = START
  #lastWord = START
  #position = 0
  #lines = 0
  #mention = -MENTIONED
  readonly #concepts = new Int32Array(RECENT)
  readonly #places = new Int32Array(RECENT).fill(NOWHERE)

  constructor(give: (block: Block) => void) {
    fillTables()
    this.#give = give
  }

  /** Where the block at hand begins. */
  get start(): number {
    return this.#words === 0 && this.#length === 0 ? this.#offset : this.#start
  }

  read(units: Uint16Array, from: number, to: number): void {
    for (let at = from; at < to;) {
      at = this.#cut(units, at, to)
      this.#countParts()
    }
    if (this.#length > 0) this.#begin(this.#wordStart)
    else if (this.#words > 0 && this.#offset - this.#start > LONGEST_RUN) this.#emit()
  }

  finish(): void {
    if (this.#length > 0) this.#endWord(this.#offset)
    this.#countParts()
    if (this.#words > 0) this.#emit()
  }

  reset(): void {
    this.#count = 0
    this.#words = 0
    this.#start = 0
    this.#end = 0
    this.#offset = 0
    this.#parts = 0
    this.#wordStart = 0
    this.#hash = 0
    this.#length = 0
    this.#stem = 0
    this.#number = false
    this.#twin = 0
    this.#twins = 0
    this.#latin = false
    this.#last = START
    this.#beforeLast = START
    this.#lastWord = START
    this.#position = 0
    this.#lines = 0
    this.#mention = -MENTIONED
    for (let k = 0; k < RECENT; k++) {
      this.#concepts[k] = 0
      this.#places[k] = NOWHERE
    }
  }

  /** A block does not run over a paragraph, so that an instruction between two of them is seen by itself. */
  #line(): void {
    const paragraph = this.#lines++ > 0
    if (this.#words >= (paragraph ? 3 : 8)) this.#emit()
    this.#last = paragraph ? PARAGRAPH : START
  }

  #begin(at: number): void {
    if (this.#words > 0 && at - this.#start > LONGEST_RUN) this.#emit()
    if (this.#words === 0) this.#start = at
    this.#lines = 0
  }

  /** Cuts the units into parts until there are enough of them, and says where it stopped. */
  #cut(units: Uint16Array, from: number, to: number): number {
    const table = UNITS
    const base = this.#offset - from
    let i = this.#length > 0 ? this.#goOn(units, from, to, base) : from
    let parts = this.#parts
    // Most words are of letters that fold to Latin ones and pass for no others: one look at each will do.
    let start = i
    let hash = SEED
    while (i < to && parts < MOST_PARTS - 1) {
      const unit = units[i] ?? 0
      const of = table[unit] ?? 0
      if (of >>> LATIN_AT === LATIN_LETTER) {
        hash = Math.imul(hash ^ (of & 0x7f), PRIME)
        beginnings[i++ & LAST_BEGINNING] = hash
        continue
      }
      const kind = of >>> KIND_AT
      if (goesOn(kind) ? kind !== SKIP || i > start : i - start > LONGEST_WORD) {
        this.#parts = parts
        i = this.#otherWord(units, start, to, base)
        parts = this.#parts
      } else {
        if (i > start) {
          partSort[parts] = WORD
          partHash[parts] = hash
          partStem[parts] = beginnings[(start + STEM - 1) & LAST_BEGINNING] ?? 0
          partLength[parts] = i - start
          partStart[parts] = base + start
          partEnd[parts++] = base + i
        }
        i++
        if (kind === SINGLE) {
          partSort[parts] = WORD
          partHash[parts] = finish(SEED, unit)
          partLength[parts] = 1
          partStart[parts] = base + i - 1
          partEnd[parts++] = base + i
        } else if (kind > SINGLE) {
          partSort[parts++] = kind === STOP ? START : kind === LINE ? NEW_LINE : FIRST_MARK + (unit & 15)
        }
      }
      start = i
      hash = SEED
    }
    this.#parts = parts
    if (start < i) i = this.#otherWord(units, start, i, base)
    this.#offset = base + i
    return i
  }

  /** A word of any letters and digits; and where it is longer than any word, what follows it. */
  #otherWord(units: Uint16Array, from: number, to: number, base: number): number {
    let at = from
    do {
      this.#wordStart = base + at
      this.#hash = SEED
      this.#twins = 0
      this.#latin = false
      this.#number = true
      at = this.#goOn(units, at, to, base)
    } while (at < to && this.#parts < MOST_PARTS && goesOn((UNITS[units[at] ?? 0] ?? 0) >>> KIND_AT))
    return at
  }

  /** Reads on in a word of any letters and digits, and says where it stopped. */
  #goOn(units: Uint16Array, from: number, to: number, base: number): number {
    let hash = this.#hash
    let twin = this.#twin
    let length = this.#length
    let twins = this.#twins
    let latin = this.#latin
    let number = this.#number
    let at = from
    while (at < to && length < LONGEST_RUN) {
      const of = UNITS[units[at] ?? 0] ?? 0
      const kind = of >>> KIND_AT
      if (!goesOn(kind)) break
      at++
      if (kind === SKIP) continue
      if (kind === LETTER) number = false
      if (length < LONGEST_WORD) {
        const letter = of & 0xffff
        const other = (of >> TWIN_AT) & TWIN_MASK
        if (other !== 0 && twins++ === 0) twin = hash
        if (twins > 0) twin = Math.imul(twin ^ (other || letter), PRIME)
        if ((of & LATIN) !== 0) latin = true
        hash = Math.imul(hash ^ letter, PRIME)
      }
      if (++length === STEM) this.#stem = twins > 0 && latin ? twin : hash
    }
    this.#hash = hash
    this.#twin = twin
    this.#length = length
    this.#twins = twins
    this.#latin = latin
    this.#number = number
    if (at < to || length === LONGEST_RUN) this.#endWord(base + at)
    return at
  }

  #endWord(end: number): void {
    const part = this.#parts++
    partSort[part] = WORD
    partHash[part] = this.#number ? NUMBER : this.#twins > 0 && this.#latin ? this.#twin : this.#hash
    partStem[part] = this.#stem
    partLength[part] = this.#number ? 0 : this.#length
    partStart[part] = this.#wordStart
    partEnd[part] = end
    this.#length = 0
  }

  #countParts(): void {
    const features = this.#features
    for (let part = 0, parts = this.#parts; part < parts; part++) {
      const sort = partSort[part] ?? 0
      if (sort === NEW_LINE) this.#line()
      else if (sort !== WORD) this.#last = sort
      else {
        this.#begin(partStart[part] ?? 0)
        const hash = partHash[part] ?? 0
        let count = this.#count
        const pair = join(this.#last, hash)
        features[count++] = (hash ^ (hash >>> 12)) & MASK
        features[count++] = toFeature(pair)
        if ((partLength[part] ?? 0) > STEM) features[count++] = toFeature(join(0x7feb352d, partStem[part] ?? 0))
        features[count++] = toFeature(join(join(0x71ed271b, this.#beforeLast), hash))
        this.#count = count
        const concept = conceptOf(hash) || conceptOf(pair)
        if (concept !== 0) this.#concept(concept)
        this.#beforeLast = this.#lastWord
        this.#lastWord = hash
        this.#last = hash
        this.#position++
        this.#end = partEnd[part] ?? 0
        if (++this.#words === BLOCK) this.#emit()
      }
    }
    this.#parts = 0
  }

  /** The concept by itself, with each of the last three, and with the last two together. */
  #concept(concept: number): void {
    const concepts = this.#concepts
    const places = this.#places
    this.#feature(join(0x3c6ef372, concept))
    if (this.#last >= START && this.#last <= LAST_MARK) this.#feature(join(join(0x165667b1, this.#last), concept))
    if (this.#position - this.#mention < MENTIONED) this.#feature(join(0x27d4eb2f, concept))
    if (concept === MENTION) this.#mention = this.#position
    let behind = 0
    for (let k = 0; k < 3; k++) {
      if (this.#position - (places[k] ?? 0) > APART) break
      this.#feature(join(join(0x1b873593, concepts[k] ?? 0), concept))
      if (k === 1) this.#feature(join(join(join(0x6b43a9b5, concepts[1] ?? 0), concepts[0] ?? 0), concept))
      behind++
    }
    if (behind > 0 && concepts[0] === concept && places[0] === this.#position - 1) return
    for (let k = RECENT - 1; k > 0; k--) {
      concepts[k] = concepts[k - 1] ?? 0
      places[k] = places[k - 1] ?? 0
    }
    concepts[0] = concept
    places[0] = this.#position
  }

  #feature(hash: number): void {
    this.#features[this.#count++] = toFeature(hash)
  }

  #emit(): void {
    this.#give({ features: this.#features, count: this.#count, start: this.#start, end: this.#end })
    this.#count = 0
    this.#words = 0
  }
}
