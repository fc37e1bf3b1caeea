// What a streamed answer says in each choice, one text behind the other: blocks of text, what was thought, values of calls.
// A secret may lie over the seam between any two of them, so the end of one waits, as far as something may begin in it,
// until what follows shows whether it goes on there.
import { endOf } from '../detect/text.ts'
import { REACH } from './adjoining.ts'
import { BlockRun } from './block-run.ts'
import { readMeeting } from './crossings.ts'
import type { TextPartKind } from './guard.ts'
import type { Inspection } from './inspection.ts'
import type { Lane } from './lane.ts'
import { lastOf, meetingEnds, openEnds } from './value-seams.ts'

/** What somebody waits for: that a lane calls everything before an offset safe. */
export interface Wait {
  readonly lane: Lane
  readonly to: number
}

/** Texts of two kinds are no text to be shown: only what must not be in any of them is looked for. */
const MIXED: TextPartKind = 'arguments'
const NONE: readonly never[] = []
/** Of calls that follow each other, beside the one that has read all of them: what begins with the last two. */
const MOST_RUNS = 6
const NOTHING = (): void => undefined

/** One text, as far as it has come. */
export class Said {
  readonly choice: number
  readonly part: TextPartKind
  /** Lets go of what is held of it. */
  readonly end: () => void
  /** Its end, and that of what was said right before. */
  tail = ''
  isWhole = false
  isOver = false
  /** It is read together with what was said before. */
  runs: readonly BlockRun[] = NONE
  waits: { run: BlockRun; to: number }[] = []

  constructor(choice: number, part: TextPartKind, end: () => void) {
    this.choice = choice
    this.part = part
    this.end = end
  }
}

export class Saying {
  readonly #inspection: Inspection
  /** By choice: who has spoken last. */
  readonly #last = new Map<number, Said>()
  /** They are whole, and perhaps go on in what follows. */
  readonly #ending = new Set<Said>()
  /** By choice: the last values of calls. */
  readonly #values = new Map<number, readonly string[]>()
  /** Lanes that have something to look at. */
  readonly #fresh = new Set<Lane>()

  constructor(inspection: Inspection) {
    this.#inspection = inspection
  }

  /** More of a text has come. What it has to wait for. */
  push(said: Said, text: string): readonly Wait[] {
    const last = this.#last.get(said.choice)
    if (last !== said) this.#follow(said, last)
    said.tail = (said.tail.length > 2 * REACH ? endOf(said.tail, said.tail.length - REACH) : said.tail) + text
    const { runs } = said
    if (runs.length === 0) return NONE
    for (const run of runs) {
      run.push(text)
      this.#fresh.add(run.lane)
    }
    const waits = runs.map(({ lane }) => ({ lane, to: lane.length }))
    said.runs = runs.filter((run) => !run.isPast)
    for (const run of runs) if (run.isPast) run.end()
    return waits
  }

  close(said: Said): void {
    said.isWhole = true
    if (this.#last.get(said.choice) !== said) this.#ending.add(said)
  }

  /** The first value of a call stands behind what was said, which waits for no more of the call. */
  first(choice: number, value: string): void {
    this.#value(choice, value, NOTHING)
    this.settle(choice)
  }

  /** A call is whole: its values stand one behind the other, and before what follows. */
  call(choice: number, values: readonly string[], decide: () => void): void {
    // Texts with a call between them that says nothing are two.
    if (values.length === 0) {
      this.#values.delete(choice)
      this.settle(choice)
      return decide()
    }
    const before = this.#values.get(choice) ?? []
    const all = [...before, ...values]
    for (const ends of meetingEnds(all, Math.max(1, before.length))) readMeeting(this.#inspection, ends)
    this.#values.set(choice, lastOf(all))
    for (const value of values.slice(0, -1)) this.#value(choice, value, NOTHING)
    const said = this.#value(choice, values.at(-1) ?? '', decide)
    this.#open(said, (values.at(-1) ?? '').slice(-REACH), MIXED)
    for (const end of openEnds(all)) this.#open(said, end, MIXED)
    said.waits = said.runs.map((run) => ({ run, to: run.lane.length }))
    said.isWhole = true
    this.#ending.add(said)
  }

  /** Of a long one, what is far from both its ends is read by itself alone. */
  #value(choice: number, value: string, end: () => void): Said {
    const said = new Said(choice, 'arguments', end)
    this.push(said, value.slice(0, REACH + 1))
    if (value.length > REACH) said.tail = value.slice(-REACH)
    return said
  }

  /** Nothing goes on with what was said last. */
  settle(choice: number): void {
    const last = this.#last.get(choice)
    if (last === undefined) return
    this.#last.delete(choice)
    for (const run of last.runs) run.end()
    last.runs = NONE
    if (last.isWhole && !last.isOver) this.#ending.add(last)
    this.#letGo()
  }

  /** What came together is looked at together. */
  look(): void {
    for (const lane of this.#fresh) lane.look()
    this.#fresh.clear()
    this.#letGo()
  }

  end(): void {
    for (const choice of this.#last.keys()) this.settle(choice)
    this.#letGo()
  }

  #follow(said: Said, last: Said | undefined): void {
    this.#last.set(said.choice, said)
    if (said.part !== MIXED) this.#values.delete(said.choice)
    if (last === undefined) return
    const isSame = said.part === last.part
    const part = isSame ? said.part : MIXED
    for (const run of last.runs) if (!isSame && run.part !== MIXED) run.end()
    said.runs = last.runs.filter((run) => isSame || run.part === MIXED)
    said.tail = last.tail
    if (said.runs.every((run) => run.part !== part)) this.#open(said, last.tail, part)
    last.runs = NONE
    last.waits = last.waits.filter(({ run, to }) => !run.isSafe(to))
    for (const run of said.runs) {
      last.waits.push({ run, to: run.lane.length })
      run.next()
    }
    if (last.isWhole && !last.isOver) this.#ending.add(last)
  }

  #open(said: Said, tail: string, part: TextPartKind): void {
    const run = BlockRun.after(tail, part, this.#inspection)
    if (run === undefined) return
    this.#fresh.add(run.lane)
    const [oldest = run, ...runs] = [...said.runs, run]
    if (runs.length > MOST_RUNS) runs.shift()?.end()
    said.runs = oldest === run ? [run] : [oldest, ...runs]
  }

  #letGo(): void {
    for (const said of this.#ending) {
      if (!said.waits.every(({ run, to }) => run.isSafe(to))) continue
      this.#ending.delete(said)
      said.isOver = true
      said.end()
    }
  }
}
