// A stream whose call waits for a person before the model is asked: from time to time it says that it lives, so that nobody on
// the way takes the line for dead. With the first sign the head is gone: what goes wrong from then on is told in the stream.
import { writeFrame } from './frames.ts'
import { tellFailed } from './stopped.ts'
import type { Trouble } from './trouble.ts'
import type { Visit } from './visit.ts'
import type { Wire } from './wire/wire.ts'

const PING = 'event: ping\ndata: {"type":"ping"}\n\n'
const COMMENT = ': waiting for a person\n\n'

/** `asArray`: one list that grows, in place of events. */
export function signOf(wire: Wire, asArray: boolean): string {
  if (asArray) return '\n'
  return wire.id === 'anthropic-messages' ? PING : COMMENT
}

/** Sends the head of a stream, where it is not gone yet. */
export function openStream(visit: Visit, asArray: boolean): void {
  const { record, response, head } = visit
  if (response.headersSent) return
  record.status = 200
  tellFailed(visit)
  head['content-type'] = asArray ? 'application/json; charset=utf-8' : 'text/event-stream; charset=utf-8'
  response.writeHead(200, head)
  response.flushHeaders()
}

/** Until what it returns is called. */
export function keepAlive(visit: Visit, wire: Wire, asArray: boolean): () => void {
  const { context, response, record } = visit
  const { writeStream } = wire.client
  if (writeStream === undefined) return () => undefined
  const sign = signOf(wire, asArray)
  const say = () => {
    openStream(visit, asArray)
    visit.tell = (trouble) => {
      const writer = writeStream({ id: record.id, model: record.model ?? '', createdAt: record.at })
      const frames = writer.write({ kind: 'error', ...toldIn(trouble) })
      return asArray ? JSON.stringify(frames.map(({ data }) => data)) : frames.map(writeFrame).join('')
    }
    if (response.destroyed) return
    visit.digests.sent(sign)
    response.write(sign)
  }
  const timer = setInterval(say, context.limits.signSeconds * 1000)
  return () => clearInterval(timer)
}

const toldIn = ({ message, code }: Trouble) => ({ message, code })
