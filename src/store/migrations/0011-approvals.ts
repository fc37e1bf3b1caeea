// Calls that wait for a person, and what became of them.
import type { Migration } from '../migrate.ts'

export const approvals: Migration = {
  name: '0011-approvals',
  statements: ({ text, int }) => [
    `create table approval (
      id ${text} primary key, call_id ${text} not null, key_id ${text} not null, asset ${text}, route ${text} not null,
      model ${text} not null, stage ${text} not null, policy ${text} not null, needs ${text} not null,
      wait_seconds ${int} not null, why ${text} not null, askers ${text} not null, mark ${text} not null, sealed ${text},
      kept ${int} not null, state ${text} not null, given ${text} not null, asked_at ${text} not null,
      expires_at ${text} not null, ended_at ${text}, ended_by ${text}, reason ${text}, alive_until ${text} not null)`,
    `create index approval_state on approval (state, id)`,
    `create index approval_ended on approval (ended_at)`,
  ],
}
