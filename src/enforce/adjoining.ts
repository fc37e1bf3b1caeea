// Texts that stand side by side, which a model reads as one: parts of a message, messages of one speaker. Each is read by
// itself, and what lies over the seams between them is read before, or a secret in two halves would be none.
import { firstAfter } from '../lib/first-after.ts'
import type { JsonPath } from '../lib/json-edit.ts'
import type { Cut, Watch, Watched } from './guard.ts'
import type { Lane } from './lane.ts'
import type { PlacedText } from './placed-text.ts'
import { readWhole } from './whole.ts'

/** So much of a text is read on either side of a seam: the longest keys are shorter, even in base64. */
export const REACH = 4096
/** What makes something of a value stands so near to it: its name, or a quotation mark. */
export const NEAR = 64

/** A part of a text; what stands in it after the guards have read it. */
interface Piece {
  text: string
  isFar: boolean
}

/** Pieces of texts that follow each other. */
export interface Stretch {
  readonly pieces: readonly Piece[]
  /** Where one text ends and the next begins. */
  readonly seams: readonly number[]
}

/** In order; those that a model reads as one are together. */
export function* runsOf(texts: Iterable<PlacedText>): Generator<readonly PlacedText[]> {
  let run: PlacedText[] | undefined
  let before: PlacedText | undefined
  for (const text of texts) {
    if (before !== undefined && adjoins(before, text)) (run ??= [before]).push(text)
    else if (before !== undefined) {
      yield run ?? [before]
      run = undefined
    }
    before = text
  }
  if (before !== undefined) yield run ?? [before]
}

function adjoins(one: PlacedText, other: PlacedText): boolean {
  if (other.part !== one.part || other.origin !== one.origin || other.part === 'arguments') return false
  if (other.part === 'other') return areNeighbours(one.at, other.at)
  return [one, other].every(({ isAlone, write }) => isAlone !== true && write === undefined)
}

/** Texts of one list of parts, where nobody knows what the list is for. */
function areNeighbours(one: JsonPath, other: JsonPath): boolean {
  const last = one.length - 1
  if (last < 1 || other.length !== one.length || one[last] !== 'text') return false
  return one.every((step, i) => (i === last - 1 ? isNext(step, other[i]) : step === other[i]))
}

const isNext = (one: string | number, other: string | number | undefined): boolean =>
  typeof one === 'number' && other === one + 1

export class Adjoining {
  readonly #run: readonly PlacedText[]
  /** Of each text. */
  readonly #pieces: readonly (readonly Piece[])[]
  readonly #changed = new Set<Piece>()
  readonly stretches: readonly Stretch[]

  constructor(run: readonly PlacedText[]) {
    this.#run = run
    this.#pieces = run.map(({ text }, i) => piecesOf(text, i === 0, i === run.length - 1))
    this.stretches = stretchesOf(this.#pieces.flat())
  }

  /** Something in them cannot be cut. */
  get isFixed(): boolean {
    return this.#run.some(({ fixed }) => fixed === true)
  }

  /** `lane` has read the whole stretch. */
  take({ pieces }: Stretch, lane: Lane): void {
    if (!lane.isCut || this.isFixed) return
    let to = 0
    for (const piece of pieces) {
      to += piece.text.length
      const text = lane.take(to)
      if (text === piece.text) continue
      piece.text = text
      this.#changed.add(piece)
    }
  }

  /** As they read after that. */
  texts(): readonly PlacedText[] {
    if (this.#changed.size === 0) return this.#run
    return this.#run.map((placed, i) => {
      const pieces = this.#pieces[i] ?? []
      if (!pieces.some((piece) => this.#changed.has(piece))) return placed
      return { ...placed, text: pieces.map(({ text }) => text).join(''), isChanged: true }
    })
  }
}

function piecesOf(text: string, isFirst: boolean, isLast: boolean): Piece[] {
  const head = isFirst ? 0 : REACH
  const tail = isLast ? text.length : text.length - REACH
  if (tail <= head) return [{ text, isFar: false }]
  return [...near(text.slice(0, head)), { text: text.slice(head, tail), isFar: true }, ...near(text.slice(tail))]
}

const near = (text: string): Piece[] => (text === '' ? [] : [{ text, isFar: false }])

/** Nobody reads over what is far from all seams. */
function stretchesOf(all: readonly Piece[]): Stretch[] {
  const stretches: Stretch[] = []
  let pieces: Piece[] = []
  let seams: number[] = []
  let length = 0
  for (const piece of all) {
    if (piece.isFar) {
      if (seams.length > 0) stretches.push({ pieces, seams })
      ;[pieces, seams, length] = [[], [], 0]
      continue
    }
    if (pieces.length > 0) seams.push(length)
    pieces.push(piece)
    length += piece.text.length
  }
  if (seams.length > 0) stretches.push({ pieces, seams })
  return stretches
}

/** Tells only of what the texts do not show each by itself. */
export class SeamWatch implements Watch {
  readonly #watch: Watch
  readonly #again: () => Watch
  readonly #stretch: Stretch
  /** Where something is found in each of the texts by itself. */
  readonly #alone = new Map<Piece, { text: string; places: ReadonlySet<number> }>()

  constructor(watch: Watch, again: () => Watch, stretch: Stretch) {
    this.#watch = watch
    this.#again = again
    this.#stretch = stretch
  }

  push(text: string): Watched {
    return this.#onSeams(this.#watch.push(text))
  }

  end(): Watched {
    return this.#onSeams(this.#watch.end())
  }

  whole(text: string): Watched {
    return this.#onSeams(readWhole(this.#watch, text))
  }

  #onSeams(seen: Watched): Watched {
    const { safe, findings, cuts, notes } = seen
    if (findings.length === 0 && cuts.length === 0 && notes === undefined) return seen
    const isNew = (one: Cut | Watched['findings'][number]): boolean => this.#isNew(one)
    const isStop = findings.length > 0 && cuts.length === 0
    const kept = cuts.filter(isNew)
    const counted = findings.filter(isNew)
    return {
      safe,
      // Where all that is left is to be cut, nothing is left to stop for.
      findings: isStop || kept.length > 0 ? counted : [],
      cuts: kept,
      notes: notes?.filter(isNew) ?? [],
    }
  }

  #isNew({ start, end }: { start: number; end: number }): boolean {
    const { seams, pieces } = this.#stretch
    const at = firstAfter(seams, start) - 1
    const [from, to] = [seams[at], seams[at + 1]]
    if (to !== undefined && end > to) return true
    const isNear = (from !== undefined && start - from < NEAR) || (to !== undefined && to - end < NEAR)
    return isNear && !this.#placesIn(pieces[at + 1]).has(start - (from ?? 0))
  }

  #placesIn(piece: Piece | undefined): ReadonlySet<number> {
    if (piece === undefined) return new Set()
    const { text } = piece
    const known = this.#alone.get(piece)
    // In a stream, pieces grow.
    if (known?.text === text) return known.places
    const { findings, cuts, notes = [] } = readWhole(this.#again(), text)
    const places = new Set([...findings, ...cuts, ...notes].map(({ start }) => start))
    this.#alone.set(piece, { text, places })
    return places
  }
}
