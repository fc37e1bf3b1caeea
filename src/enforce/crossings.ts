// What a whole answer says, one kind of text behind the other: what was thought, what is said, values of calls. Who reads
// the answer in that order reads over the seams between them, as a stream is read (`src/enforce/said.ts`).
import type { Answer, Part } from '../model/turn.ts'
import { Adjoining } from './adjoining.ts'
import type { Inspection } from './inspection.ts'
import type { PlacedText } from './placed-text.ts'
import { breath, inPieces, SLICE, type Waiter } from './slices.ts'
import { isText, valuesOfCall } from './texts.ts'

/** Texts of one kind are one here: what lies over their seams is read where they are read. */
interface Said {
  kind: Part['kind']
  text: string
}

/** What is found over a seam stops the answer, in which of the two texts it would have to be cut being anybody's guess. */
export async function readCrossings(inspection: Inspection, answer: Answer, waiter: Waiter): Promise<void> {
  if (!inspection.joins) return
  let read = 0
  for (const run of crossingsOf(answer)) {
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

function* crossingsOf({ choices }: Pick<Answer, 'choices'>): Generator<readonly PlacedText[]> {
  for (const { parts } of choices) for (const run of runsOf(parts)) if (run.length > 1) yield run.map(placed)
}

function* runsOf(parts: readonly Part[]): Generator<Said[]> {
  let run: Said[] = []
  for (const part of parts) {
    const last = run.at(-1)
    if (isText(part)) {
      if (last?.kind === part.kind) last.text += part.text
      else run.push({ kind: part.kind, text: part.text })
      continue
    }
    const values = part.kind === 'tool-call' ? valuesOfCall(part) : []
    const [first, end] = [values[0], values.at(-1)]
    // Values of two calls are two texts, and so is what has anything else between.
    if (first === undefined || end === undefined || last?.kind === 'tool-call') {
      yield run
      run = []
    }
    if (first === undefined || end === undefined) continue
    run.push({ kind: 'tool-call', text: first })
    if (values.length === 1) continue
    yield run
    run = [{ kind: 'tool-call', text: end }]
  }
  yield run
}

/** Texts of two kinds are no text to be shown: only what must not be in any of them is looked for. */
function placed({ text }: Said): PlacedText {
  return { origin: 'assistant', part: 'arguments', at: [], text }
}
