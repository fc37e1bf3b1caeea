// Sealed texts of calls: the only part of a call that may be taken away while the call itself stays.
import { firstIdAt } from '../../lib/id.ts'
import type { CallContent, ContentStore } from '../../record/call-store.ts'
import { TABLES } from '../backup/tables.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { oneOf } from './json.ts'

export function contents(runner: Runner): ContentStore {
  const { build } = runner
  return {
    put: (rows) =>
      runner.insertMany(
        'exchange_content',
        TABLES.exchange_content,
        rows.map(({ id, kept, sealed }) => [id, kept, sealed]),
      ),
    async byId(id) {
      const row = await runner.first(build.selectFrom('exchange_content').selectAll().where('id', '=', id))
      return row && toContent(row)
    },
    async byIds(ids) {
      if (ids.length === 0) return []
      const rows = await runner.all(
        build
          .selectFrom('exchange_content')
          .selectAll()
          .where('id', 'in', [...ids]),
      )
      return rows.map(toContent)
    },
    async remove(id) {
      return (await runner.run(build.deleteFrom('exchange_content').where('id', '=', id))) > 0
    },
    async sweep(before, limit) {
      const end = firstIdAt('call', new Date(before))
      const old = build.selectFrom('exchange_content').select('id').where('id', '<', end).orderBy('id').limit(limit)
      const ids = (await runner.all(old)).map(({ id }) => id)
      return ids.length === 0 ? 0 : runner.run(build.deleteFrom('exchange_content').where('id', 'in', ids))
    },
  }
}

const toContent = (row: Schema['exchange_content']): CallContent => ({
  id: row.id,
  kept: oneOf(['redacted', 'full'], row.kept),
  sealed: row.sealed,
})
