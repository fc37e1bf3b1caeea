// Pools of a house with one process: they live as long as it does. What must outlive it is in the store.
import { flowOn } from './flow.ts'
import type { LeaseRow, LeaseStore } from './lease-store.ts'

const MOST_FLOWS = 100_000

type Row = LeaseRow & { until: number }

export function memoryLeases(): LeaseStore {
  const stocks = new Map<string, Map<string, Row>>()
  const flows = new Map<string, number>()

  return {
    async stock({ pool, onSilence, limit, holder, spent, held, needs, wants, now, until }) {
      let rows = stocks.get(pool)
      if (rows === undefined) stocks.set(pool, (rows = new Map()))
      let [taken, gone] = [0, 0]
      for (const row of rows.values()) {
        if (row.holder === holder) continue
        if (row.until < now) Object.assign(row, { held: 0, lost: row.lost + (onSilence === 'spent' ? row.held : 0) })
        taken += row.spent + row.held + row.lost
        gone += row.spent + row.lost
      }
      const room = Math.min(wants, limit - taken - spent)
      const granted = room < needs ? held : Math.max(held, room)
      rows.set(holder, { pool, holder, spent, held: granted, lost: 0, updatedAt: now, until })
      if (onSilence === 'free' && granted === 0) rows.delete(holder)
      if (rows.size === 0) stocks.delete(pool)
      return { held: granted, left: limit - taken - spent - granted, unspent: limit - gone - spent }
    },
    async flow(ask) {
      const { fullAt, state } = flowOn(flows.get(ask.pool) ?? 0, ask)
      flows.delete(ask.pool)
      if (fullAt > ask.now * 1000) flows.set(ask.pool, fullAt)
      // The oldest was not asked for longest, and so is the first to be full again.
      if (flows.size > MOST_FLOWS) flows.delete(flows.keys().next().value ?? '')
      return state
    },
    async list(prefix, limit) {
      const named = [...stocks].filter(([pool]) => pool.startsWith(prefix))
      return named.flatMap(([, rows]) => Array.from(rows.values())).slice(0, limit)
    },
    async release(pool) {
      let released = 0
      for (const row of stocks.get(pool)?.values() ?? []) {
        released += row.lost
        row.lost = 0
      }
      return released
    },
    async sweep(before) {
      let swept = 0
      for (const [pool, fullAt] of flows) if (fullAt < before * 1000 && flows.delete(pool)) swept++
      return swept
    },
  }
}
