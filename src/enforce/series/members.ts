// The last inputs of one series, laid side by side: each new input is held against all of them, and following a hundred
// objects from place to place in memory would cost more than all that is then compared.
import { differentBytes, isAlike, MOST_DIFFERENT, type Sketch, WORDS } from './sketch.ts'

/** One input of a series. */
export interface Member extends Sketch {
  /** Milliseconds. */
  at: number
  exact: string
  asksConfidence: boolean
}

const FEW = 8

export class Members implements Iterable<Member> {
  readonly #most: number
  /** A ring: slot of the oldest, and how many there are. */
  #first = 0
  #count = 0
  #all: (Member | undefined)[] = []
  #words = new Int32Array(0)
  #frames = new Int32Array(0)
  #exacts = new Int32Array(0)

  constructor(most: number) {
    this.#most = most
  }

  get length(): number {
    return this.#count
  }

  /** Oldest first. */
  *[Symbol.iterator](): Iterator<Member> {
    for (let i = 0; i < this.#count; i++) {
      const member = this.#all[(this.#first + i) % this.#all.length]
      if (member !== undefined) yield member
    }
  }

  /** The oldest goes where there are as many as may be. */
  add(member: Member): void {
    if (this.#count === this.#most) this.#shift()
    if (this.#count === this.#all.length) this.#grow()
    const slot = (this.#first + this.#count++) % this.#all.length
    this.#all[slot] = member
    this.#words.set(member.bins, slot * WORDS)
    this.#frames[slot] = member.frame
    this.#exacts[slot] = sumOf(member.exact)
  }

  forgetBefore(at: number): void {
    while (this.#count > 0 && (this.#all[this.#first]?.at ?? 0) < at) this.#shift()
  }

  /** Those that are the input to the last letter, those that differ in numbers only, and those that are nearly the same. */
  like(input: Sketch & { exact: string }, tell: (member: Member, how: 'same' | 'framed' | 'alike') => void): void {
    const { length } = this.#all
    const end = this.#first + this.#count
    const sum = sumOf(input.exact)
    this.#likeIn(input, sum, { from: this.#first, to: Math.min(end, length) }, tell)
    if (end > length) this.#likeIn(input, sum, { from: 0, to: end - length }, tell)
  }

  #likeIn(
    input: Sketch & { exact: string },
    sum: number,
    { from, to }: { from: number; to: number },
    tell: (member: Member, how: 'same' | 'framed' | 'alike') => void,
  ): void {
    const frame = input.frame | 0
    for (let slot = this.#nextLike(input.bins, frame, sum, from, to); slot < to;) {
      const member = this.#all[slot]
      const isFramed = this.#frames[slot] === frame
      if (member?.exact === input.exact) tell(member, 'same')
      else if (member !== undefined && isFramed) tell(member, 'framed')
      else if (member !== undefined && isAlike(input.bins, this.#words, slot * WORDS)) tell(member, 'alike')
      slot = this.#nextLike(input.bins, frame, sum, slot + 1, to)
    }
  }

  /** The next slot that is worth a closer look. Nearly all are passed over here, so nothing is called on the way. */
  #nextLike(bins: Int32Array, frame: number, sum: number, from: number, to: number): number {
    const [words, frames, exacts] = [this.#words, this.#frames, this.#exacts]
    const [a, b, c, d] = [bins[0] ?? 0, bins[1] ?? 0, bins[2] ?? 0, bins[3] ?? 0]
    for (let slot = from; slot < to; slot++) {
      if (frames[slot] === frame || exacts[slot] === sum) return slot
      const at = slot * WORDS
      const different =
        differentBytes(a ^ (words[at] ?? 0)) +
        differentBytes(b ^ (words[at + 1] ?? 0)) +
        differentBytes(c ^ (words[at + 2] ?? 0)) +
        differentBytes(d ^ (words[at + 3] ?? 0))
      if (Math.imul(different, 0x01010101) >>> 24 <= MOST_DIFFERENT) return slot
    }
    return to
  }

  #shift(): void {
    this.#all[this.#first] = undefined
    this.#first = (this.#first + 1) % this.#all.length
    this.#count--
  }

  #grow(): void {
    const kept = [...this]
    const length = Math.min(this.#most, Math.max(FEW, 2 * kept.length))
    this.#first = 0
    this.#count = 0
    this.#all = Array.from({ length }, () => undefined)
    this.#words = new Int32Array(length * WORDS)
    this.#frames = new Int32Array(length)
    this.#exacts = new Int32Array(length)
    for (const member of kept) this.add(member)
  }
}

function sumOf(text: string): number {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0
  return sum
}
