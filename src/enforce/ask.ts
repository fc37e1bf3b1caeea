// A question to a model: read, routed, inspected, sent, and its answer brought back.
import type { JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { editedPieces, editJson, type JsonEdit } from '../lib/json-edit.ts'
import { decodeStrict, parseStrictJson } from '../lib/strict-json.ts'
import { admitCall } from './admit-call.ts'
import { answerStream } from './answer-stream.ts'
import { answerWhole } from './answer-whole.ts'
import type { Asked } from './asked.ts'
import { attempt, type Attempted } from './attempt.ts'
import { beginCall } from './begin.ts'
import { readCrossings } from './crossings.ts'
import { PASSED_HEADERS } from './client-headers.ts'
import type { CallContext } from './guard.ts'
import { Inspection } from './inspection.ts'
import { narrowRoute, readNarrowing } from './narrowing.ts'
import { refuseOtherTools } from './offered-tools.ts'
import { leftOut, unreadMembers } from './left-out.ts'
import { wordsOfTurn } from './oversight/gist.ts'
import { holdCall } from './oversight/hold-call.ts'
import { readAll } from './read-answer.ts'
import { readBody } from './read-body.ts'
import type { Caller, Routes, Target } from './routes.ts'
import { keepAlive } from './signs-of-life.ts'
import { inSlices, SLICE } from './slices.ts'
import { stopped } from './stopped.ts'
import { textsOfTurn } from './texts.ts'
import { traceHeaders } from './trace-context.ts'
import type { Trouble } from './trouble.ts'
import type { Turns } from './turns.ts'
import { upstreamTrouble } from './upstream-error.ts'
import { warmUpFor } from './warm-up.ts'
import type { Outgoing, Reply } from './upstream/transport.ts'
import type { Visit } from './visit.ts'
import { WordsKeeper } from './words-keeper.ts'
import { offeringCallable } from './wire/choice.ts'
import { objectOf } from './wire/claims.ts'
import { upstreamWire, wireOf } from './wire/find.ts'
import { unsigning } from './wire/unsigned.ts'
import type { UpstreamWire } from './wire/wire.ts'

const MOST_ERROR_BYTES = 65_536
const MOST_MODEL = 256
/** In bytes. */
const LARGE = 1_048_576

export async function ask(visit: Visit, call: Asked['call'], caller: Caller): Promise<Trouble | undefined> {
  const { context, record } = visit
  const asked = await inspected(visit, call, caller)
  const { targets } = asked.route
  const able = targets.filter((target) => upstreamWire(asked.wire, target.upstream) !== undefined)
  if (able.length === 0)
    throw new Failure('not_found', `no upstream of ${asked.turn.model.slice(0, 100)} serves this kind of request`)
  context.farWords?.asked(asked.text)
  const { target, reply, attempts } = await sent(visit, asked, able)
  const wire = upstreamWire(asked.wire, target.upstream) ?? asked.wire
  record.attempts = attempts
  record.upstream = target.upstream.id
  record.upstreamWire = wire.id
  visit.lap('upstream')
  const lost = lostOn(asked, wire)
  if (lost.length > 0) visit.head['x-parapet-left-out'] = lost.join(', ')
  if (reply.status !== 200) {
    visit.end = { ...visit.end, went: 'nowhere' }
    const retryAfter = reply.headers['retry-after']
    return upstreamTrouble(
      target.upstream,
      reply.status,
      await readAll(reply, MOST_ERROR_BYTES, visit.hold),
      typeof retryAfter === 'string' ? retryAfter : undefined,
    )
  }
  if (asked.route.record.first ?? context.record.first) await recordFirst(visit, reply)
  const answered = { ...asked, upstream: target.upstream, upstreamWire: wire, reply }
  let trouble: Trouble | undefined
  if (asked.turn.stream) await answerStream(visit, answered)
  else trouble = await answerWhole(visit, answered)
  visit.lap('answer')
  return trouble
}

async function sent(visit: Visit, asked: Asked, targets: readonly Target[]): Promise<Attempted> {
  const { context, signal, record } = visit
  const went = (how: 'nowhere' | 'part') => (visit.end = { ...visit.end, went: how })
  const attempted = await attempt({
    who: record.keyId ?? '',
    targets,
    outgoing(one) {
      const request = outgoing(visit, asked, one)
      visit.turn = asked.turn
      const { upstream, model = asked.turn.model } = one
      visit.end = { ...visit.end, went: 'nowhere', target: { upstream: upstream.id, model } }
      return request
    },
    onSent: () => went('part'),
    async again() {
      for (const one of visit.agains) if (!(await one())) return false
      return true
    },
    attempts: context.limits.attempts,
    budget: context.retries,
    signal,
    now: context.clock,
  })
  went('part')
  return attempted
}

async function recordFirst(visit: Visit, reply: Reply): Promise<void> {
  const { context, record, digests } = visit
  try {
    record.digests = digests.soFar
    await context.recordFirst(record)
  } catch (error) {
    reply.abort()
    throw error
  }
  visit.lap('record')
}

async function inspected(visit: Visit, call: Asked['call'], caller: Caller): Promise<Asked> {
  const { context, request, record } = visit
  const wire = wireOf(call.wire)
  const came = await readBody(request, context.limits.bodyBytes, visit.hold)
  record.bytesIn = came.length
  const digested = visit.digests.asked(came, context.turns)
  if (digested) await digested
  visit.lap('read')
  const isLarge = came.length > LARGE
  const unnamed = decodeStrict(came)
  // Each of these steps takes its time with a large body: others are heard between them.
  if (isLarge) await context.turns.next()
  const said = bodyOf(unnamed)
  const { text, bytes, body } = naming(
    unnamed,
    came,
    said,
    wire,
    call.addressed.model ?? meant(said, wire, context.routes),
  )
  if (isLarge) await context.turns.next()
  const turn = wire.client.readRequest(body, call.addressed)
  if (turn.model.length > MOST_MODEL)
    throw new Failure('input_invalid', 'model: a name of at most 256 characters is expected')
  record.wire = wire.id
  record.model = turn.model
  record.stream = turn.stream
  const narrowing = readNarrowing(request)
  const found = context.routes.find(turn.model, caller)
  const route = narrowing === undefined ? found : narrowRoute(found, narrowing, caller)
  refuseOtherTools(narrowing?.tools, turn, body)
  record.route = route.id
  visit.body = body
  const content = route.record.content ?? context.record.content
  if (content !== 'none') visit.words = new WordsKeeper(content)
  visit.words?.asked(text)
  const { keyId, asset } = caller
  const about: CallContext = { keyId, asset, route: route.id, secret: context.secret, callId: record.id }
  warmUpFor(turn, route.enforcement)
  const guards = beginCall(route.enforcement, turn, about, context.clock)
  const inspection = new Inspection(route.enforcement, 'request', context.clock, guards)
  const asked: (readonly JsonEdit[])[] = []
  try {
    asked.push(await admitCall(visit, inspection, { wire, route, caller, turn, body, bytes: bytes.length }))
    visit.lap('admit')
    if (isLarge) await context.turns.next()
    const texts = textsOfTurn(turn)
    asked.push(bytes.length > SLICE ? await inSlices(inspection, texts, visit) : inspection.texts(texts))
    await readCrossings(inspection, turn.messages, visit)
    asked.push(inspection.body(body))
    const instruct = wire.client.instruct
    asked.push(
      await inspection.turn(turn, {
        ...about,
        now: context.now(),
        instruct: instruct && ((words) => instruct(body, words)),
      }),
    )
    visit.lap('inspect')
    stopIfBlocked(inspection)
    const hush =
      inspection.decision.action === 'hold' && turn.stream ? keepAlive(visit, wire, call.frames === 'array') : undefined
    try {
      await holdCall(visit, { stage: 'request', turn, route, caller, inspection, words: () => wordsOfTurn(turn) })
    } finally {
      hush?.()
    }
  } finally {
    record.decisions = [inspection.decision]
    record.verdicts = inspection.verdicts
  }
  const wanted = asked.flat()
  const edits = [...wanted, ...unsigning(turn.messages, wanted)]
  if (edits.length === 0) return { wire, call, route, caller, turn, bytes, text, body, guards, hidesUsage: false }
  const written = isLarge ? await changedSlowly(text, edits, context.turns) : changed(text, edits)
  const again = wire.client.readRequest(bodyOf(written.text), call.addressed)
  const hidesUsage = edits.some(({ at }) => at[0] === 'stream_options')
  return { wire, call, route, caller, turn: again, ...written, body, guards, hidesUsage }
}

type Written = Pick<Asked, 'text' | 'bytes'>

function changed(text: string, edits: readonly JsonEdit[]): Written {
  const written = editJson(text, edits)
  return { text: written, bytes: Buffer.from(written) }
}

async function changedSlowly(text: string, edits: readonly JsonEdit[], turns: Turns): Promise<Written> {
  let written = ''
  const bytes: Buffer[] = []
  for (const piece of editedPieces(text, edits)) {
    written += piece
    bytes.push(Buffer.from(piece))
    if (!turns.hasTime) await turns.next()
  }
  await turns.next()
  return { text: written, bytes: Buffer.concat(bytes) }
}

function stopIfBlocked(inspection: Inspection): void {
  if (inspection.decision.action === 'block') throw stopped('request', inspection)
}

function bodyOf(text: string): JsonObject {
  const body = objectOf(parseStrictJson(text, 'envelope'))
  if (body === undefined) throw new Failure('input_invalid', 'the body must be a JSON object')
  return body
}

/** A request of some formats need not name one. */
function meant(body: JsonObject, { id, modelAt }: Asked['wire'], routes: Routes): string | undefined {
  if (modelAt === undefined || (body[modelAt] !== undefined && body[modelAt] !== null)) return undefined
  const model = routes.unnamed(id)
  if (model !== undefined) return model
  throw new Failure('input_invalid', `${modelAt}: no model is named, and the policy does not say which one is meant`, {
    hint: `name one, or write it under \`unnamed.${id}\` of a route`,
  })
}

/** Where the address names the model, as Azure has it, the body need not, and what it names counts for nothing. */
function naming(
  text: string,
  bytes: Uint8Array,
  body: JsonObject,
  { modelAt }: Pick<Asked['wire'], 'modelAt'>,
  model: string | undefined,
): Pick<Asked, 'text' | 'bytes' | 'body'> {
  if (modelAt === undefined || model === undefined || body[modelAt] === model) return { text, bytes, body }
  const named = editJson(text, [{ at: [modelAt], to: model }])
  return { text: named, bytes: Buffer.from(named), body: { ...body, [modelAt]: model } }
}

function outgoing(
  { context, request, record }: Visit,
  asked: Asked,
  { upstream, model = asked.turn.model }: Target,
): Outgoing {
  const { turn } = asked
  const wire = upstreamWire(asked.wire, upstream) ?? asked.wire
  const isSame = wire === asked.wire
  const passed = traceHeaders(record.trace, request.headers)
  for (const name of isSame ? PASSED_HEADERS : []) {
    const value = request.headers[name]
    if (typeof value === 'string') passed[name] = value
  }
  const body = isSame ? sameBody(asked, model) : otherBody(asked, wire, model)
  return upstream.outgoing({ wire: wire.id, model, stream: turn.stream, body, passed, at: context.now() })
}

function sameBody({ wire, turn, text, bytes }: Asked, model: string): Uint8Array {
  const edits: JsonEdit[] = (turn.unsigned ?? []).map((at) => ({ at, to: null, out: true }))
  if (wire.modelAt !== undefined && model !== turn.model) edits.push({ at: [wire.modelAt], to: model })
  return edits.length === 0 ? bytes : Buffer.from(editJson(text, edits))
}

function lostOn({ wire, body, turn }: Asked, to: UpstreamWire): string[] {
  return to === wire ? [] : leftOut(unreadMembers(body, wire.client), turn.sampling, to.upstream)
}

function otherBody(asked: Asked, wire: UpstreamWire, model: string): Uint8Array {
  const { turn, route } = asked
  const [foreign] = turn.foreign
  if (foreign !== undefined) {
    throw new Failure(
      'input_invalid',
      `${foreign}: the upstream of this model speaks ${wire.id}, which cannot say this`,
      {
        hint: 'leave it out, or ask for a model that is served in the format of your client',
      },
    )
  }
  const lost = route.refusesLosses ? lostOn(asked, wire) : []
  if (lost.length > 0) {
    throw new Failure(
      'input_invalid',
      `${lost.join(', ')}: the upstream of this model speaks ${wire.id}, which has no such setting`,
      {
        hint: 'leave it out, or ask for a model that is served in the format of your client',
      },
    )
  }
  const { writeRequest } = wire.upstream
  if (writeRequest === undefined) throw new TypeError(`${wire.id} writes no requests`)
  return Buffer.from(JSON.stringify(writeRequest({ ...offeringCallable(turn), model })))
}
