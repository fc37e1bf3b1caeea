// Accounts and how they sign in, jobs, attachments, the evidence log.
// The log's indices each end in the entry's index: a page of any filter is a range of one of them, however long the log.
import type { Migration } from '../migrate.ts'

export const foundation: Migration = {
  name: '0001-foundation',
  statements: ({ text, int, bytes, engine }) => [
    `create table account (
      id ${text} primary key, email ${text} not null, email_key ${text} not null unique, name ${text} not null,
      role ${text} not null, password_hash ${text}, disabled ${int} not null, created_at ${text} not null)`,
    `create index account_role on account (role, disabled)`,
    `create table passkey (
      id ${text} primary key, account_id ${text} not null references account (id), name ${text} not null,
      public_key ${bytes} not null, counter ${int} not null, transports ${text} not null,
      created_at ${text} not null, last_used_at ${text})`,
    `create index passkey_account on passkey (account_id)`,
    `create table session (
      id ${text} primary key, account_id ${text} not null references account (id), created_at ${text} not null,
      expires_at ${text} not null, last_seen_at ${text} not null)`,
    `create index session_account on session (account_id)`,
    `create index session_expiry on session (expires_at)`,
    `create table api_token (
      id ${text} primary key, name ${text} not null, secret_hash ${text} not null unique, role ${text} not null,
      scopes ${text} not null, created_by ${text} not null, created_at ${text} not null, expires_at ${text} not null,
      revoked_at ${text}, last_used_at ${text})`,
    `create table one_time_link (
      id ${text} primary key, purpose ${text} not null, account_id ${text} references account (id), role ${text} not null,
      expires_at ${text} not null, used_at ${text})`,
    `create index one_time_link_expiry on one_time_link (expires_at)`,
    `create table job (
      id ${text} primary key, kind ${text} not null, input ${text} not null, state ${text} not null,
      progress ${text} not null, attempts ${int} not null, most_attempts ${int} not null, result ${text}, error ${text},
      created_by ${text} not null, created_at ${text} not null, run_at ${text} not null, worker ${text},
      lease_until ${text}, ended_at ${text}, cancel_requested ${int} not null)`,
    `create index job_due on job (state, run_at, id)`,
    `create index job_state on job (state, id)`,
    `create index job_kind on job (kind, id)`,
    `create index job_kind_state on job (kind, state, id)`,
    `create index job_ended on job (ended_at)`,
    `create table attachment (sha256 ${text} primary key, size ${int} not null, content ${bytes})`,
    `create table log_shape (
      id ${int} primary key, kind ${text} not null, subject_kind ${text} not null, unique (kind, subject_kind))`,
    `create index log_shape_subject on log_shape (subject_kind)`,
    `create table log_entry (
      idx ${int} primary key, leaf_hash ${bytes} not null, at ${text} not null, shape ${int} not null, kind ${text} not null,
      actor_kind ${text} not null, actor_id ${text} not null, subject_kind ${text} not null, subject_id ${text} not null,
      leaf ${text} not null)`,
    `create index log_entry_shape on log_entry (shape, idx)`,
    `create index log_entry_actor on log_entry (actor_id, idx)`,
    `create index log_entry_actor_shape on log_entry (actor_id, shape, idx)`,
    `create index log_entry_subject on log_entry (subject_id, idx, shape, actor_id)`,
    `create table log_personal (
      idx ${int} not null, field ${text} not null, salt ${bytes} not null, value ${bytes} not null,
      primary key (idx, field))`,
    `create table log_node (
      level ${int} not null, idx ${int} not null, hash ${bytes} not null, primary key (level, idx))
      ${engine === 'sqlite' ? 'without rowid' : ''}`,
    `create table log_checkpoint (size ${int} primary key, root ${bytes} not null, at ${text} not null, note ${text} not null)`,
    `create table log_state (
      id ${int} primary key check (id = 1), size ${int} not null, frontier ${bytes} not null, last_at ${text} not null,
      clock_notice_at ${text} not null)`,
    `insert into log_state (id, size, frontier, last_at, clock_notice_at)
      values (1, 0, ${engine === 'sqlite' ? `x''` : `''::bytea`}, '', '')`,
    `create table health (id ${int} primary key check (id = 1), at ${text} not null, pad ${bytes} not null)`,
  ],
}
