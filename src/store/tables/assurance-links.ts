// Links by which suppliers answer: one for each request, and none once it is answered.
import type { AssuranceLinkStore } from '../../govern/govern-store.ts'
import type { Runner } from '../runner.ts'

export function assuranceLinks(runner: Runner): AssuranceLinkStore {
  const { build } = runner
  const removeOf = async (assurance: string) => {
    await runner.run(build.deleteFrom('assurance_link').where('assurance', '=', assurance))
  }
  return {
    async put({ id, assurance, expiresAt }) {
      await removeOf(assurance)
      await runner.run(build.insertInto('assurance_link').values({ id, assurance, expires_at: expiresAt }))
    },
    async byId(id) {
      const query = build.selectFrom('assurance_link').selectAll().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && { id: row.id, assurance: row.assurance, expiresAt: row.expires_at }
    },
    removeOf,
    sweep: (expiredBefore, limit) =>
      runner.run(
        build
          .deleteFrom('assurance_link')
          .where('id', 'in', (some) =>
            some.selectFrom('assurance_link').select('id').where('expires_at', '<', expiredBefore).limit(limit),
          ),
      ),
  }
}
