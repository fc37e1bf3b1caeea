// Budgets, what each process has taken from a pool, and pools that fill up again with time. Limits of gateway keys.
import type { Migration } from '../migrate.ts'

export const budgets: Migration = {
  name: '0006-budgets',
  statements: ({ text, int }) => [
    `create table budget (
      id ${text} primary key, name ${text} not null, unit ${text} not null, units ${int} not null, period ${text} not null,
      key_id ${text}, asset_id ${text}, model ${text}, created_by ${text} not null, created_at ${text} not null,
      closed_at ${text})`,
    `create table lease (
      pool ${text} not null, holder ${text} not null, spent ${int} not null, held ${int} not null, lost ${int} not null,
      updated_at ${int} not null, silent_at ${int} not null, primary key (pool, holder))`,
    `create index lease_updated on lease (updated_at)`,
    `create table flow (pool ${text} primary key, full_at ${int} not null)`,
    `create index flow_full on flow (full_at)`,
    `alter table gateway_key add column limits ${text} not null default '{}'`,
  ],
}
