// API tokens. Revoked ones stay, so that what they did can still be attributed.
import type { TokenStore } from '../../admit/admit-store.ts'
import type { ApiToken } from '../../model/account.ts'
import { ROLES } from '../../model/role.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { jsonStrings, oneOf } from './json.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'
import { secretRows } from './secret-rows.ts'

export function tokens(runner: Runner): TokenStore {
  const { build } = runner
  return {
    ...secretRows(runner, 'api_token'),
    async insert(token) {
      const row = {
        id: token.id,
        name: token.name,
        secret_hash: token.secretHash,
        role: token.role,
        scopes: JSON.stringify(token.scopes),
        created_by: token.createdBy,
        created_at: token.createdAt,
        expires_at: token.expiresAt,
        revoked_at: token.revokedAt ?? null,
        last_used_at: token.lastUsedAt ?? null,
      }
      await runner.run(build.insertInto('api_token').values(row))
    },
    async byId(id) {
      const query = build.selectFrom('api_token').selectAll().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toToken(row)
    },
    async bySecretHash(hash) {
      const row = await runner.first(build.selectFrom('api_token').selectAll().where('secret_hash', '=', hash))
      return row && toToken(row)
    },
    async list(query) {
      const read = rowsToRead(query)
      const after = cursorText(query) ?? ''
      const rows = await runner.all(
        build.selectFrom('api_token').selectAll().where('id', '>', after).orderBy('id').limit(read),
      )
      return toPage(rows, read, (row) => row.id, toToken)
    },
  }
}

function toToken(row: Schema['api_token']): ApiToken {
  return {
    id: row.id,
    name: row.name,
    secretHash: row.secret_hash,
    role: oneOf(ROLES, row.role),
    scopes: jsonStrings(row.scopes),
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
