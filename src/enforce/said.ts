// What a streamed answer says in each choice, one text behind the other: blocks of text, what was thought, values of calls.
// A secret may lie over the seam between any two of them, so the end of one waits, as far as something may begin in it,
// until what follows shows whether it goes on there.
import { endOf } from '../detect/text.ts'
import { REACH } from './adjoining.ts'
import { BlockRun } from './block-run.ts'
import type { TextPartKind } from './guard.ts'
import type { Inspection } from './inspection.ts'
import type { Lane } from './lane.ts'

/** What somebody waits for: that a lane calls everything before an offset safe. */
export interface Wait {
  readonly lane: Lane
  readonly to: number
}

/** Texts of two kinds are no text to be shown: only what must not be in any of them is looked for. */
const MIXED: TextPartKind = 'arguments'
const NONE: readonly never[] = []

/** One text, as far as it has come. */
export class Said {
  readonly choice: number
  readonly part: TextPartKind
  /** Lets go of what is held of it. */
  readonly end: () => void
  /** Its end, and that of what was said right before. */
  tail = ''
  isWhole = false
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

  /** A call begins. Values of two calls are two texts. */
  begin(choice: number): void {
    if (this.#last.get(choice)?.part === 'arguments') this.settle(choice)
  }

  /** The first value of a call stands behind what was said; more of them follow. */
  first(choice: number, value: string): Said {
    const said = new Said(choice, 'arguments', () => undefined)
    this.push(said, value)
    this.settle(choice)
    return said
  }

  /** A call is whole: the last of its values stands before what follows. `first` was said already. */
  call(choice: number, values: readonly string[], first: Said | undefined, decide: () => void): void {
    const last = values.at(-1)
    // Texts with a call between them that says nothing are two.
    if (last === undefined) this.settle(choice)
    if (last === undefined) return decide()
    if (first === undefined && values.length > 1) this.first(choice, values[0] ?? '')
    const said = new Said(choice, 'arguments', decide)
    said.isWhole = true
    if (first === undefined || values.length > 1) this.push(said, last)
    else {
      said.tail = first.tail
      this.#last.set(choice, said)
    }
    if (said.runs.length === 0) this.#open(said, said.tail, MIXED)
    said.waits = said.runs.map((run) => ({ run, to: run.lane.length }))
    this.#ending.add(said)
  }

  /** Nothing goes on with what was said last. */
  settle(choice: number): void {
    const last = this.#last.get(choice)
    if (last === undefined) return
    this.#last.delete(choice)
    for (const run of last.runs) run.end()
    last.runs = NONE
    if (last.isWhole) this.#ending.add(last)
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
    if (last.isWhole) this.#ending.add(last)
  }

  #open(said: Said, tail: string, part: TextPartKind): void {
    const run = BlockRun.after(tail, part, this.#inspection)
    if (run === undefined) return
    this.#fresh.add(run.lane)
    said.runs = [...said.runs, run]
  }

  #letGo(): void {
    for (const said of this.#ending) {
      if (!said.waits.every(({ run, to }) => run.isSafe(to))) continue
      this.#ending.delete(said)
      said.end()
    }
  }
}
