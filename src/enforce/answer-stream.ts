// An answer that comes as a stream.
import { Failure } from '../lib/failure.ts'
import { FIRST_WORDS } from '../model/exchange.ts'
import { StreamSaid } from './answer-said.ts'
import type { Answered } from './asked.ts'
import { eventStream } from './frames.ts'
import { awsEventStream } from './frames-aws.ts'
import { Inspection } from './inspection.ts'
import { wordsOfStream } from './oversight/gist.ts'
import { holdCall } from './oversight/hold-call.ts'
import { relayStream } from './relay-stream.ts'
import { openStream, signOf } from './signs-of-life.ts'
import { isCut } from './time-limit.ts'
import { toTrouble } from './trouble.ts'
import type { Visit } from './visit.ts'
import { objectOf } from './wire/claims.ts'
import { WordsKeeper } from './words-keeper.ts'

export async function answerStream(
  visit: Visit,
  { wire, upstream, upstreamWire, call, turn, route, caller, reply, guards, body, hidesUsage }: Answered,
): Promise<void> {
  const { context, record, response } = visit
  const type = reply.headers['content-type'] ?? ''
  const isAws = type.startsWith('application/vnd.amazon.eventstream')
  const { writeStream } = wire.client
  const { readStream } = upstreamWire.upstream
  if (!isAws && !type.startsWith('text/event-stream')) {
    reply.abort()
    throw new Failure('upstream_invalid', 'the upstream answered a request for a stream with something else')
  }
  const packing = reply.headers['content-encoding'] ?? 'identity'
  if (packing !== 'identity') {
    reply.abort()
    throw new Failure(
      'upstream_invalid',
      'the upstream packed its stream (content-encoding), which it was asked not to',
      {
        hint: 'turn compression of event streams off at the upstream, or at the proxy before it',
      },
    )
  }
  if (writeStream === undefined || readStream === undefined) {
    reply.abort()
    throw new Failure('input_invalid', 'this kind of request has no streams', { hint: 'leave stream out' })
  }
  const isSameFormat = wire === upstreamWire
  const asArray = call.frames === 'array'
  openStream(visit, asArray)
  const inspection = new Inspection(route.enforcement, 'answer', context.clock, guards, upstream.key)
  // What a person is shown of an answer that waits as a whole.
  const all = inspection.isOverseen ? new WordsKeeper('full') : undefined
  const said = new StreamSaid()
  let isBegun = false
  const { outcome, usage, seenBytes, bytes } = await relayStream({
    upstream,
    reply,
    response,
    frames: isAws ? awsEventStream() : eventStream(),
    reader: readStream(),
    writer: writeStream({
      id: record.id,
      model: turn.model,
      createdAt: record.at,
      tellsUsage: objectOf(body['stream_options'])?.['include_usage'] === true,
      hold: visit.hold,
    }),
    isSameFormat,
    asArray,
    hidesUsage,
    inspection,
    hold: () =>
      holdCall(visit, {
        stage: 'answer',
        turn,
        route,
        caller,
        inspection,
        words: () => (all ? wordsOfStream(all) : ''),
      }),
    sign: signOf(wire, asArray),
    signMs: context.limits.signSeconds * 1000,
    ended: () => endOf(visit),
    heldBytes: context.limits.heldBytes,
    mostBytes: context.limits.streamBytes,
    turns: context.turns,
    stallMs: context.limits.idleSeconds * 1000,
    came(delta) {
      context.farWords?.heard(delta)
      all?.heard(delta)
    },
    sent: (bytes) => visit.digests.sent(bytes),
    heard(delta) {
      if (!isBegun) visit.lap(FIRST_WORDS)
      isBegun = true
      said.heard(delta)
      visit.words?.heard(delta)
    },
    onBug: (error) => context.onBug(error, record.id),
  })
  record.usage = usage
  if (isBegun) record.answer = said.said
  visit.end = { ...visit.end, went: outcome === 'whole' ? 'whole' : 'part', usage, seenBytes }
  record.bytesOut = bytes
  record.decisions = [...record.decisions, inspection.decision]
  record.verdicts = [...record.verdicts, ...inspection.verdicts]
  record.outcome = outcome === 'whole' ? 'answered' : visit.signal.aborted && !isCut(visit) ? 'client-gone' : outcome
}

/** How it is told that the call had to end: its time was over, or what allowed it is no more. */
function endOf(visit: Visit): 'length' | 'filtered' | undefined {
  if (!isCut(visit)) return undefined
  return toTrouble(visit.signal.reason).code === 'upstream_timeout' ? 'length' : 'filtered'
}
