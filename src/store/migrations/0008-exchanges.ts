// The record of calls to models: one row each, with the words that the exceptional ones are found by; the segments that
// their leaves belong to; what they amount to by day; who was seen without being known; and their sealed texts.
import type { Migration } from '../migrate.ts'

export const exchanges: Migration = {
  name: '0008-exchanges',
  statements: ({ text, int, bytes }) => [
    `create table exchange (
      id ${text} primary key, key_id ${text}, asset ${text}, route ${text}, model ${text}, outcome ${text} not null,
      status ${int} not null, segment ${text} not null, position ${int} not null, leaf ${text} not null)`,
    `create index exchange_key on exchange (key_id, id)`,
    `create index exchange_asset on exchange (asset, id)`,
    `create index exchange_route on exchange (route, id)`,
    `create index exchange_model on exchange (model, id)`,
    `create table exchange_mark (mark ${text} not null, id ${text} not null, primary key (mark, id))`,
    `create index exchange_mark_id on exchange_mark (id)`,
    `create table exchange_segment (
      id ${text} primary key, opened_at ${text} not null, touched_at ${text} not null, calls ${int} not null,
      lost ${int} not null, root ${bytes}, entry ${int})`,
    `create index exchange_segment_open on exchange_segment (touched_at) where entry is null`,
    `create table exchange_batch (
      segment ${text} not null, first ${int} not null, hashes ${bytes} not null, primary key (segment, first))`,
    `create table exchange_usage (
      day ${text} not null, asset ${text} not null, key_id ${text} not null, route ${text} not null, model ${text} not null,
      calls ${int} not null, blocked ${int} not null, failed ${int} not null, input_tokens ${int} not null,
      output_tokens ${int} not null, cost_nanos ${int} not null, primary key (day, asset, key_id, route, model))`,
    `create table exchange_sighting (
      kind ${text} not null, subject ${text} not null, first_seen ${text} not null, last_seen ${text} not null,
      count ${int} not null, last_call ${text} not null, key_id ${text}, asset ${text}, client ${text},
      primary key (kind, subject))`,
    `create index exchange_sighting_seen on exchange_sighting (last_seen, kind, subject)`,
    `create table exchange_content (
      id ${text} primary key, kept ${text} not null, sealed ${text} not null)`,
  ],
}
