// Large requests and answers are inspected in slices, with room for other calls between two of them: a prompt of megabytes
// takes the guards most of a second, and must not hold up everybody else for as long.
// Invariant: the verdict is that of the text in one piece, as it is for a stream that was cut anywhere.
import { Failure } from '../lib/failure.ts'
import type { JsonEdit } from '../lib/json-edit.ts'
import { Adjoining, runsOf } from './adjoining.ts'
import type { Inspection } from './inspection.ts'
import type { Lane } from './lane.ts'
import type { PlacedText } from './placed-text.ts'
import type { Visit } from './visit.ts'

/** In characters: what all guards together read in some ten milliseconds. */
export const SLICE = 16_384
/** In characters as well: what it costs that a text is one, however short it is. */
const EACH = 32
/** Of a request or an answer. Of more, each of a letter or two, reading takes longer than anybody waits. */
const MOST_TEXTS = 250_000

export type Waiter = Pick<Visit, 'signal'> & { context: Pick<Visit['context'], 'turns'> }

/** Rejects with the signal's reason where nobody waits for the verdict any more. */
export async function inSlices(
  inspection: Inspection,
  texts: Iterable<PlacedText>,
  waiter: Waiter,
  tooMany: (most: number) => Failure = tooManyAsked,
): Promise<JsonEdit[]> {
  const edits: JsonEdit[] = []
  let read = 0
  for (const run of runsOf(allOf(texts, tooMany))) {
    for (const text of run.length === 1 ? run : await overSeams(inspection, run, waiter)) {
      read += EACH + text.text.length
      if (text.text.length <= SLICE) edits.push(...inspection.texts([text]))
      else edits.push(...(await sliced(inspection, text, waiter)))
      if (read < SLICE) continue
      read = 0
      await breath(waiter)
    }
  }
  return edits
}

const tooManyAsked = (most: number): Failure =>
  new Failure('too_large', `the body has more than ${most} texts`, { hint: 'send fewer at once' })

/** All of them, counted before the first is read. */
function allOf(texts: Iterable<PlacedText>, tooMany: (most: number) => Failure): readonly PlacedText[] {
  const all: PlacedText[] = []
  for (const text of texts) {
    if (all.length === MOST_TEXTS) throw tooMany(MOST_TEXTS)
    all.push(text)
  }
  return all
}

async function overSeams(
  inspection: Inspection,
  run: readonly PlacedText[],
  waiter: Waiter,
): Promise<readonly PlacedText[]> {
  const adjoining = new Adjoining(run)
  for (const stretch of adjoining.stretches) {
    const lane = inspection.openJoined(run, adjoining.isFixed, stretch)
    if (lane === undefined) return run
    const text = stretch.pieces.map((piece) => piece.text).join('')
    if (text.length <= SLICE) lane.whole(text)
    else await inPieces(lane, text, waiter)
    adjoining.take(stretch, lane)
    await breath(waiter)
  }
  return adjoining.texts()
}

export async function inPieces(lane: Lane, text: string, waiter: Waiter): Promise<void> {
  for (let from = 0; from < text.length; from += SLICE) {
    lane.push(text.slice(from, from + SLICE))
    lane.look()
    await breath(waiter)
  }
  lane.end()
}

export async function breath({ signal, context }: Waiter): Promise<void> {
  await context.turns.next()
  signal.throwIfAborted()
}

async function sliced(inspection: Inspection, placed: PlacedText, waiter: Waiter): Promise<JsonEdit[]> {
  const { origin, part, at, text, fixed = false, isChanged = false, write = (to) => to } = placed
  const lane = inspection.open(origin, at.join('.'), fixed, part)
  await inPieces(lane, text, waiter)
  if (lane.isCut && !fixed) return [{ at, to: write(lane.take(lane.length)) }]
  return isChanged ? [{ at, to: text }] : []
}
