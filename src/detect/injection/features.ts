// Cuts a text into words and a run of words into numbered features: the words themselves, neighbours, beginnings of long
// words, and pairs and triples of concepts. Words come in blocks of 16; two blocks make the window that the model judges,
// so that an instruction inside a long document is seen by itself.
// Invariant: training and scanning use this file alone, and blocks do not depend on how the text was cut into chunks.
import { CONCEPTS } from './concepts.ts'
import { DIGIT, KIND_AT, LATIN, LETTER, LINE, MARKUP, SINGLE, SKIP, STOP, TWIN_AT, TWIN_MASK, UNITS } from './fold.ts'

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
  // The word at hand.
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
    this.#give = give
  }

  /** Where the block at hand begins. */
  get start(): number {
    return this.#words === 0 && this.#length === 0 ? this.#offset : this.#start
  }

  read(units: Uint16Array, from: number, to: number): void {
    const base = this.#offset - from
    for (let i = from; i < to; i++) {
      const unit = units[i] ?? 0
      const kind = (UNITS[unit] ?? 0) >>> KIND_AT
      if (kind === LETTER || kind === DIGIT) {
        if (this.#length === 0) this.#begin(base + i)
        i = this.#letters(units, i, to) - 1
        if (this.#length === LONGEST_RUN) this.#word(base + i + 1)
      } else if (kind !== SKIP) {
        if (this.#length > 0) this.#word(base + i)
        if (kind === STOP) this.#last = START
        else if (kind === LINE) this.#line()
        else if (kind === MARKUP) this.#last = FIRST_MARK + (unit & 15)
        else if (kind === SINGLE) {
          this.#begin(base + i)
          this.#hash = finish(SEED, unit)
          this.#length = 1
          this.#number = false
          this.#word(base + i + 1)
        }
      }
    }
    this.#offset += to - from
    if (this.#length === 0 && this.#words > 0 && this.#offset - this.#start > LONGEST_RUN) this.#emit()
  }

  finish(): void {
    if (this.#length > 0) this.#word(this.#offset)
    if (this.#words > 0) this.#emit()
  }

  reset(): void {
    this.#count = 0
    this.#words = 0
    this.#start = 0
    this.#end = 0
    this.#offset = 0
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
    this.#hash = SEED
    this.#twins = 0
    this.#latin = false
    this.#number = true
    this.#lines = 0
  }

  /** Reads on in a word, and says where it stopped. Local copies, because this is where the time goes. */
  #letters(units: Uint16Array, from: number, to: number): number {
    let [hash, twin, length, twins] = [this.#hash, this.#twin, this.#length, this.#twins]
    let [latin, number] = [this.#latin, this.#number]
    let at = from
    while (at < to && length < LONGEST_RUN) {
      const of = UNITS[units[at] ?? 0] ?? 0
      const kind = of >>> KIND_AT
      if (kind !== LETTER && kind !== DIGIT && kind !== SKIP) break
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
    return at
  }

  #word(end: number): void {
    const hash = this.#number ? NUMBER : this.#twins > 0 && this.#latin ? this.#twin : this.#hash
    const features = this.#features
    const pair = join(this.#last, hash)
    features[this.#count++] = (hash ^ (hash >>> 12)) & MASK
    features[this.#count++] = (pair ^ (pair >>> 13)) & MASK
    if (this.#length > STEM && !this.#number) {
      const stem = join(0x7feb352d, this.#stem)
      features[this.#count++] = (stem ^ (stem >>> 13)) & MASK
    }
    this.#feature(join(join(0x71ed271b, this.#beforeLast), hash))
    const concept = conceptOf(hash) || conceptOf(pair)
    if (concept !== 0) this.#concept(concept)
    this.#beforeLast = this.#lastWord
    this.#lastWord = hash
    this.#last = hash
    this.#position++
    this.#end = end
    this.#length = 0
    if (++this.#words === BLOCK) this.#emit()
  }

  /** The concept by itself, with each of the last three, and with the last two together. */
  #concept(concept: number): void {
    const [concepts, places] = [this.#concepts, this.#places]
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
    this.#features[this.#count++] = (hash ^ (hash >>> 13)) & MASK
  }

  #emit(): void {
    this.#give({ features: this.#features, count: this.#count, start: this.#start, end: this.#end })
    this.#count = 0
    this.#words = 0
  }
}
