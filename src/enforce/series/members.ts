// The last inputs of one series, laid side by side: each new input is held against all of them, and following a hundred
// objects from place to place in memory would cost more than all that is then compared.
import { BINS, isAlike, type Sketch, WORDS, wordsOf } from './sketch.ts'

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
  #bins = new Uint8Array(0)
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
    this.#bins.set(member.bins, slot * BINS)
    this.#frames[slot] = member.frame
    this.#exacts[slot] = sumOf(member.exact)
  }

  forgetBefore(at: number): void {
    while (this.#count > 0 && (this.#all[this.#first]?.at ?? 0) < at) this.#shift()
  }

  /** Those that are the input to the last letter, those that differ in numbers only, and those that are nearly the same. */
  like(input: Sketch & { exact: string }, tell: (member: Member, how: 'same' | 'framed' | 'alike') => void): void {
    const [all, words, frames, exacts] = [this.#all, this.#words, this.#frames, this.#exacts]
    const [own, frame, sum] = [wordsOf(input.bins), input.frame | 0, sumOf(input.exact)]
    for (let i = 0, slot = this.#first; i < this.#count; i++, slot = slot + 1 === all.length ? 0 : slot + 1) {
      const isFramed = frames[slot] === frame
      const mayBeSame = exacts[slot] === sum
      if (!isFramed && !mayBeSame && !isAlike(own, words, slot * WORDS)) continue
      const member = all[slot]
      if (member === undefined) continue
      if (member.exact === input.exact) tell(member, 'same')
      else if (isFramed) tell(member, 'framed')
      else if (!mayBeSame || isAlike(own, words, slot * WORDS)) tell(member, 'alike')
    }
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
    this.#bins = new Uint8Array(length * BINS)
    this.#words = new Int32Array(this.#bins.buffer)
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
