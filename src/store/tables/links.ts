// One-time links. Using one is a single conditional update: of any number who try at once, one wins.
import type { LinkStore } from '../../admit/admit-store.ts'
import { ROLES } from '../../model/role.ts'
import type { Runner } from '../runner.ts'
import { oneOf } from './json.ts'

const PURPOSES = ['owner', 'invitation', 'recovery'] as const

export function links(runner: Runner): LinkStore {
  const { build } = runner
  return {
    async insert(link) {
      const row = {
        id: link.id,
        purpose: link.purpose,
        account_id: link.accountId ?? null,
        role: link.role,
        expires_at: link.expiresAt,
        used_at: link.usedAt ?? null,
      }
      await runner.run(build.insertInto('one_time_link').values(row))
    },
    async byId(id) {
      const query = build.selectFrom('one_time_link').selectAll().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return (
        row && {
          id: row.id,
          purpose: oneOf(PURPOSES, row.purpose),
          accountId: row.account_id ?? undefined,
          role: oneOf(ROLES, row.role),
          expiresAt: row.expires_at,
          usedAt: row.used_at ?? undefined,
        }
      )
    },
    async use(id, at) {
      const query = build.updateTable('one_time_link').set({ used_at: at }).where('id', '=', id)
      return (await runner.run(query.where('used_at', 'is', null))) > 0
    },
    revokeUnused: (purpose, at) =>
      runner.run(
        build
          .updateTable('one_time_link')
          .set({ used_at: at })
          .where('purpose', '=', purpose)
          .where('used_at', 'is', null),
      ),
    sweep: (expiredBefore, limit) =>
      runner.run(
        build
          .deleteFrom('one_time_link')
          .where('id', 'in', (some) =>
            some.selectFrom('one_time_link').select('id').where('expires_at', '<', expiredBefore).limit(limit),
          ),
      ),
  }
}
