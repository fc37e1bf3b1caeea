// Sessions. Their ids are hashes: the secret in the cookie is stored nowhere.
import type { SessionStore } from '../../admit/admit-store.ts'
import type { Runner } from '../runner.ts'

export function sessions(runner: Runner): SessionStore {
  const { build } = runner
  return {
    async insert(session) {
      const row = {
        id: session.id,
        account_id: session.accountId,
        created_at: session.createdAt,
        expires_at: session.expiresAt,
        last_seen_at: session.lastSeenAt,
      }
      await runner.run(build.insertInto('session').values(row))
    },
    async byId(id) {
      const row = await runner.first(build.selectFrom('session').selectAll().where('id', '=', id))
      return (
        row && {
          id: row.id,
          accountId: row.account_id,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          lastSeenAt: row.last_seen_at,
        }
      )
    },
    async seen(id, at) {
      await runner.run(build.updateTable('session').set({ last_seen_at: at }).where('id', '=', id))
    },
    async remove(id) {
      await runner.run(build.deleteFrom('session').where('id', '=', id))
    },
    removeOfAccount: (accountId) => runner.run(build.deleteFrom('session').where('account_id', '=', accountId)),
    sweep: (expiredBefore, limit) =>
      runner.run(
        build
          .deleteFrom('session')
          .where('id', 'in', (some) =>
            some.selectFrom('session').select('id').where('expires_at', '<', expiredBefore).limit(limit),
          ),
      ),
  }
}
