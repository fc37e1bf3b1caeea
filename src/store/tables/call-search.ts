// Finds calls by any mix of filters. One filter leads through its index, the others are tried on what it gives, some
// hundreds of rows at a time with room for others in between; so no question, however little it finds, holds anybody up
// for long.
import { setImmediate } from 'node:timers/promises'
import { firstIdAt } from '../../lib/id.ts'
import type { Page } from '../../model/page.ts'
import type { CallQuery, CallRow } from '../../record/call-store.ts'
import type { Runner, Value } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { cursorText, rowsToRead } from './page.ts'

const ROWS_AT_ONCE = 500
const MOST_ROWS = 20_000

const COLUMNS = { keyId: 'key_id', agent: 'agent', asset: 'asset', route: 'route', model: 'model' } as const
const OTHERS = { outcome: 'outcome', status: 'status' } as const

type Bind = (value: Value) => string

/** A condition on the row `e`. */
type Condition = (bind: Bind) => string

interface Plan {
  from: string
  leading: Condition | undefined
  others: readonly Condition[]
}

export async function findCalls(
  runner: Runner,
  query: CallQuery,
  to: (row: Schema['exchange']) => CallRow,
): Promise<Page<CallRow>> {
  const read = rowsToRead(query)
  const plan = planOf(query)
  const oldest = query.since === undefined ? '' : firstIdAt('call', new Date(query.since))
  const until = query.until === undefined ? '~' : firstIdAt('call', new Date(query.until))
  const cursor = cursorText(query)
  let before = cursor !== undefined && cursor < until ? cursor : until
  const found: Schema['exchange'][] = []
  const atOnce = plan.others.length === 0 ? read : ROWS_AT_ONCE
  for (let looked = 0; looked < MOST_ROWS; looked += atOnce) {
    const slice = await sliceOf(runner, plan, { oldest, before, limit: atOnce })
    if (slice.count > 0) found.push(...(await matching(runner, plan, { oldest: slice.last, before, limit: read })))
    if (found.length >= read) {
      const shown = found.slice(0, read - 1)
      return { items: shown.map(to), next: shown.at(-1)?.id }
    }
    if (slice.count < atOnce) return { items: found.map(to) }
    before = slice.last
    await setImmediate()
  }
  return { items: found.map(to), next: before }
}

function planOf(query: CallQuery): Plan {
  const marks = (query.marks ?? []).map((mark) => ({
    leads: (bind: Bind) => `e.mark = ${bind(mark)}`,
    tries: (bind: Bind) => `exists (select 1 from exchange_mark m where m.mark = ${bind(mark)} and m.id = e.id)`,
  }))
  const columns = conditions(COLUMNS, query)
  const [firstMark] = marks
  const [firstColumn, ...otherColumns] = columns
  const unled = conditions(OTHERS, query)
  if (firstMark)
    return {
      from: 'exchange_mark',
      leading: firstMark.leads,
      others: [...marks.slice(1).map(({ tries }) => tries), ...columns, ...unled],
    }
  return { from: 'exchange', leading: firstColumn, others: [...otherColumns, ...unled] }
}

function conditions(columns: Readonly<Record<string, string>>, query: CallQuery): Condition[] {
  const wanted: Readonly<Record<string, unknown>> = { ...query }
  return Object.entries(columns).flatMap(([name, column]) => {
    const value = wanted[name]
    return typeof value === 'string' || typeof value === 'number'
      ? [(bind: Bind) => `e.${column} = ${bind(value)}`]
      : []
  })
}

interface Range {
  oldest: string
  before: string
  limit: number
}

/** The ids that the leading filter gives next: how many, and the last of them. */
async function sliceOf(runner: Runner, { from, leading }: Plan, { oldest, before, limit }: Range) {
  const { text, values } = written((bind) => {
    const led = leading ? `${leading(bind)} and ` : ''
    const range = `e.id >= ${bind(oldest)} and e.id < ${bind(before)}`
    return `select count(*) as count, min(id) as last from
      (select e.id from ${from} e where ${led}${range} order by e.id desc limit ${bind(limit)}) s`
  })
  const [row] = await runner.sql<{ count: number; last: string | null }>(text, values)
  return { count: row?.count ?? 0, last: row?.last ?? '' }
}

async function matching(runner: Runner, { from, leading, others }: Plan, { oldest, before, limit }: Range) {
  const { text, values } = written((bind) => {
    const led = leading ? [leading(bind)] : []
    const range = [`e.id >= ${bind(oldest)}`, `e.id < ${bind(before)}`]
    if (from === 'exchange') {
      const all = [...led, ...range, ...others.map((one) => one(bind))].join(' and ')
      return `select e.* from exchange e where ${all} order by e.id desc limit ${bind(limit)}`
    }
    const inner = `select e.id from ${from} e where ${[...led, ...range].join(' and ')}`
    const rest = others.map((one) => ` and ${one(bind)}`).join('')
    return `select e.* from exchange e where e.id in (${inner})${rest} order by e.id desc limit ${bind(limit)}`
  })
  return runner.sql<Schema['exchange']>(text, values)
}

/** Parameters are numbered in the order in which they are bound, which must be that of the text. */
function written(write: (bind: Bind) => string): { text: string; values: Value[] } {
  const values: Value[] = []
  return { text: write((value) => `$${values.push(value)}`), values }
}
