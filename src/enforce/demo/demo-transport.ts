// The demo model as an upstream that needs no network. It speaks OpenAI's chat completions like any other, so that all
// that lies between a client and a provider lies between a client and the demo as well.
import type { Json } from '../../lib/canonical-json.ts'
import { writeFrame } from '../frames.ts'
import type { Reply, ReplySink, Transport } from '../upstream/transport.ts'
import { objectOf } from '../wire/claims.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import type { Conversation } from '../wire/wire.ts'
import { demoAnswer } from './assistant.ts'
import { deltasOf } from './deltas.ts'

export function demoTransport(): Transport {
  return {
    async send({ body }) {
      const { type, pieces } = demoReply(openaiChat, JSON.parse(Buffer.from(body).toString('utf8')))
      return new DemoReply(type, pieces)
    },
    async close() {
      await Promise.resolve()
    },
  }
}

/** What the demo model answers to a request of any format. */
export function demoReply(
  wire: Conversation,
  body: Json,
  addressed = { model: undefined as string | undefined, stream: false },
) {
  const turn = wire.client.readRequest(objectOf(body) ?? {}, addressed)
  const context = { id: 'demo', model: turn.model, createdAt: new Date(0) }
  const answer = demoAnswer(turn, context.id)
  if (!turn.stream)
    return { type: 'application/json', pieces: [JSON.stringify(wire.client.writeAnswer(answer, context))] }
  const writer = wire.client.writeStream(context)
  const pieces = deltasOf(answer).flatMap((delta) => writer.write(delta).map(writeFrame))
  return { type: 'text/event-stream', pieces }
}

class DemoReply implements Reply {
  readonly status = 200
  readonly headers
  #pieces: readonly string[]
  #sink: ReplySink | undefined
  #isPaused = false

  constructor(type: string, pieces: readonly string[]) {
    this.headers = { 'content-type': type }
    this.#pieces = pieces
  }

  read(sink: ReplySink): void {
    this.#sink = sink
    setImmediate(() => this.#next())
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    setImmediate(() => this.#next())
  }

  abort(): void {
    this.#sink = undefined
  }

  #next(): void {
    if (this.#isPaused || this.#sink === undefined) return
    const [piece, ...rest] = this.#pieces
    this.#pieces = rest
    if (piece === undefined) {
      const sink = this.#sink
      this.#sink = undefined
      return sink.end()
    }
    this.#sink.data(Buffer.from(piece))
    setImmediate(() => this.#next())
  }
}
