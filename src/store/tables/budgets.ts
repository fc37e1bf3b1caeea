// Budgets. Closed ones stay, because the log speaks of them.
import type { BudgetStore } from '../../enforce/spend/budget-store.ts'
import { BUDGET_PERIODS, BUDGET_UNITS, type Budget } from '../../model/budget.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { oneOf } from './json.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'

export function budgets(runner: Runner): BudgetStore {
  const { build } = runner
  return {
    async insert({ id, name, unit, limit, period, key, asset, model, createdBy, createdAt, closedAt }) {
      const row = {
        id,
        name,
        unit,
        units: limit,
        period,
        key_id: key ?? null,
        asset_id: asset ?? null,
        model: model ?? null,
        created_by: createdBy,
        created_at: createdAt,
        closed_at: closedAt ?? null,
      }
      await runner.run(build.insertInto('budget').values(row))
    },
    async byId(id) {
      const query = build.selectFrom('budget').selectAll().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toBudget(row)
    },
    async setLimit(id, limit) {
      await runner.run(build.updateTable('budget').set({ units: limit }).where('id', '=', id))
    },
    async close(id, at) {
      const query = build.updateTable('budget').set({ closed_at: at }).where('id', '=', id)
      return (await runner.run(query.where('closed_at', 'is', null))) > 0
    },
    async list(query) {
      const read = rowsToRead(query)
      const after = cursorText(query) ?? ''
      let rows = build.selectFrom('budget').selectAll().where('id', '>', after).orderBy('id').limit(read)
      if (query.isOpen === true) rows = rows.where('closed_at', 'is', null)
      return toPage(await runner.all(rows), read, (row) => row.id, toBudget)
    },
  }
}

function toBudget(row: Schema['budget']): Budget {
  return {
    id: row.id,
    name: row.name,
    unit: oneOf(BUDGET_UNITS, row.unit),
    limit: row.units,
    period: oneOf(BUDGET_PERIODS, row.period),
    key: row.key_id ?? undefined,
    asset: row.asset_id ?? undefined,
    model: row.model ?? undefined,
    createdBy: row.created_by,
    createdAt: row.created_at,
    closedAt: row.closed_at ?? undefined,
  }
}
