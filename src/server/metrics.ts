// Numbers for Prometheus. Labels come from our own tables only, so nobody outside can make them grow.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { App } from '../app/app.ts'
import { JOB_STATES } from '../model/job.ts'
import { MOST_ROWS } from '../model/page.ts'
import { createGatewayMetrics } from './gateway-metrics.ts'
import { metric } from './metric-text.ts'
import { recordMetrics } from './record-metrics.ts'

const BOUNDS = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 10]

export interface Metrics {
  observe(route: string, status: number, seconds: number): void
  render(app: App, streams: number): Promise<string>
  close(): void
}

export function createMetrics({ gateway }: App): Metrics {
  const ofGateway = createGatewayMetrics(gateway)
  const requests = new Map<string, { route: string; status: string; count: number }>()
  const buckets = BOUNDS.map(() => 0)
  let [total, sum] = [0, 0]
  // It wakes the process fifty times a second, which is worth it only where somebody scrapes.
  const delay = monitorEventLoopDelay({ resolution: 20 })

  function durations(): string {
    const name = 'parapet_http_request_seconds'
    const lines = BOUNDS.map((bound, i) => `${name}_bucket{le="${bound}"} ${buckets[i] ?? 0}`)
    const tail = [`${name}_bucket{le="+Inf"} ${total}`, `${name}_sum ${sum}`, `${name}_count ${total}`]
    return [`# HELP ${name} time to answer a request`, `# TYPE ${name} histogram`, ...lines, ...tail].join('\n')
  }

  return {
    observe(route, status, seconds) {
      const key = `${route} ${status}`
      const known = requests.get(key) ?? { route, status: String(status), count: 0 }
      known.count++
      requests.set(key, known)
      BOUNDS.forEach((bound, i) => {
        if (seconds <= bound) buckets[i] = (buckets[i] ?? 0) + 1
      })
      total++
      sum += seconds
    },
    async render(app, streams) {
      const [mean, p99] = [delay.mean, delay.percentile(99)]
      delay.reset()
      delay.enable()
      const counted = [...requests.values()].map(({ route, status, count }) => ({
        labels: { route, status },
        value: count,
      }))
      return [
        metric('parapet_build_info', 'gauge', 'version that runs', [{ labels: { version: app.version }, value: 1 }]),
        metric('parapet_http_requests_total', 'counter', 'requests by route and status', counted),
        durations(),
        metric('parapet_event_streams', 'gauge', 'live event streams', [{ value: streams }]),
        metric(
          'parapet_event_loop_delay_seconds',
          'gauge',
          'delay of the event loop since the last scrape; 0 at the first',
          [
            { labels: { statistic: 'mean' }, value: Number.isFinite(mean) ? mean / 1e9 : 0 },
            { labels: { statistic: 'p99' }, value: p99 / 1e9 },
          ],
        ),
        metric('parapet_memory_bytes', 'gauge', 'resident memory', [{ value: process.memoryUsage.rss() }]),
        ...ofGateway.render(),
        ...recordMetrics(app),
        ...(await logMetrics(app)),
        await jobMetrics(app),
        '',
      ].join('\n')
    },
    close() {
      delay.disable()
      ofGateway.close()
    },
  }
}

async function logMetrics(app: App): Promise<string[]> {
  const { size } = await app.store.read.log.state()
  const sealed = await app.store.read.log.latestCheckpoint()
  const { writable } = await app.store.health()
  const age = sealed === undefined ? undefined : (app.now().getTime() - Date.parse(sealed.at)) / 1000
  return [
    metric('parapet_store_writable', 'gauge', '1 while the store accepts changes', [{ value: writable ? 1 : 0 }]),
    metric('parapet_log_entries', 'gauge', 'entries in the evidence log', [{ value: size }]),
    metric('parapet_log_unsealed_entries', 'gauge', 'entries not yet under a checkpoint', [
      { value: size - (sealed?.size ?? 0) },
    ]),
    metric(
      'parapet_log_checkpoint_age_seconds',
      'gauge',
      'age of the last checkpoint',
      age === undefined ? [] : [{ value: age }],
    ),
  ]
}

async function jobMetrics(app: App): Promise<string> {
  const live = JOB_STATES.filter((state) => state === 'queued' || state === 'running')
  const samples = await Promise.all(
    live.map(async (state) => {
      const { items } = await app.store.read.jobs.list({ limit: MOST_ROWS, state })
      return { labels: { state }, value: items.length }
    }),
  )
  return metric('parapet_jobs', 'gauge', `jobs that wait or run; counted up to ${MOST_ROWS}`, samples)
}
