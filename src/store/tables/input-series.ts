// What callers asked lately, sealed, so that a restart does not forget a series of inputs.
import type { SeriesStore } from '../../enforce/series/series-store.ts'
import type { Runner } from '../runner.ts'

export function inputSeries(runner: Runner): SeriesStore {
  const { build } = runner
  return {
    async save(rows) {
      for (const { id, sealed, at } of rows) {
        await runner.sql(
          `insert into input_series (id, sealed, at) values ($1, $2, $3)
            on conflict (id) do update set sealed = excluded.sealed, at = excluded.at`,
          [id, sealed, at],
        )
      }
    },
    latest: (since, limit) =>
      runner.all(
        build
          .selectFrom('input_series')
          .select(['id', 'sealed', 'at'])
          .where('at', '>=', since)
          .orderBy('at', 'desc')
          .orderBy('id')
          .limit(limit),
      ),
    async sweep(before, limit) {
      const old = build.selectFrom('input_series').select('id').where('at', '<', before).limit(limit)
      return runner.run(build.deleteFrom('input_series').where('id', 'in', old))
    },
  }
}
