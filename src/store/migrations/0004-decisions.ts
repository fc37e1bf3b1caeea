// Decisions of people, each with every revision it ever had, and the links by which suppliers answer.
import type { Migration } from '../migrate.ts'

export const decisions: Migration = {
  name: '0004-decisions',
  statements: ({ text, int }) => [
    `create table decision (
      id ${text} primary key, noun ${text} not null, system ${text}, subject ${text} not null, state ${text} not null,
      until ${text}, revision ${int} not null, recorded_at ${text} not null, body ${text} not null)`,
    `create index decision_noun on decision (noun, id)`,
    `create index decision_system on decision (system, noun, id)`,
    `create index decision_state on decision (noun, state, id)`,
    `create table decision_revision (
      id ${text} not null, noun ${text} not null, system ${text}, subject ${text} not null, state ${text} not null,
      until ${text}, revision ${int} not null, recorded_at ${text} not null, body ${text} not null, entry ${int} not null,
      primary key (id, revision))`,
    `create index decision_revision_noun on decision_revision (noun, recorded_at)`,
    `create table assurance_link (
      id ${text} primary key, assurance ${text} not null unique, expires_at ${text} not null)`,
    `create index assurance_link_expiry on assurance_link (expires_at)`,
  ],
}
