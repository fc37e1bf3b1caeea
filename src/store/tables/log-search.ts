// Pages of the log by filter, at the same cost however long the log is: each combination of filters is a range of an
// index that ends in the entry's index, or a merge of a few such ranges. Kinds are looked up in the small table of pairs
// that occur, so a filter that matches nothing is known to without a scan. Times become indexes by bisection: an
// entry's time is never earlier than the one before it.
import { Failure } from '../../lib/failure.ts'
import type { EntryRow } from '../../model/entry.ts'
import type { Page } from '../../model/page.ts'
import type { EntryQuery } from '../../prove/log-store.ts'
import type { Runner, Value } from '../runner.ts'
import { readState } from './log-state.ts'
import { cursorNumber, rowsToRead } from './page.ts'

/** How many ranges one statement merges. */
const MOST_RANGES = 50

type Fetch = (indexes: readonly number[]) => Promise<EntryRow[]>

export async function searchLog(runner: Runner, query: EntryQuery, fetch: Fetch): Promise<Page<EntryRow>> {
  const read = rowsToRead(query)
  const newest = query.order !== 'oldest'
  const range = await bounds(runner, query, newest)
  const indexes = range.from < range.to ? await matches(runner, query, range, newest, read) : []
  const shown = indexes.slice(0, read - 1)
  const rows = new Map((await fetch(shown)).map((row) => [row.index, row]))
  const last = shown.at(-1)
  return {
    items: shown.flatMap((index) => rows.get(index) ?? []),
    next: indexes.length === read && last !== undefined ? String(last) : undefined,
  }
}

interface Range {
  from: number
  to: number
}

async function bounds(runner: Runner, query: EntryQuery, newest: boolean): Promise<Range> {
  const cursor = cursorNumber(query)
  const { size } = await readState(runner)
  const range = { from: 0, to: size }
  if (query.since !== undefined) range.from = await firstAt(runner, size, toTime('since', query.since))
  if (query.until !== undefined) range.to = await firstAt(runner, size, toTime('until', query.until))
  if (cursor !== undefined && newest) range.to = Math.min(range.to, cursor)
  if (cursor !== undefined && !newest) range.from = Math.max(range.from, cursor + 1)
  return range
}

/** Index of the first entry that is not earlier than a time; the size when all are. */
async function firstAt(runner: Runner, size: number, time: string): Promise<number> {
  let [low, high] = [0, size]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [row] = await runner.sql<{ at: string }>('select at from log_entry where idx = $1', [middle])
    if (row !== undefined && row.at < time) low = middle + 1
    else high = middle
  }
  return low
}

function toTime(name: string, text: string): string {
  const time = new Date(text)
  if (/^\d{4}-\d\d-\d\d/.test(text) && Number.isFinite(time.getTime())) return time.toISOString()
  throw new Failure('input_invalid', `${name}: expected a date and time`, { hint: 'as in 2026-05-01T12:00:00Z' })
}

async function matches(
  runner: Runner,
  query: EntryQuery,
  range: Range,
  newest: boolean,
  read: number,
): Promise<number[]> {
  const { actorId, subjectId } = query
  const byShape = query.kind !== undefined || query.subjectKind !== undefined
  const shapes = byShape ? await shapesOf(runner, query) : undefined
  if (shapes?.length === 0) return []
  const one = (index: string, filters: Filters) => oneRange(runner, index, filters, range, newest, read)
  if (subjectId !== undefined) return one('log_entry_subject', { subjectId, actorId, shapes })
  if (shapes === undefined)
    return actorId === undefined ? spread(range, newest, read) : one('log_entry_actor', { actorId })
  const index = actorId === undefined ? 'log_entry_shape' : 'log_entry_actor_shape'
  const found: number[] = []
  for (let i = 0; i < shapes.length; i += MOST_RANGES)
    found.push(...(await merged(runner, index, shapes.slice(i, i + MOST_RANGES), actorId, range, newest, read)))
  return found.toSorted((a, b) => (newest ? b - a : a - b)).slice(0, read)
}

/** Without a filter the indexes need no look-up: the log has no gaps. */
function spread({ from, to }: Range, newest: boolean, read: number): number[] {
  return Array.from({ length: Math.min(read, to - from) }, (_, i) => (newest ? to - 1 - i : from + i))
}

async function shapesOf(runner: Runner, { kind, subjectKind }: EntryQuery): Promise<number[]> {
  let shapes = runner.build.selectFrom('log_shape').select('id').orderBy('id')
  if (kind !== undefined) shapes = shapes.where('kind', '=', kind)
  if (subjectKind !== undefined) shapes = shapes.where('subject_kind', '=', subjectKind)
  return (await runner.all(shapes)).map(({ id }) => id)
}

interface Filters {
  actorId?: string | undefined
  subjectId?: string | undefined
  shapes?: readonly number[] | undefined
}

async function oneRange(
  runner: Runner,
  index: string,
  { actorId, subjectId, shapes }: Filters,
  range: Range,
  newest: boolean,
  read: number,
): Promise<number[]> {
  const values: Value[] = []
  const mark = (value: Value) => `$${values.push(value)}`
  const where = [
    ...(subjectId === undefined ? [] : [`subject_id = ${mark(subjectId)}`]),
    ...(actorId === undefined ? [] : [`actor_id = ${mark(actorId)}`]),
    ...(shapes === undefined ? [] : [`shape in (${shapes.map(mark).join(', ')})`]),
    `idx >= ${mark(range.from)} and idx < ${mark(range.to)}`,
  ].join(' and ')
  const text = `select idx from ${from(runner, index)} where ${where} order by idx ${order(newest)} limit ${mark(read)}`
  return (await runner.sql<{ idx: number }>(text, values)).map(({ idx }) => idx)
}

async function merged(
  runner: Runner,
  index: string,
  shapes: readonly number[],
  actorId: string | undefined,
  range: Range,
  newest: boolean,
  read: number,
): Promise<number[]> {
  const values: Value[] = []
  const mark = (value: Value) => `$${values.push(value)}`
  const parts = shapes.map((shape) => {
    const actor = actorId === undefined ? '' : `actor_id = ${mark(actorId)} and `
    const where = `${actor}shape = ${mark(shape)} and idx >= ${mark(range.from)} and idx < ${mark(range.to)}`
    const some = `select idx from ${from(runner, index)} where ${where} order by idx ${order(newest)} limit ${mark(read)}`
    return `select idx from (${some}) as part`
  })
  return (await runner.sql<{ idx: number }>(parts.join(' union all '), values)).map(({ idx }) => idx)
}

/** SQLite keeps no statistics that would tell it which index serves a page; it is told. */
const from = ({ engine }: Runner, index: string): string =>
  engine === 'sqlite' ? `log_entry indexed by ${index}` : 'log_entry'

const order = (newest: boolean): string => (newest ? 'desc' : 'asc')
