// One call from its first byte to its last: path, key, then what is asked. Whatever goes wrong is told once, in the
// client's own format, and every call is reported when it is over.
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import type { Exchange, Timing } from '../model/exchange.ts'
import { ask } from './ask.ts'
import { credentialOf } from './client-credential.ts'
import { type Call, callOf, familyOf, methodAt } from './endpoints.ts'
import { CallDigests } from './digests.ts'
import { errorBody } from './error-bodies.ts'
import { listModels } from './list-models.ts'
import { newExchange } from './new-exchange.ts'
import { openSession } from './realtime/open-session.ts'
import type { Caller } from './routes.ts'
import { sendJson } from './send-json.ts'
import { isCut } from './time-limit.ts'
import { type Trouble, toTrouble } from './trouble.ts'
import { usedAtLeast } from './used-at-least.ts'
import type { GatewayContext, Visit } from './visit.ts'

const PASS_OVER_MS = 5000
const NANOS_PER_MICRO = 1000

export async function serve(
  context: GatewayContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = context.clock()
  const visit = open(context, request, response, started)
  const { record } = visit
  try {
    const trouble = await step(visit)
    if (trouble !== undefined) refuse(visit, trouble)
  } catch (error) {
    if (isCut(visit)) refuse(visit, toTrouble(visit.signal.reason))
    else if (visit.signal.aborted) record.outcome = 'client-gone'
    else {
      if (!(error instanceof Failure)) context.onBug(error, record.id)
      refuse(visit, toTrouble(error))
    }
  }
  if (record.keyId !== undefined) context.calls.leave(record.keyId, visit)
  visit.limit?.close()
  settle(visit)
  record.durationMs = rounded(context.clock() - started)
  record.digests = visit.digests.soFar
  context.onExchange(record, visit.words?.words())
}

function settle({ context, record, ends, end, body, turn }: Visit): void {
  const { target } = end
  // Streams of some formats end without a word of it unless they are asked.
  const isUntold = end.went === 'whole' && end.usage === undefined && turn?.stream === true
  if ((end.went === 'part' || isUntold) && turn !== undefined) {
    record.usage = usedAtLeast(turn, end.usage, end.seenBytes)
    record.usageIsEstimate = true
  }
  const usage = record.usage ?? end.usage
  const cost = target && usage && context.meters.prices.cost(target, usage, body)
  if (cost !== undefined) record.costMicros = cost / NANOS_PER_MICRO
  if (ends.length === 0) return
  const stoppedBy = record.verdicts.filter(({ remedy }) => remedy === 'block').map(({ guard }) => guard)
  for (const settle of ends) {
    try {
      settle({ ...end, stoppedBy })
    } catch (error) {
      context.onBug(error, record.id)
    }
  }
}

function open(context: GatewayContext, request: IncomingMessage, response: ServerResponse, started: number): Visit {
  const gone = new AbortController()
  const held = context.room.hold()
  const closed = () => {
    held.release()
    if (!response.writableFinished) gone.abort()
  }
  if (response.destroyed) closed()
  else response.once('close', closed)
  const at = context.now()
  const id = newId('call', at)
  const stages: Timing[] = []
  const record: { -readonly [K in keyof Exchange]: Exchange[K] } = newExchange(context, request, id, at)
  record.stages = stages
  let last = started
  return {
    context,
    request,
    response,
    signal: gone.signal,
    cut: (why) => gone.abort(why),
    began: started,
    limit: undefined,
    tell: undefined,
    hold: held.take,
    family: familyOf(request),
    head: {
      'x-request-id': id,
      'request-id': id,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    ends: [],
    agains: [],
    body: {},
    turn: undefined,
    end: { went: 'nowhere', usage: undefined, seenBytes: 0, target: undefined },
    words: undefined,
    digests: new CallDigests(context.openingsOf, id),
    lap(stage) {
      const now = context.clock()
      stages.push({ stage, ms: rounded(now - last) })
      last = now
    },
    record,
  }
}

/** To the microsecond. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000

type Troubled = Trouble | undefined | Promise<Trouble | undefined>

/**
 * Gives the trouble that an upstream told of; everything else that goes wrong is thrown, and never at once: nothing may be
 * answered before the parser has seen all that came with the request.
 */
async function step(visit: Visit): Promise<Trouble | undefined> {
  const { context, request, family } = visit
  const call = callOf(request, family)
  const secret = credentialOf(request)
  const caller = context.authenticate(secret)
  if (caller instanceof Promise) return caller.then((one) => entered(visit, call, one, secret))
  return entered(visit, call, caller, secret)
}

function entered(visit: Visit, call: Call, caller: Caller | undefined, secret: string): Troubled {
  const { context, record } = visit
  if (caller === undefined) return refuseStranger(visit, secret)
  visit.lap('authenticate')
  record.keyId = caller.keyId
  record.asset = caller.asset
  record.agent = caller.agent
  context.calls.enter(caller, visit)
  if (call.does === 'ask') return ask(visit, call, caller)
  if (call.does === 'realtime') {
    if (context.upgrade === undefined) throw new Failure('forbidden', 'WebSockets are not taken here')
    return openSession(visit, call.model, caller, context.upgrade).then(() => undefined)
  }
  const list = listModels(call.family, context.routes.models(caller), call.model)
  sendJson(visit, 200, JSON.stringify(list))
  record.outcome = 'answered'
  return undefined
}

async function refuseStranger({ context, record }: Visit, secret: string): Promise<never> {
  record.refusedKeyId = await context.endedKey(secret)
  throw new Failure('unauthenticated', 'this gateway key is not valid', {
    hint: 'it may be mistyped, expired or revoked; `parapet key list` shows the keys there are',
  })
}

function refuse(visit: Visit, trouble: Trouble): void {
  const { request, response, record, family } = visit
  record.code = trouble.code
  if (trouble.code === 'blocked') record.outcome = 'blocked'
  if (response.headersSent) {
    if (visit.tell === undefined) {
      record.outcome = 'broken'
      response.destroy()
    } else {
      const told = visit.tell(trouble)
      visit.digests.sent(told)
      response.end(told)
    }
    return
  }
  if (trouble.code === 'method_not_allowed') visit.head['allow'] = methodAt(request)
  if (trouble.retryAfter !== undefined) visit.head['retry-after'] = trouble.retryAfter
  const body: JsonObject = errorBody(family, trouble, record.id)
  if (request.complete) return sendJson(visit, trouble.status, JSON.stringify(body))
  // What was not read of the body must not be taken for the next request.
  visit.head['connection'] = 'close'
  sendJson(visit, trouble.status, JSON.stringify(body), () => passOver(request))
}

/** A client hears an answer only if it may finish speaking, so the rest of its body is read and forgotten for a while. */
async function passOver(request: IncomingMessage): Promise<void> {
  request.removeAllListeners('data').resume()
  const patience = AbortSignal.timeout(PASS_OVER_MS)
  await Promise.race([once(request, 'end', { signal: patience }), once(request, 'close', { signal: patience })]).catch(
    () => request.destroy(),
  )
}
