// Who else hears of calls: an OpenTelemetry collector, and whoever takes OCSF events. Each has a queue of its own, so that
// one that is away holds up neither calls nor the others.
import { hostname } from 'node:os'
import type { Exchange } from '../model/exchange.ts'
import { fileSink } from '../record/export/file-sink.ts'
import { postTo } from '../record/export/http-post.ts'
import { type OcsfEvent, toOcsf } from '../record/export/ocsf.ts'
import { GenAiMetrics } from '../record/export/otlp-metrics.ts'
import { toTraces } from '../record/export/otlp-spans.ts'
import { untakenOf } from '../record/export/otlp-reply.ts'
import type { Telling } from '../record/export/otlp-values.ts'
import { createOutbox, type Outbox, type OutboxState, type Sink } from '../record/export/outbox.ts'
import { syslogSink } from '../record/export/syslog-sink.ts'
import type { Config } from './config.ts'

export interface Exports {
  readonly states: readonly OutboxState[]
  close(): Promise<void>
}

export interface ExportParts {
  settings: Config['export']
  gateway: { onExchange(listener: (exchange: Exchange) => void): () => void }
  version: string
  now: () => Date
  onTrouble: (error: unknown) => void
}

export function openExports({ settings, gateway, version, now, onTrouble }: ExportParts): Exports {
  const telling: Telling = { service: 'parapet', version, instance: `${hostname()}/${process.pid}` }
  const outboxes: Outbox<never>[] = []
  const listeners: ((exchange: Exchange) => void)[] = []
  const opened = <T>(id: string, sink: Sink<T>): Outbox<T> => {
    const outbox = createOutbox({ id, sink, onTrouble })
    outboxes.push(outbox)
    return outbox
  }
  const stopTelling = tellMetrics(settings.otlp, { telling, now, opened, listeners })
  tellSpans(settings.otlp, { telling, opened, listeners })
  const events = ocsfSinks(settings.ocsf).map(([id, sink]) => opened(id, sink))
  if (events.length > 0)
    listeners.push((exchange) => {
      for (const event of toOcsf(exchange, version)) for (const outbox of events) outbox.push(event)
    })
  const stops = listeners.map((listener) => gateway.onExchange(listener))
  return {
    get states() {
      return outboxes.map(({ state }) => state)
    },
    async close() {
      for (const stop of stops) stop()
      stopTelling()
      await Promise.all(outboxes.map((outbox) => outbox.close()))
    },
  }
}

interface Told {
  telling: Telling
  opened: <T>(id: string, sink: Sink<T>) => Outbox<T>
  listeners: ((exchange: Exchange) => void)[]
}

function tellSpans({ url, headers, spans }: Config['export']['otlp'], { telling, opened, listeners }: Told): void {
  if (url === undefined || !spans) return
  const post = postTo({ url: `${url.replace(/\/+$/, '')}/v1/traces`, headers }, 'application/json')
  const outbox = opened<Exchange>('otlp-traces', {
    send: async (batch, signal) => untakenOf(await post(JSON.stringify(toTraces(batch, telling)), signal)),
  })
  listeners.push((exchange) => {
    if (exchange.trace?.isSampled) outbox.push(exchange)
  })
}

/** Each telling holds all that was counted, so an old one that waits is replaced by the next and never added to it. */
function tellMetrics(
  { url, headers, metrics, everySeconds }: Config['export']['otlp'],
  { telling, now, opened, listeners }: Told & { now: () => Date },
): () => void {
  if (url === undefined || !metrics) return () => undefined
  const counted = new GenAiMetrics(now())
  const post = postTo({ url: `${url.replace(/\/+$/, '')}/v1/metrics`, headers }, 'application/json')
  const outbox = opened<Date>('otlp-metrics', {
    send: async (_, signal) => untakenOf(await post(JSON.stringify(counted.toMetrics(now(), telling)), signal)),
  })
  listeners.push((exchange) => counted.add(exchange))
  const timer = setInterval(() => {
    if (outbox.state.waiting === 0) outbox.push(now())
  }, everySeconds * 1000).unref()
  return () => {
    clearInterval(timer)
    outbox.push(now())
  }
}

function ocsfSinks({ file, fileBytes, fileCount, url, headers, syslog }: Config['export']['ocsf']) {
  const sinks: [id: string, sink: Sink<OcsfEvent>][] = []
  if (file !== undefined) sinks.push(['ocsf-file', fileSink({ path: file, mostBytes: fileBytes, keep: fileCount })])
  if (url !== undefined) {
    const post = postTo({ url, headers }, 'application/json')
    sinks.push(['ocsf-http', { send: async (batch, signal) => void (await post(JSON.stringify(batch), signal)) }])
  }
  if (syslog !== undefined) sinks.push(['ocsf-syslog', syslogSink(syslog)])
  return sinks
}
