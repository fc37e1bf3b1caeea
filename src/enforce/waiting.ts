// The events of a streamed answer that wait to go out, and which of them may go next. Text goes past a call that waits, a
// call never past text, and an event that belongs to no choice keeps its place among all.
// Only the first of each queue is ever looked at, so that a long wait costs no more for each event than a short one.
import { Failure } from '../lib/failure.ts'

export interface Waiting {
  /** Undefined for an event that belongs to no choice. */
  choice: number | undefined
  isCall: boolean
  /** Its place among all, given to it here. */
  number: number
  isReady(): boolean
}

const MOST_CHOICES = 256
/** Answers have few; the places of so many are kept for their next event. */
const FEW_CHOICES = 8

export class WaitingEvents<T extends Waiting> {
  readonly #choices = new Map<number, { texts: Queue<T>; calls: Queue<T> }>()
  readonly #fences = new Queue<T>()
  #count = 0

  add(item: T): void {
    item.number = this.#count++
    if (item.choice === undefined) return this.#fences.push(item)
    let choice = this.#choices.get(item.choice)
    if (choice === undefined) {
      if (this.#choices.size >= MOST_CHOICES)
        throw new Failure('upstream_invalid', 'the upstream sent too many choices')
      this.#choices.set(item.choice, (choice = { texts: new Queue(), calls: new Queue() }))
    }
    ;(item.isCall ? choice.calls : choice.texts).push(item)
  }

  /** Takes out what may go now, in the order in which it came. */
  take(): T[] {
    const taken: T[] = []
    for (;;) {
      const fence = this.#fences.first
      const until = fence?.number ?? Number.POSITIVE_INFINITY
      let isClear = true
      for (const [choice, { texts, calls }] of this.#choices) {
        while (texts.isReadyBefore(until)) taken.push(texts.shift())
        // What comes after this was asked waits for a text that is still there.
        while (calls.isReadyBefore(Math.min(until, texts.first?.number ?? until))) taken.push(calls.shift())
        if (texts.isEmpty && calls.isEmpty) {
          if (this.#choices.size > FEW_CHOICES) this.#choices.delete(choice)
        } else if (Math.min(texts.first?.number ?? until, calls.first?.number ?? until) < until) isClear = false
      }
      if (fence === undefined || !isClear || !fence.isReady()) break
      taken.push(this.#fences.shift())
    }
    if (taken.length > 1) taken.sort((a, b) => a.number - b.number)
    return taken
  }
}

/** First in, first out, without moving what stays or keeping what left. */
class Queue<N extends Waiting> {
  #items: (N | undefined)[] = []
  #start = 0

  get isEmpty(): boolean {
    return this.#start === this.#items.length
  }

  get first(): N | undefined {
    return this.#items[this.#start]
  }

  isReadyBefore(number: number): boolean {
    const { first } = this
    return first !== undefined && first.number < number && first.isReady()
  }

  push(item: N): void {
    this.#items.push(item)
  }

  shift(): N {
    const { first } = this
    if (first === undefined) throw new TypeError('nothing waits')
    this.#items[this.#start++] = undefined
    if (this.#start === this.#items.length) {
      this.#items.length = 0
      this.#start = 0
    } else if (this.#start * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#start)
      this.#start = 0
    }
    return first
  }
}
