// Gateway keys. Revoked ones stay, so that what was done with them can still be attributed.
import type { GatewayKeyStore } from '../../admit/admit-store.ts'
import type { GatewayKey, KeyLimits } from '../../model/gateway-key.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { jsonStrings } from './json.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'
import { secretRows } from './secret-rows.ts'

export function gatewayKeys(runner: Runner): GatewayKeyStore {
  const { build } = runner
  return {
    ...secretRows(runner, 'gateway_key'),
    async insert(key) {
      const row = {
        id: key.id,
        name: key.name,
        secret_hash: key.secretHash,
        models: JSON.stringify(key.models),
        routes: JSON.stringify(key.routes),
        asset: key.asset ?? null,
        agent: key.agent ?? null,
        created_by: key.createdBy,
        created_at: key.createdAt,
        expires_at: key.expiresAt ?? null,
        revoked_at: key.revokedAt ?? null,
        last_used_at: key.lastUsedAt ?? null,
        limits: JSON.stringify(key.limits),
      }
      await runner.run(build.insertInto('gateway_key').values(row))
    },
    async byId(id) {
      const query = build.selectFrom('gateway_key').selectAll().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toKey(row)
    },
    async bySecretHash(hash) {
      const row = await runner.first(build.selectFrom('gateway_key').selectAll().where('secret_hash', '=', hash))
      return row && toKey(row)
    },
    async list(query) {
      const read = rowsToRead(query)
      const after = cursorText(query) ?? ''
      const rows = await runner.all(
        build.selectFrom('gateway_key').selectAll().where('id', '>', after).orderBy('id').limit(read),
      )
      return toPage(rows, read, (row) => row.id, toKey)
    },
  }
}

function toKey(row: Schema['gateway_key']): GatewayKey {
  return {
    id: row.id,
    name: row.name,
    secretHash: row.secret_hash,
    models: jsonStrings(row.models),
    routes: jsonStrings(row.routes),
    asset: row.asset ?? undefined,
    agent: row.agent ?? undefined,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
    limits: JSON.parse(row.limits) as KeyLimits,
  }
}
