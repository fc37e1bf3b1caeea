// Finds calls by any mix of filters. The filter that finds least leads through its index, the others are tried on what it
// gives, some hundreds of rows at a time with room for others in between; so no question, however little it finds, holds
// anybody up for long. Where another filter has an index too, ids are compared with ids, and no row is read for one that
// another filter leaves out: rows lie far apart, and those of two filters that exclude each other would all be read.
import { setImmediate } from 'node:timers/promises'
import { firstIdAt } from '../../lib/id.ts'
import type { Page } from '../../model/page.ts'
import type { CallQuery, CallRow } from '../../record/call-store.ts'
import type { Runner, Value } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { cursorText, rowsToRead } from './page.ts'

const ROWS_AT_ONCE = 500
/** Of ids, which lie side by side in an index: more each time that little was found. */
const [FEWEST_IDS, MOST_IDS] = [250, 2000]
/** A filter that finds so much more than the one that leads is tried on rows. */
const MOST_COMPARED = 16_000
/** Then the page ends, and the next begins there; where rows have to be read, sooner. */
const [MOST_LOOKED, MOST_READ] = [20_000, 10_000]

const COLUMNS = { keyId: 'key_id', agent: 'agent', asset: 'asset', route: 'route', model: 'model' } as const
const OTHERS = { outcome: 'outcome', status: 'status' } as const

type Bind = (value: Value) => string

/** A condition on the row `e`. */
type Condition = (bind: Bind) => string

/** A filter with an index, in which ids follow each other. */
interface Indexed {
  from: 'exchange' | 'exchange_mark'
  /** On a row of its table. */
  leads: Condition | undefined
  /** On a row of the calls. */
  tries: Condition
}

interface Plan {
  leading: Indexed
  indexed: readonly Indexed[]
  others: readonly Condition[]
}

const EVERYTHING: Indexed = { from: 'exchange', leads: undefined, tries: () => '1 = 1' }

export async function findCalls(
  runner: Runner,
  query: CallQuery,
  to: (row: Schema['exchange']) => CallRow,
): Promise<Page<CallRow>> {
  const read = rowsToRead(query)
  const oldest = query.since === undefined ? '' : firstIdAt('call', new Date(query.since))
  const until = query.until === undefined ? '~' : firstIdAt('call', new Date(query.until))
  const cursor = cursorText(query)
  let before = cursor !== undefined && cursor < until ? cursor : until
  const plan = await planOf(runner, query, { oldest, before, limit: FEWEST_IDS })
  const found: Schema['exchange'][] = []
  const isAlone = plan.indexed.length === 0
  let atOnce = !isAlone ? FEWEST_IDS : plan.others.length === 0 ? read : ROWS_AT_ONCE
  const most = plan.others.length === 0 ? MOST_LOOKED : MOST_READ
  for (let looked = 0; looked < most; looked += atOnce) {
    const slice = await sliceOf(runner, plan.leading, { oldest, before, limit: atOnce })
    if (slice.count > 0) {
      const range = { oldest: slice.last, before, limit: read - found.length }
      found.push(...(isAlone ? await matching(runner, plan, range) : await meeting(runner, plan, range)))
    }
    if (found.length >= read) {
      const shown = found.slice(0, read - 1)
      return { items: shown.map(to), next: shown.at(-1)?.id }
    }
    if (slice.count < atOnce) return { items: found.map(to) }
    before = slice.last
    if (!isAlone) atOnce = Math.min(atOnce * 2, MOST_IDS)
    await setImmediate()
  }
  return { items: found.map(to), next: before }
}

async function planOf(runner: Runner, query: CallQuery, range: Range): Promise<Plan> {
  const marks = (query.marks ?? []).map((mark): Indexed => {
    const leads: Condition = (bind) => `e.mark = ${bind(mark)}`
    const tries: Condition = (bind) =>
      `exists (select 1 from exchange_mark m where m.mark = ${bind(mark)} and m.id = e.id)`
    return { from: 'exchange_mark', leads, tries }
  })
  const columns = conditions(COLUMNS, query).map((tries): Indexed => ({ from: 'exchange', leads: tries, tries }))
  const indexed = [...marks, ...columns]
  const others = conditions(OTHERS, query)
  const [first = EVERYTHING, ...rest] = indexed
  if (rest.length === 0) return { leading: first, indexed: [], others }
  let [leading, least] = [first, await sliceOf(runner, first, range)]
  for (const one of rest) {
    const slice = await sliceOf(runner, one, range)
    if (isLess(slice, least, range)) [leading, least] = [one, slice]
  }
  return { leading, indexed: indexed.filter((one) => one !== leading), others }
}

/** Fewer in all of the range, or as many in more of it. */
function isLess(one: Slice, other: Slice, { limit }: Range): boolean {
  return one.count < limit || other.count < limit ? one.count < other.count : one.last < other.last
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

interface Slice {
  count: number
  last: string
}

/** The ids that a filter gives next: how many, and the last of them. */
async function sliceOf(runner: Runner, filter: Indexed, range: Range): Promise<Slice> {
  const { text, values } = written(
    (bind) =>
      `select count(*) as count, min(id) as last from
        (${idsOf(filter, range, bind)} order by e.id desc limit ${bind(range.limit)}) s`,
  )
  const [row] = await runner.sql<{ count: number; last: string | null }>(text, values)
  return { count: row?.count ?? 0, last: row?.last ?? '' }
}

function idsOf({ from, leads }: Indexed, { oldest, before }: Range, bind: Bind): string {
  const led = leads ? `${leads(bind)} and ` : ''
  return `select e.id from ${from} e where ${led}e.id >= ${bind(oldest)} and e.id < ${bind(before)}`
}

/** What the leading filter gives, where no other has an index. */
async function matching(runner: Runner, { leading, others }: Plan, range: Range) {
  const { text, values } = written((bind) => {
    const { from, leads } = leading
    const ids = from === 'exchange' ? '' : `e.id in (${idsOf(leading, range, bind)})`
    const led = from === 'exchange' && leads ? [leads(bind)] : []
    const within = ids === '' ? [...led, `e.id >= ${bind(range.oldest)}`, `e.id < ${bind(range.before)}`] : [ids]
    return rowsOf([...within, ...others.map((one) => one(bind))], range, bind)
  })
  return runner.sql<Schema['exchange']>(text, values)
}

/** What several filters with indices give together: their ids are compared before any row is read. */
async function meeting(runner: Runner, { leading, indexed, others }: Plan, range: Range) {
  const compared: Indexed[] = []
  const tried = [...others]
  for (const one of indexed) {
    const { count } = await sliceOf(runner, one, { ...range, limit: MOST_COMPARED })
    if (count === 0) return []
    if (count < MOST_COMPARED) compared.push(one)
    else tried.push(one.tries)
  }
  const common = written((bind) => [leading, ...compared].map((one) => idsOf(one, range, bind)).join(' intersect '))
  const ids = (await runner.sql<{ id: string }>(common.text, common.values)).map(({ id }) => id)
  const found: Schema['exchange'][] = []
  const newestFirst = ids.toSorted((a, b) => (a < b ? 1 : -1))
  for (let from = 0; from < ids.length && found.length < range.limit; from += ROWS_AT_ONCE) {
    const some = newestFirst.slice(from, from + ROWS_AT_ONCE)
    const rows = written((bind) =>
      rowsOf([`e.id in (${some.map(bind).join(', ')})`, ...tried.map((one) => one(bind))], range, bind),
    )
    found.push(...(await runner.sql<Schema['exchange']>(rows.text, rows.values)))
  }
  return found
}

function rowsOf(conditions: readonly string[], { limit }: Range, bind: Bind): string {
  return `select e.* from exchange e where ${conditions.join(' and ')} order by e.id desc limit ${bind(limit)}`
}

/** Parameters are numbered in the order in which they are bound, which must be that of the text. */
function written(write: (bind: Bind) => string): { text: string; values: Value[] } {
  const values: Value[] = []
  return { text: write((value) => `$${values.push(value)}`), values }
}
