// Live change as server-sent events. What was recorded has the log's index as its event id, so a browser that lost the
// line asks for what it missed; job progress has no id and is only news. A reader that is too slow is dropped: it comes
// back with the last id it saw, and nobody's slowness costs us memory.
import type { ServerResponse } from 'node:http'
import type { App } from '../app/app.ts'
import { type CallNews, callNews } from './call-news.ts'
import { Failure } from '../lib/failure.ts'
import { type Actor, may } from '../model/actor.ts'
import type { EntryRow } from '../model/entry.ts'
import type { Job } from '../model/job.ts'

const MOST_BUFFERED = 256 * 1024
const MOST_MISSED = 5000
const PAGE = 200
const MOST_AT_ONCE = 100
const DRAIN_MS = 10_000
const HEARTBEAT_MS = 15_000
const LAST_WORDS_MS = 2000

export type CloseReason = 'slow' | 'signed-out' | 'shutdown' | 'unavailable'

export interface Streams {
  readonly count: number
  /** `recheck` gives the actor as he is now, undefined when his credential ended. */
  open(options: {
    actor: Actor
    response: ServerResponse
    headers: Readonly<Record<string, string>>
    lastEventId: number | undefined
    /** Called when nothing can be refused any more and the reply begins. */
    begin: () => void
    recheck: () => Promise<Actor | undefined>
  }): Promise<void>
  closeAll(reason: CloseReason): void
}

interface Stream {
  actor: Actor
  readonly key: string
  readonly response: ServerResponse
  readonly recheck: () => Promise<Actor | undefined>
  next: number
  pumping: boolean
  again: boolean
}

export interface StreamTimes {
  heartbeatMs?: number | undefined
  /** How long a reader may take for what was sent to it. */
  drainMs?: number | undefined
}

export function createStreams(app: App, options: StreamTimes = {}): Streams {
  const streams = new Set<Stream>()
  const { eventStreams, eventStreamsPerAccount } = app.config.limits
  let stop: (() => void) | undefined

  function listen(): void {
    if (stop) return
    const stopEntries = app.store.onRecorded((rows) => streams.forEach((stream) => recorded(stream, rows)))
    const stopJobs = app.jobs.onProgress((job) => streams.forEach((stream) => progressed(stream, job)))
    const stopCalls = app.record.onKept(({ exchanges }) => {
      if (exchanges.length === 0) return
      const news = callNews(exchanges)
      streams.forEach((stream) => called(stream, news))
    })
    const timer = setInterval(() => streams.forEach((stream) => void beat(stream)), options.heartbeatMs ?? HEARTBEAT_MS)
    timer.unref()
    stop = () => {
      stopEntries()
      stopJobs()
      stopCalls()
      clearInterval(timer)
      stop = undefined
    }
  }

  function drop(stream: Stream, reason: CloseReason | 'gone'): void {
    if (!streams.delete(stream)) return
    if (streams.size === 0) stop?.()
    const { response } = stream
    if (reason === 'gone') return
    response.end(event('closed', { reason }))
    setTimeout(() => response.destroy(), LAST_WORDS_MS).unref()
  }

  function send(stream: Stream, text: string): void {
    if (!streams.has(stream)) return
    stream.response.write(text)
    if (stream.response.writableLength > MOST_BUFFERED) drop(stream, 'slow')
  }

  function recorded(stream: Stream, rows: readonly EntryRow[]): void {
    if (!may(stream.actor, 'log:read')) return
    const isBehind = stream.pumping || stream.response.writableNeedDrain || rows[0]?.index !== stream.next
    if (isBehind || rows.length > MOST_AT_ONCE) return void pump(stream)
    for (const row of rows) sendRow(stream, row)
  }

  function progressed(stream: Stream, job: Job): void {
    if (!may(stream.actor, 'job:read')) return
    const { done, total, note } = job.progress
    send(stream, event('job', { id: job.id, kind: job.kind, state: job.state, progress: { done, total, note } }))
  }

  function called(stream: Stream, { calls, more }: CallNews): void {
    if (!may(stream.actor, 'call:read')) return
    send(stream, calls.map((call) => event('call', call)).join('') + (more > 0 ? event('more-calls', { more }) : ''))
  }

  function sendRow(stream: Stream, row: EntryRow): void {
    if (row.index !== stream.next) return
    stream.next++
    send(stream, event('entry', toNews(row), row.index))
  }

  /** Reads what the stream has not seen from the log itself, as fast as the reader takes it, until there is no more. */
  async function pump(stream: Stream): Promise<void> {
    stream.again = true
    if (stream.pumping) return
    stream.pumping = true
    try {
      while (stream.again && streams.has(stream)) {
        stream.again = false
        const { size } = await app.store.read.log.state()
        while (stream.next < size && streams.has(stream)) {
          const rows = await app.store.read.log.rows(stream.next, Math.min(size, stream.next + PAGE))
          if (rows.length === 0) break
          for (const row of rows) sendRow(stream, row)
          if (!(await drained(stream.response, options.drainMs ?? DRAIN_MS))) drop(stream, 'slow')
        }
      }
    } catch {
      drop(stream, 'unavailable')
    } finally {
      stream.pumping = false
    }
  }

  async function beat(stream: Stream): Promise<void> {
    send(stream, ': still here\n\n')
    const actor = await stream.recheck().catch(() => stream.actor)
    if (actor === undefined) drop(stream, 'signed-out')
    else stream.actor = actor
  }

  return {
    get count() {
      return streams.size
    },
    async open({ actor, response, headers, lastEventId, begin, recheck }) {
      const key = actor.accountId ?? `${actor.kind}:${actor.id}`
      const own = [...streams].filter((stream) => stream.key === key).length
      if (streams.size >= eventStreams || own >= eventStreamsPerAccount) {
        throw new Failure('too_many', 'too many live event streams are open', {
          hint: 'close other tabs or clients, then connect again',
          retryAfter: 30,
        })
      }
      const { size } = await app.store.read.log.state()
      const stream: Stream = { actor, key, response, recheck, next: 0, pumping: true, again: false }
      const wanted = lastEventId === undefined ? size : lastEventId + 1
      const isTooOld = wanted > size || size - wanted > MOST_MISSED
      stream.next = isTooOld ? size : wanted
      begin()
      streams.add(stream)
      response.on('close', () => drop(stream, 'gone'))
      listen()
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      send(stream, `retry: 2000\n${event('hello', { size, next: stream.next }, stream.next - 1)}`)
      if (isTooOld) send(stream, event('gap', { from: wanted, to: size }))
      stream.pumping = false
      if (may(actor, 'log:read')) await pump(stream)
    },
    closeAll(reason) {
      for (const stream of streams) drop(stream, reason)
    },
  }
}

/** False when the reader did not take what was sent to it in time. */
function drained(response: ServerResponse, ms: number): Promise<boolean> {
  if (!response.writableNeedDrain || response.destroyed) return Promise.resolve(true)
  return new Promise((resolve) => {
    const done = (isInTime: boolean) => {
      clearTimeout(timer)
      response.off('drain', taken)
      response.off('close', taken)
      resolve(isInTime)
    }
    const taken = () => done(true)
    const timer = setTimeout(() => done(false), ms)
    response.on('drain', taken)
    response.on('close', taken)
  })
}

function toNews(row: EntryRow) {
  const actor = { kind: row.actorKind, id: row.actorId }
  return { index: row.index, at: row.at, kind: row.kind, actor, subject: { kind: row.subjectKind, id: row.subjectId } }
}

function event(name: string, data: object, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
