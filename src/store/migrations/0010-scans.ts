// Where AI is looked for, each look, what was found and waits for somebody, and what is wrong with it. What is filtered or
// sorted by is a column; all else of a row is its body.
import type { Migration } from '../migrate.ts'

export const scans: Migration = {
  name: '0010-scans',
  statements: ({ text }) => [
    `create table scan_source (
      id ${text} primary key, name ${text} not null unique, kind ${text} not null, system ${text}, next_at ${text},
      closed_at ${text}, body ${text} not null)`,
    `create index scan_source_due on scan_source (next_at) where next_at is not null and closed_at is null`,
    `create table scan (
      id ${text} primary key, source ${text} not null, state ${text} not null, body ${text} not null)`,
    `create index scan_of_source on scan (source, id)`,
    `create index scan_state on scan (state, id)`,
    `create table discovery (
      id ${text} primary key, source ${text} not null, kind ${text} not null, search ${text} not null, system ${text},
      asset ${text}, state ${text} not null, until ${text}, gone_since ${text}, body ${text} not null)`,
    `create index discovery_source on discovery (source, id)`,
    `create index discovery_state on discovery (state, id)`,
    `create index discovery_system on discovery (system, id)`,
    `create index discovery_asset on discovery (asset)`,
    `create index discovery_gone on discovery (gone_since) where gone_since is not null`,
    `create table scan_finding (
      id ${text} primary key, source ${text} not null, system ${text}, rule ${text} not null, severity ${text} not null,
      state ${text} not null, until ${text}, gone_since ${text}, place ${text} not null, body ${text} not null)`,
    `create index scan_finding_source on scan_finding (source, id)`,
    `create index scan_finding_place on scan_finding (place)`,
    `create index scan_finding_gone on scan_finding (gone_since) where gone_since is not null`,
    `create index scan_finding_system on scan_finding (system, place)`,
  ],
}
