// What was seen without being known, one row a thing. Beyond a bound new things are counted together under one name, so
// that nobody fills the table by making names up.
import { Failure } from '../../lib/failure.ts'
import { type Sighting, SIGHTING_KINDS, type SightingStore } from '../../record/call-store.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { oneOf } from './json.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'

/** What is counted together; no name of a model or an address. */
export const ALL_OTHERS = '(all others)'

const ADD = `insert into exchange_sighting
    (kind, subject, first_seen, last_seen, count, last_call, key_id, asset, client)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (kind, subject) do update set
    last_seen = excluded.last_seen, count = exchange_sighting.count + excluded.count, last_call = excluded.last_call,
    key_id = excluded.key_id, asset = excluded.asset, client = excluded.client`

export function sightings(runner: Runner): SightingStore {
  const { build } = runner
  const known = ({ kind, subject }: Sighting) =>
    runner.first(
      build.selectFrom('exchange_sighting').select('count').where('kind', '=', kind).where('subject', '=', subject),
    )
  const countOf = async (kind: string) => {
    const count = build.selectFrom('exchange_sighting').select((is) => is.fn.countAll<number>().as('count'))
    return (await runner.first(count.where('kind', '=', kind)))?.count ?? 0
  }
  return {
    async add(rows, mostOfAKind) {
      const added: Sighting[] = []
      const inOrder = rows.toSorted((a, b) => (`${a.kind}\n${a.subject}` < `${b.kind}\n${b.subject}` ? -1 : 1))
      for (const row of inOrder) {
        const before = await known(row)
        const isRoom = before !== undefined || (await countOf(row.kind)) < mostOfAKind
        const kept = isRoom ? row : { ...row, subject: ALL_OTHERS }
        const isNew = before === undefined && (isRoom || (await known(kept)) === undefined)
        if (isNew) added.push(kept)
        await runner.sql(ADD, [
          kept.kind,
          kept.subject,
          kept.firstSeen,
          kept.lastSeen,
          kept.count,
          kept.lastCall,
          kept.keyId ?? null,
          kept.asset ?? null,
          kept.client ?? null,
        ])
      }
      return added
    },
    async list(query) {
      const read = rowsToRead(query)
      let rows = build.selectFrom('exchange_sighting').selectAll()
      if (query.kind !== undefined) rows = rows.where('kind', '=', query.kind)
      if (query.since !== undefined) rows = rows.where('last_seen', '>=', query.since)
      const before = cursorOf(cursorText(query))
      if (before !== undefined) {
        const [seen, kind, subject] = before
        rows = rows.where((is) =>
          is.or([
            is('last_seen', '<', seen),
            is.and([is('last_seen', '=', seen), is('kind', '<', kind)]),
            is.and([is('last_seen', '=', seen), is('kind', '=', kind), is('subject', '<', subject)]),
          ]),
        )
      }
      const ordered = rows.orderBy('last_seen', 'desc').orderBy('kind', 'desc').orderBy('subject', 'desc')
      return toPage(await runner.all(ordered.limit(read)), read, keyOf, toSighting)
    },
    async sweep(seenBefore, limit) {
      const old = build.selectFrom('exchange_sighting').select(['kind', 'subject']).where('last_seen', '<', seenBefore)
      const rows = await runner.all(old.limit(limit))
      for (const { kind, subject } of rows)
        await runner.run(build.deleteFrom('exchange_sighting').where('kind', '=', kind).where('subject', '=', subject))
      return rows.length
    },
  }
}

const keyOf = ({ last_seen, kind, subject }: Schema['exchange_sighting']) => `${last_seen}/${kind}/${subject}`

function cursorOf(cursor: string | undefined): [seen: string, kind: string, subject: string] | undefined {
  if (cursor === undefined) return undefined
  const [, seen, kind, subject] = /^([^/]+)\/([^/]+)\/(.*)$/s.exec(cursor) ?? []
  if (seen !== undefined && kind !== undefined && subject !== undefined) return [seen, kind, subject]
  throw new Failure('input_invalid', 'cursor: not one that this list gave', { hint: 'start again without a cursor' })
}

function toSighting(row: Schema['exchange_sighting']): Sighting {
  return {
    kind: oneOf(SIGHTING_KINDS, row.kind),
    subject: row.subject,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    count: row.count,
    lastCall: row.last_call,
    keyId: row.key_id ?? undefined,
    asset: row.asset ?? undefined,
    client: row.client ?? undefined,
  }
}
