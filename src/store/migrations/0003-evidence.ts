// Evidence, appended and never changed. Each index ends in the id, which is in the order of arrival: a page of any filter
// is a range of one of them.
import type { Migration } from '../migrate.ts'

export const evidence: Migration = {
  name: '0003-evidence',
  statements: ({ text, int }) => [
    `create table evidence (
      id ${text} primary key, measure ${text} not null, asset ${text} not null, kind ${text} not null,
      supports ${int} not null, population ${text}, failing ${text} not null,
      observed_from ${text} not null, observed_to ${text} not null, collected_at ${text} not null,
      received_at ${text} not null, collector ${text} not null, release ${text}, valid_until ${text}, note ${text},
      sha256 ${text}, entry ${int} not null)`,
    `create index evidence_asset on evidence (asset, measure, id)`,
    `create index evidence_of_asset on evidence (asset, id)`,
    `create index evidence_measure on evidence (measure, id)`,
    `create index evidence_collector on evidence (collector, id)`,
    `create index evidence_against on evidence (id) where supports = 0`,
    `create index evidence_entry on evidence (entry, id)`,
  ],
}
