// The register's tables. Reads of the present go by the narrow rows; reads of the past by the revisions alone.
import type { Asset } from '../../model/asset.ts'
import { LINK_KINDS } from '../../model/asset.ts'
import type { Page, PageQuery } from '../../model/page.ts'
import { type Problem, PROBLEMS, type ProblemQuery, type RegisterStore } from '../../register/register-store.ts'
import type { Runner, Value } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { conditions, narrowRow, toAsset } from './asset-rows.ts'
import { chunks, facts } from './facts.ts'
import { oneOf } from './json.ts'
import { cursorNumber, cursorText, rowsToRead, toPage } from './page.ts'
import { TABLES } from '../backup/tables.ts'

interface Found {
  id: string
  body: string
  last_seen: string
}

/** Puts a value among the statement's parameters and gives the name that stands for it. */
type Mark = (value: Value) => string

const found = (row: Found): Asset => toAsset(row.body, row.last_seen)

const CLAUSES: Record<Problem, (mark: Mark, query: ProblemQuery) => string> = {
  'no-owners': () => 'a.unowned = 1',
  unsanctioned: () => 'a.sanctioned = 0',
  'not-confirmed': () => `a.source <> 'declared'`,
  'conflicting-facts': () => 'a.id in (select asset_id from asset_contested)',
  'not-seen': (mark, { seenBefore }) => `(a.source <> 'declared' and a.last_seen < ${mark(seenBefore)})`,
  dangling: () => 'a.id in (select from_id from asset_link where to_id in (select id from asset where retired = 1))',
}

export function register(runner: Runner): RegisterStore {
  const { build } = runner
  const present = () =>
    build
      .selectFrom('asset as a')
      .innerJoin('asset_revision as r', (join) =>
        join.onRef('r.asset_id', '=', 'a.id').onRef('r.revision', '=', 'a.revision'),
      )
      .select(['a.id', 'r.body', 'a.last_seen'])
  const position = runner.engine === 'sqlite' ? 'instr' : 'strpos'

  /** A page in the order of ids of what meets all the conditions. Only the bodies of its own rows are read. */
  async function page(query: PageQuery, where: (mark: Mark) => readonly string[]): Promise<Page<Asset>> {
    const read = rowsToRead(query)
    const values: Value[] = []
    const mark: Mark = (value) => `$${values.push(value)}`
    const all = [`a.id > ${mark(cursorText(query) ?? '')}`, ...where(mark)].join(' and ')
    const rows = await runner.sql<Found>(
      `select s.id, r.body, s.last_seen from (
          select a.id, a.revision, a.last_seen from asset a where ${all} order by a.id limit ${mark(read)}) as s
        join asset_revision r on r.asset_id = s.id and r.revision = s.revision order by s.id`,
      values,
    )
    return toPage(rows, read, (row) => row.id, found)
  }

  return {
    ...facts(runner),
    async asset(id) {
      const row = await runner.first(present().where('a.id', '=', id))
      return row && found(row)
    },
    async assetsById(ids) {
      const rows: Found[] = []
      for (const some of chunks(ids)) rows.push(...(await runner.all(present().where('a.id', 'in', some))))
      return rows.map(found)
    },
    list: (query) =>
      page(query, (mark) => [
        query.retired ? 'a.retired = 1' : 'a.retired = 0',
        ...conditions(query).map(({ column, how, value }) =>
          how === 'equals' ? `a.${column} = ${mark(value)}` : `${position}(a.${column}, ${mark(value)}) > 0`,
        ),
      ]),
    async assets(at) {
      if (at === undefined) return (await runner.all(present().where('a.retired', '=', 0))).map(found)
      const rows = await runner.sql<{ body: string }>(
        `select r.body from asset_revision r where r.recorded_at <= $1 and not exists (
          select 1 from asset_revision n where n.asset_id = r.asset_id and n.revision = r.revision + 1 and n.recorded_at <= $2)`,
        [at, at],
      )
      return rows.map(({ body }) => toAsset(body)).filter(({ retiredAt }) => retiredAt === undefined)
    },
    async declaredBy(source) {
      const select = present().where('a.retired', '=', 0).where('a.source', '=', 'declared')
      const by = select.where('a.declared_by', source === undefined ? 'is' : '=', source ?? null)
      return (await runner.all(by.orderBy('a.id'))).map(found)
    },
    async declarations() {
      const select = build.selectFrom('asset').select('declared_by').distinct().where('retired', '=', 0)
      return (await runner.all(select.orderBy('declared_by'))).flatMap((row) => row.declared_by ?? [])
    },
    async history(id, query) {
      const read = rowsToRead(query)
      const before = cursorNumber(query) ?? Number.MAX_SAFE_INTEGER
      const select = build.selectFrom('asset_revision').selectAll().where('asset_id', '=', id)
      const rows = await runner.all(select.where('revision', '<', before).orderBy('revision', 'desc').limit(read))
      return toPage(
        rows,
        read,
        (row) => String(row.revision),
        (row) => toAsset(row.body),
      )
    },
    async revision(id, revision) {
      const select = build.selectFrom('asset_revision').select('body').where('asset_id', '=', id)
      const row = await runner.first(select.where('revision', '=', revision))
      return row && toAsset(row.body)
    },
    async linksTo(id, limit) {
      const select = build.selectFrom('asset_link').selectAll().where('to_id', '=', id)
      const rows = await runner.all(select.orderBy('from_id').orderBy('kind').limit(limit))
      return rows.map((row) => ({ from: row.from_id, kind: oneOf(LINK_KINDS, row.kind), to: row.to_id }))
    },
    problems: (query) =>
      page(query, (mark) => {
        const wanted = query.problem === undefined ? PROBLEMS : [query.problem]
        return ['a.retired = 0', `(${wanted.map((problem) => CLAUSES[problem](mark, query)).join(' or ')})`]
      }),
    save: (assets) => save(runner, assets),
    async seen(id, at) {
      await runner.run(build.updateTable('asset').set({ last_seen: at }).where('id', '=', id))
    },
  }
}

async function save(runner: Runner, assets: readonly Asset[]): Promise<void> {
  const { build } = runner
  for (const ids of chunks(assets.map(({ id }) => id))) {
    await runner.run(build.deleteFrom('asset').where('id', 'in', ids))
    await runner.run(build.deleteFrom('asset_link').where('from_id', 'in', ids))
  }
  const narrow = assets.map(narrowRow)
  const names = Object.keys(TABLES.asset) as (keyof Schema['asset'])[]
  await runner.insertMany(
    'asset',
    TABLES.asset,
    narrow.map((row) => names.map((name) => row[name])),
  )
  await runner.insertMany(
    'asset_revision',
    TABLES.asset_revision,
    assets.map((asset) => [asset.id, asset.revision, asset.recordedAt, JSON.stringify(asset)]),
  )
  const links = assets.flatMap((asset) =>
    asset.retiredAt === undefined ? asset.links.map((link) => [asset.id, link.kind, link.to]) : [],
  )
  await runner.insertMany('asset_link', TABLES.asset_link, links)
}
