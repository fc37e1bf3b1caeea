// A realtime session: a WebSocket that is let through unguarded, because no control here can look into it, and only on a
// route whose policy says so. What counts does count: who may, how often, how long, how much, and for what money.
// Invariant: nobody takes it for guarded. It is so marked on the answer, on record, in the evidence and among the sightings.
import type { IncomingMessage } from 'node:http'
import { Failure } from '../../lib/failure.ts'
import type { Turn } from '../../model/turn.ts'
import { admitCall } from '../admit-call.ts'
import { countingAlone } from '../begin.ts'
import { Inspection } from '../inspection.ts'
import { narrowRoute, readNarrowing } from '../narrowing.ts'
import type { Caller, Route, Target } from '../routes.ts'
import { isCut } from '../time-limit.ts'
import { traceHeaders } from '../trace-context.ts'
import type { Upgraded } from '../upstream/transport.ts'
import type { Upgrade, Visit } from '../visit.ts'
import { wireOf } from '../wire/find.ts'
import { acceptedAs, askedOf } from './handshake.ts'
import { relaySockets } from './relay-sockets.ts'

const UNGUARDED_HEADER = 'x-parapet-unguarded'

export async function openSession(visit: Visit, model: string, caller: Caller, upgrade: Upgrade): Promise<void> {
  const { context, request, record, signal } = visit
  const route = routeOf(visit, model, caller)
  const asked = askedOf(request)
  Object.assign(record, { wire: 'openai-realtime', upstreamWire: 'openai-realtime', model, stream: true })
  Object.assign(record, { route: route.id, unguarded: true })
  await admitted(visit, route, model, caller)
  visit.lap('admit')
  const passed = { ...asked, ...betaOf(request), ...traceHeaders(record.trace, request.headers) }
  const { upstream, accepted, target } = await dialled(visit, route, model, passed)
  record.attempts = 1
  record.upstream = target.upstream.id
  visit.lap('upstream')
  const { limits } = context
  const seconds = limits.realtimeSeconds
  const why = () => visit.cut(new Failure('upstream_timeout', `a realtime session may last ${seconds} s`))
  const timer = setTimeout(why, seconds * 1000)
  const stop = () => visit.cut(new Failure('unavailable', 'the gateway is stopping'))
  upgrade.stopping.addEventListener('abort', stop, { once: true })
  try {
    const { socket, head } = upgrade
    upgrade.detach()
    const lines = [...accepted, `x-request-id: ${record.id}`, `${UNGUARDED_HEADER}: realtime`]
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
    if (head.length > 0) socket.unshift(head)
    record.status = 101
    const parted = await relaySockets({
      client: socket,
      upstream: upstream.socket,
      mostBytes: limits.streamBytes,
      signal,
    })
    const { bytesIn, bytesOut, trouble } = parted
    Object.assign(record, { bytesIn, bytesOut, code: trouble?.code })
    record.outcome = trouble === undefined || isCut(visit) ? 'answered' : 'broken'
  } finally {
    clearTimeout(timer)
    upgrade.stopping.removeEventListener('abort', stop)
  }
  visit.lap('answer')
}

function routeOf({ context, request }: Visit, model: string, caller: Caller): Route {
  const narrowing = readNarrowing(request)
  if (!context.routes.all.some(({ realtime }) => realtime === 'unguarded')) throw closed()
  const found = context.routes.find(model, caller)
  if (found.realtime !== 'unguarded') throw closed()
  if (narrowing === undefined) return found
  if (narrowing.modes.size > 0 || narrowing.tools !== undefined)
    throw new Failure('forbidden', 'no guard looks into a realtime session, so none can be asked to do more')
  return narrowRoute(found, narrowing, caller)
}

const closed = () =>
  new Failure('forbidden', 'the realtime API is not let through, because no control could look into it', {
    hint: 'use chat completions or responses, streamed; or let the route say `realtime: unguarded`',
  })

/** Guards that count are asked as for any call; what a session may come to has no bound that anybody could tell. */
async function admitted(visit: Visit, route: Route, model: string, caller: Caller): Promise<void> {
  const { context, record } = visit
  const turn: Turn = {
    model,
    stream: true,
    messages: [{ origin: 'user', parts: [{ kind: 'audio', origin: 'user', at: [], mediaType: undefined }] }],
    tools: [{ name: 'any', description: '', schema: {} }],
    toolChoice: undefined,
    sampling: {},
    foreign: ['tools.realtime'],
    rest: [],
  }
  const body = { model, tools: [{ type: 'realtime' }] }
  visit.body = body
  const inspection = new Inspection(route.enforcement, 'request', context.clock, countingAlone(route.enforcement))
  try {
    await admitCall(visit, inspection, { wire: wireOf('openai-responses'), route, caller, turn, body, bytes: 0 })
  } finally {
    record.decisions = [inspection.decision]
    record.verdicts = inspection.verdicts
  }
}

interface Dialled {
  upstream: Upgraded
  /** Lines for the client. */
  accepted: string[]
  target: Target
}

/** The first upstream of the route that is well and knows the realtime API; there is no second try. */
async function dialled(
  visit: Visit,
  route: Route,
  model: string,
  passed: Readonly<Record<string, string>>,
): Promise<Dialled> {
  const { context, signal, record } = visit
  const { keyId: who = '' } = record
  for (const target of route.targets) {
    const { upstream, model: name = model } = target
    const outgoing = upstream.realtime(name, passed)
    if (outgoing === undefined || upstream.transport.upgrade === undefined) continue
    if (!upstream.breaker.allows(context.clock(), who)) continue
    try {
      const upgraded = await upstream.transport.upgrade(outgoing, signal)
      upstream.breaker.succeeded(who)
      visit.end = { ...visit.end, went: 'part', target: { upstream: upstream.id, model: name } }
      try {
        return { upstream: upgraded, accepted: acceptedAs(passed, upgraded.headers), target }
      } catch (error) {
        upgraded.socket.destroy()
        throw error
      }
    } catch (error) {
      if (signal.aborted) upstream.breaker.undecided(who)
      else upstream.breaker.failed(context.clock(), who)
      throw error
    }
  }
  throw new Failure('not_found', `no upstream of ${model.slice(0, 100)} serves the realtime API, or none is well`)
}

function betaOf({ headers }: IncomingMessage): Record<string, string> {
  const beta = headers['openai-beta']
  return typeof beta === 'string' ? { 'openai-beta': beta } : {}
}
