// The register: assets with every revision, the claims about them, and the links between them.
// What lists filter by stands in narrow rows apart from the bodies and in the order of the pages, so that reading all
// rows for a filter that matches few still costs little.
import type { Migration } from '../migrate.ts'

export const register: Migration = {
  name: '0002-register',
  statements: ({ text, int, engine }) => {
    const clustered = engine === 'sqlite' ? 'without rowid' : ''
    return [
      `create table asset (
        id ${text} primary key, revision ${int} not null, kind ${text} not null, search ${text} not null,
        owners ${text} not null, unowned ${int} not null, source ${text} not null, declared_by ${text},
        environment ${text}, exposure ${text}, data_class ${text}, tags ${text} not null, sanctioned ${int} not null,
        retired ${int} not null, last_seen ${text} not null) ${clustered}`,
      `create index asset_retired on asset (id) where retired = 1`,
      `create table asset_revision (
        asset_id ${text} not null, revision ${int} not null, recorded_at ${text} not null, body ${text} not null,
        primary key (asset_id, revision)) ${clustered}`,
      `create table asset_link (
        from_id ${text} not null, kind ${text} not null, to_id ${text} not null,
        primary key (from_id, kind, to_id)) ${clustered}`,
      `create index asset_link_to on asset_link (to_id, from_id, kind)`,
      `create table asset_contested (asset_id ${text} not null, key ${text} not null, primary key (asset_id, key))`,
      `create table fact (
        asset_id ${text} not null, key ${text} not null, source ${text} not null, collector ${text} not null,
        entry ${int} not null, id ${text} not null unique, value ${text} not null, observed_at ${text} not null,
        recorded_at ${text} not null, confidence ${text} not null,
        primary key (asset_id, key, source, collector, entry)) ${clustered}`,
      `create index fact_entry on fact (asset_id, entry, id)`,
    ]
  },
}
