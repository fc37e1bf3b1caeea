// What callers of models asked lately, sealed: for guards that look at series of inputs.
import type { Migration } from '../migrate.ts'

export const inputSeries: Migration = {
  name: '0009-input-series',
  statements: ({ text }) => [
    `create table input_series (id ${text} primary key, sealed ${text} not null, at ${text} not null)`,
    `create index input_series_at on input_series (at)`,
  ],
}
