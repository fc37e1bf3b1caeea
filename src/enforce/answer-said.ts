// What an upstream says of its answer beside the words: the id under which its own records have it, the model that gave it, and
// why it ended. Kept with the call, and told in its span.
import { Failure } from '../lib/failure.ts'
import type { AnswerSaid } from '../model/exchange.ts'
import type { Answer, Part, StopReason } from '../model/turn.ts'
import type { Delta } from './wire/delta.ts'

/** Anything longer, or with other characters in it, is no name and stays out of the record. */
const NAME = /^[\w.:/@+-]{1,128}$/
const MOST_CHOICES = 128

export function saidOf({ id, model, choices }: Pick<Answer, 'id' | 'model' | 'choices'>): AnswerSaid {
  return { id: named(id), model: named(model), stops: choices.slice(0, MOST_CHOICES).map(({ stop }) => stop) }
}

/** The same of an answer that comes as a stream. */
export class StreamSaid {
  #id = ''
  #model = ''
  readonly #stops = new Map<number, StopReason>()

  heard(delta: Delta): void {
    if (delta.kind === 'start') {
      this.#id = delta.id
      this.#model = delta.model
    } else if (delta.kind === 'stop' && this.#stops.size < MOST_CHOICES) this.#stops.set(delta.choice, delta.reason)
  }

  get said(): AnswerSaid {
    const stops = [...this.#stops].toSorted(([a], [b]) => a - b).map(([, reason]) => reason)
    return { id: named(this.#id), model: named(this.#model), stops }
  }
}

/** Formats that have no word for it would say that the answer is complete, and programs would take nothing for an answer. */
export function mustBeSayable(stops: Iterable<StopReason>): void {
  if ([...stops].some((stop) => stop !== 'malformed')) return
  throw new Failure('upstream_invalid', 'the model wrote a tool call that cannot be read', { hint: 'ask again' })
}

/** What is no text of an answer would be gone, and nobody would know that it had been there. */
export function mustBeText(parts: Iterable<Pick<Part, 'kind'>>): void {
  for (const { kind } of parts)
    if (kind === 'image' || kind === 'audio' || kind === 'file')
      throw new Failure('upstream_invalid', `the answer holds ${WHAT[kind]}, which cannot be turned into this format`, {
        hint: "ask in the format of the model's own upstream",
      })
}

const WHAT = { image: 'a picture', audio: 'sound', file: 'a file' } as const

const named = (name: string): string | undefined => (NAME.test(name) ? name : undefined)
