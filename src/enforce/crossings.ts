// What a message says, one kind of text behind the other: what was thought, what is said, values of calls. Who reads it in
// that order, or puts together what a call was given, reads over the seams between them: as a stream is read (`src/enforce/said.ts`).
import type { Message, Part } from '../model/turn.ts'
import { Adjoining } from './adjoining.ts'
import type { Inspection } from './inspection.ts'
import type { PlacedText } from './placed-text.ts'
import { breath, inPieces, SLICE, type Waiter } from './slices.ts'
import { isText, valuesOfCall } from './texts.ts'
import { meetingEnds } from './value-seams.ts'

type Spoken = Pick<Message, 'parts'> & Partial<Pick<Message, 'origin'>>

/** Texts of one kind are one here: what lies over their seams is read where they are read. */
interface Said extends Pick<Part, 'kind' | 'origin'> {
  text: string
}

/** What is found over a seam stops all of it, in which of the two texts it would have to be cut being anybody's guess. */
export async function readCrossings(inspection: Inspection, spoken: readonly Spoken[], waiter: Waiter): Promise<void> {
  if (!inspection.joins) return
  let read = 0
  for (const run of crossingsOf(spoken)) {
    for (const stretch of new Adjoining(run).stretches) {
      const text = stretch.pieces.map((piece) => piece.text).join('')
      const lane = inspection.openJoined(run, true, stretch)
      if (lane === undefined) return
      read += text.length
      if (text.length <= SLICE) lane.whole(text)
      else await inPieces(lane, text, waiter)
      if (read < SLICE) continue
      read = 0
      await breath(waiter)
    }
  }
}

/** Messages of one speaker go on with each other; choices of an answer have none. */
function* crossingsOf(spoken: readonly Spoken[]): Generator<readonly PlacedText[]> {
  let end = 0
  for (let i = 0; i < spoken.length; i = end) {
    const one = spoken[i]
    if (one === undefined) return
    for (end = i + 1; end < spoken.length; end++)
      if (one.origin === undefined || one.origin !== spoken[end]?.origin) break
    const parts = end === i + 1 ? one.parts : spoken.slice(i, end).flatMap((each) => each.parts)
    // Most say one text and nothing else.
    if (isOneText(parts)) continue
    for (const run of runsOf(parts)) {
      if (run.length < 2) continue
      yield run.map(placed)
      const origin = run[0]?.origin ?? 'assistant'
      for (const ends of meetingEnds(valuesOf(run))) yield ends.map((text) => placed({ text, origin }))
    }
  }
}

function isOneText(parts: readonly Part[]): boolean {
  const [first] = parts
  return parts.length === 1 && first !== undefined && isText(first)
}

function* runsOf(parts: readonly Part[]): Generator<Said[]> {
  let run: Said[] = []
  for (const part of parts) {
    const { kind, origin } = part
    const last = run.at(-1)
    if (isText(part)) {
      if (last?.kind === kind && last.origin === origin) last.text += part.text
      else run.push({ kind, origin, text: part.text })
      continue
    }
    const values = part.kind === 'tool-call' ? valuesOfCall(part) : []
    for (const text of values) run.push({ kind, origin, text })
    if (values.length > 0) continue
    // What has anything else between are two texts.
    yield run
    run = []
  }
  yield run
}

/** What is said between two calls parts their values. */
const valuesOf = (run: readonly Said[]): string[] => run.map(({ kind, text }) => (kind === 'tool-call' ? text : ' '))

/** One row of values that meet. */
export function readMeeting(inspection: Inspection, ends: readonly string[]): void {
  const run = ends.map((text) => placed({ text, origin: 'assistant' }))
  for (const stretch of new Adjoining(run).stretches) inspection.openJoined(run, true, stretch)?.whole(ends.join(''))
}

/** Texts of two kinds are no text to be shown: only what must not be in any of them is looked for. */
function placed({ text, origin }: Pick<Said, 'text' | 'origin'>): PlacedText {
  return { origin, part: 'arguments', at: [], text }
}
