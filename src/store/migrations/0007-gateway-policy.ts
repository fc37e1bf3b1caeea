// The system that a gateway key belongs to; the policy of the gateway with each version it ever had, and the draft of the
// next; and the keys of providers, sealed.
import type { Migration } from '../migrate.ts'

export const gatewayPolicy: Migration = {
  name: '0007-gateway-policy',
  statements: ({ text, int }) => [
    `alter table gateway_key add column asset ${text}`,
    `create table policy_version (
      number ${int} primary key, at ${text} not null, source ${text} not null, author_kind ${text} not null,
      author_id ${text} not null, note ${text} not null, hash ${text} not null, configured ${text} not null,
      body ${text} not null)`,
    `create table policy_draft (
      id ${text} primary key, base ${int} not null, at ${text} not null, author_kind ${text} not null,
      author_id ${text} not null, hash ${text} not null, body ${text} not null)`,
    `create table upstream_key (
      upstream ${text} primary key, origin ${text} not null, sealed ${text} not null, sealed_by ${text} not null,
      tail ${text}, fingerprint ${text}, set_at ${text} not null, set_by ${text} not null)`,
  ],
}
