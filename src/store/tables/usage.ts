// What calls amount to by day, system, agent, key, route and model: sums that are added to with each batch of calls, and
// that can be made again from the calls.
import { Failure } from '../../lib/failure.ts'
import { type Tally, type UsageKey, USAGE_GROUPS, type UsageGroup, type UsageStore } from '../../record/call-store.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { rowsToRead } from './page.ts'

const COLUMNS = { day: 'day', asset: 'asset', agent: 'agent', keyId: 'key_id', route: 'route', model: 'model' } as const
const SUMS = ['calls', 'blocked', 'failed', 'input_tokens', 'output_tokens', 'cost_nanos'] as const

/** What a row is measured by where the largest comes first. */
const MOST_FIRST = ['cost_nanos', 'input_tokens', 'output_tokens', 'calls'] as const

const ADD = `insert into exchange_usage (day, asset, agent, key_id, route, model, ${SUMS.join(', ')})
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (day, asset, agent, key_id, route, model)
  do update set ${SUMS.map((sum) => `${sum} = exchange_usage.${sum} + excluded.${sum}`).join(', ')}`

type Row = Record<UsageGroup, string> & Pick<Schema['exchange_usage'], (typeof SUMS)[number]>

export function usage(runner: Runner): UsageStore {
  const { build } = runner
  return {
    /** In one order, so that replicas that add to the same sums wait for each other and never lock each other out. */
    async add(rows) {
      const keyed = rows.map((row) => ({ row, key: USAGE_GROUPS.map((group) => row[group]).join('\n') }))
      for (const { row } of keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)))
        await runner.sql(ADD, [
          ...USAGE_GROUPS.map((group) => row[group]),
          row.calls,
          row.blocked,
          row.failed,
          row.inputTokens,
          row.outputTokens,
          row.costNanos,
        ])
    },
    async sums(query) {
      const read = rowsToRead(query)
      const by = USAGE_GROUPS.filter((group) => query.by.includes(group))
      const values: (string | number)[] = [query.from, query.to]
      const where = ['day >= $1', 'day <= $2']
      for (const name of ['asset', 'agent', 'keyId', 'route', 'model'] as const) {
        const wanted = query[name]
        if (wanted !== undefined) where.push(`${COLUMNS[name]} = $${values.push(wanted)}`)
      }
      const order = query.mostFirst === true ? [...MOST_FIRST, ...by] : by
      const after = cursorOf(query.cursor, order)
      const value = (index: number) => `$${values.push(after?.[index] ?? '')}`
      const columns = [
        ...by.map((group) => `${COLUMNS[group]} as "${group}"`),
        ...SUMS.map((sum) => `cast(coalesce(sum(${sum}), 0) as bigint) as ${sum}`),
      ]
      const groups = by.map((group) => COLUMNS[group]).join(', ')
      const summed = `select ${columns.join(', ')} from exchange_usage where ${where.join(' and ')}${clause('group by', groups)}`
      const rows = await runner.sql<Row>(
        `select * from (${summed}) as summed${clause('where', after && isAfter(order, value))}${clause('order by', order.map(ordered).join(', '))}
         limit $${values.push(read)}`,
        values,
      )
      const shown = rows.slice(0, read - 1)
      const last = shown.at(-1)
      const next = rows.length === read && last ? JSON.stringify(order.map((place) => last[place])) : undefined
      return { items: shown.map((row) => toSum(row, by)), next }
    },
    async clear(from, to) {
      await runner.run(build.deleteFrom('exchange_usage').where('day', '>=', from).where('day', '<=', to))
    },
    async sweep(before, limit) {
      const old = build.selectFrom('exchange_usage').select('day').distinct().where('day', '<', before).orderBy('day')
      const days = (await runner.all(old.limit(limit))).map(({ day }) => day)
      if (days.length === 0) return 0
      return runner.run(build.deleteFrom('exchange_usage').where('day', 'in', days))
    },
  }
}

const clause = (words: string, what: string | undefined) => (what ? ` ${words} ${what}` : '')

type Place = UsageGroup | (typeof MOST_FIRST)[number]

const isSum = (place: Place) => (MOST_FIRST as readonly Place[]).includes(place)
const ordered = (place: Place) => (isSum(place) ? `${place} desc` : `"${place}"`)

/** Whether a row comes after the one of these values: it does so in some place, and equals it in all places before. */
function isAfter(order: readonly Place[], value: (index: number) => string): string {
  const places = order.map((place, index) => {
    const equal = order.slice(0, index).map((before, at) => `${quoted(before)} = ${value(at)}`)
    return [...equal, `${quoted(place)} ${isSum(place) ? '<' : '>'} ${value(index)}`].join(' and ')
  })
  return places.map((place) => `(${place})`).join(' or ') || 'false'
}

const quoted = (place: Place) => `"${place}"`

function cursorOf(cursor: string | undefined, order: readonly Place[]): (string | number)[] | undefined {
  if (cursor === undefined) return undefined
  const value = parsed(cursor)
  const fits = (part: unknown, index: number) =>
    order[index] !== undefined && isSum(order[index]) ? Number.isSafeInteger(part) : typeof part === 'string'
  if (Array.isArray(value) && value.length === order.length && value.every(fits)) return value
  throw new Failure('input_invalid', 'cursor: not one that this list gave', { hint: 'start again without a cursor' })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toSum(row: Row, by: readonly UsageGroup[]): Partial<UsageKey> & Tally {
  const key: Partial<UsageKey> = Object.fromEntries(by.map((group) => [group, row[group]]))
  return {
    ...key,
    calls: row.calls,
    blocked: row.blocked,
    failed: row.failed,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    costNanos: row.cost_nanos,
  }
}
