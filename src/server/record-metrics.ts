// Numbers of the record of calls, and of those who are told of calls elsewhere.
import type { App } from '../app/app.ts'
import { metric } from './metric-text.ts'

export function recordMetrics({ record, exports }: Pick<App, 'record' | 'exports'>): string[] {
  const { waiting, kept, counted, lost, wordless } = record.state
  const { states } = exports
  return [
    metric('parapet_record_waiting_calls', 'gauge', 'calls that wait to be written', [{ value: waiting }]),
    metric('parapet_record_calls_total', 'counter', 'calls by what became of their record', [
      { labels: { state: 'kept' }, value: kept },
      { labels: { state: 'lost' }, value: lost },
      { labels: { state: 'only-counted' }, value: counted },
      { labels: { state: 'without-words' }, value: wordless },
    ]),
    metric(
      'parapet_export_waiting_events',
      'gauge',
      'events that wait to be told elsewhere',
      states.map(({ id, waiting: count }) => ({ labels: { to: id }, value: count })),
    ),
    metric(
      'parapet_export_events_total',
      'counter',
      'events by whether they were told',
      states.flatMap(({ id, sent, dropped }) => [
        { labels: { to: id, state: 'sent' }, value: sent },
        { labels: { to: id, state: 'dropped' }, value: dropped },
      ]),
    ),
  ]
}
