// What a backup holds, in an order in which it can be put back. Sessions and one-time links stay out: a restored copy
// must not bring back to life what was ended or used since.
import type { ColumnType } from '../runner.ts'
import type { Schema } from '../schema.ts'

type LeftOut = 'session' | 'one_time_link' | 'attachment' | 'health'
type BackedUp = Exclude<keyof Schema, LeftOut>

export const TABLES: { readonly [T in BackedUp]: { readonly [C in keyof Schema[T]]: ColumnType } } = {
  account: {
    id: 'text',
    email: 'text',
    email_key: 'text',
    name: 'text',
    role: 'text',
    password_hash: 'text',
    disabled: 'int',
    created_at: 'text',
  },
  passkey: {
    id: 'text',
    account_id: 'text',
    name: 'text',
    public_key: 'bytes',
    counter: 'int',
    transports: 'text',
    created_at: 'text',
    last_used_at: 'text',
  },
  api_token: {
    id: 'text',
    name: 'text',
    secret_hash: 'text',
    role: 'text',
    scopes: 'text',
    created_by: 'text',
    created_at: 'text',
    expires_at: 'text',
    revoked_at: 'text',
    last_used_at: 'text',
  },
  gateway_key: {
    id: 'text',
    name: 'text',
    secret_hash: 'text',
    models: 'text',
    routes: 'text',
    created_by: 'text',
    created_at: 'text',
    expires_at: 'text',
    revoked_at: 'text',
    last_used_at: 'text',
  },
  job: {
    id: 'text',
    kind: 'text',
    input: 'text',
    state: 'text',
    progress: 'text',
    attempts: 'int',
    most_attempts: 'int',
    result: 'text',
    error: 'text',
    created_by: 'text',
    created_at: 'text',
    run_at: 'text',
    worker: 'text',
    lease_until: 'text',
    ended_at: 'text',
    cancel_requested: 'int',
  },
  log_shape: { id: 'int', kind: 'text', subject_kind: 'text' },
  log_entry: {
    idx: 'int',
    leaf_hash: 'bytes',
    at: 'text',
    shape: 'int',
    kind: 'text',
    actor_kind: 'text',
    actor_id: 'text',
    subject_kind: 'text',
    subject_id: 'text',
    leaf: 'text',
  },
  log_personal: { idx: 'int', field: 'text', salt: 'bytes', value: 'bytes' },
  log_node: { level: 'int', idx: 'int', hash: 'bytes' },
  log_checkpoint: { size: 'int', root: 'bytes', at: 'text', note: 'text' },
  log_state: { id: 'int', size: 'int', frontier: 'bytes', last_at: 'text', clock_notice_at: 'text' },
}

export function isTable(name: string): name is BackedUp {
  return Object.hasOwn(TABLES, name)
}
