// Who has taken how much from which pool. All that concerns one pool happens one after the other: on PostgreSQL under a
// lock of the pool's name, since the row of a new holder is not there yet to be locked.
import { flowOn } from '../../enforce/spend/flow.ts'
import type { LeaseRow, LeaseStore } from '../../enforce/spend/lease-store.ts'
import type { Runner } from '../runner.ts'

interface Sums {
  taken: number | string | null
  gone: number | string | null
}

export function leases(runner: Runner): LeaseStore {
  const { build } = runner

  async function lock(pool: string): Promise<void> {
    if (runner.engine === 'postgres') await runner.sql('select pg_advisory_xact_lock(hashtextextended($1, 6))', [pool])
  }

  return {
    async stock({ pool, onSilence, limit, holder, spent, held, needs, wants, now, until }) {
      await lock(pool)
      const silent = [pool, holder, now]
      if (onSilence === 'free') {
        await runner.sql('delete from lease where pool = $1 and holder <> $2 and silent_at < $3', silent)
      } else {
        const sql = `update lease set lost = lost + held, held = 0
          where pool = $1 and holder <> $2 and silent_at < $3 and held > 0`
        await runner.sql(sql, silent)
      }
      const [sums] = await runner.sql<Sums>(
        `select sum(spent + held + lost) as taken, sum(spent + lost) as gone from lease where pool = $1 and holder <> $2`,
        [pool, holder],
      )
      const [taken, gone] = [Number(sums?.taken ?? 0), Number(sums?.gone ?? 0)]
      const room = Math.min(wants, limit - taken - spent)
      const granted = room < needs ? held : Math.max(held, room)
      await runner.sql(
        `insert into lease (pool, holder, spent, held, lost, updated_at, silent_at) values ($1, $2, $3, $4, 0, $5, $6)
          on conflict (pool, holder) do update set spent = excluded.spent, held = excluded.held, lost = 0,
          updated_at = excluded.updated_at, silent_at = excluded.silent_at`,
        [pool, holder, spent, granted, now, until],
      )
      return { held: granted, left: limit - taken - spent - granted, unspent: limit - gone - spent }
    },
    async flow(ask) {
      await lock(ask.pool)
      const row = await runner.first(build.selectFrom('flow').select('full_at').where('pool', '=', ask.pool))
      const { fullAt, state } = flowOn(row?.full_at ?? 0, ask)
      await runner.sql(
        `insert into flow (pool, full_at) values ($1, $2) on conflict (pool) do update set full_at = excluded.full_at`,
        [ask.pool, fullAt],
      )
      return state
    },
    async list(prefix, limit) {
      const end = `${prefix}\u{10ffff}`
      const rows = build.selectFrom('lease').selectAll().where('pool', '>=', prefix).where('pool', '<', end)
      return (await runner.all(rows.orderBy('pool', 'desc').orderBy('holder').limit(limit))).map(
        ({ pool, holder, spent, held, lost, updated_at }): LeaseRow => ({
          pool,
          holder,
          spent,
          held,
          lost,
          updatedAt: updated_at,
        }),
      )
    },
    async release(pool) {
      await lock(pool)
      const [row] = await runner.sql<{ lost: number | string | null }>(
        'select sum(lost) as lost from lease where pool = $1',
        [pool],
      )
      await runner.run(build.updateTable('lease').set({ lost: 0 }).where('pool', '=', pool).where('lost', '>', 0))
      return Number(row?.lost ?? 0)
    },
    async sweep(before, limit) {
      const full = build
        .selectFrom('flow')
        .select('pool')
        .where('full_at', '<', before * 1000)
        .limit(limit)
      const flows = await runner.run(build.deleteFrom('flow').where('pool', 'in', full))
      const empty = await runner.all(
        build
          .selectFrom('lease')
          .select(['pool', 'holder'])
          .where('updated_at', '<', before)
          .where('spent', '=', 0)
          .where('held', '=', 0)
          .where('lost', '=', 0)
          .limit(limit),
      )
      for (const { pool, holder } of empty)
        await runner.run(build.deleteFrom('lease').where('pool', '=', pool).where('holder', '=', holder))
      return flows + empty.length
    },
  }
}
