// Decisions: one table of how they stand, one of every revision. A past moment is read from the second alone.
import type { DecisionFilter, DecisionRow, DecisionStore } from '../../govern/govern-store.ts'
import { Failure } from '../../lib/failure.ts'
import { DECISION_NOUNS } from '../../model/decision.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { jsonObject, oneOf } from './json.ts'
import { cursorNumber, cursorText, rowsToRead, toPage } from './page.ts'

export function decisions(runner: Runner): DecisionStore {
  const { build } = runner
  const matching = ({ noun, system, systems, subject, states }: DecisionFilter) => {
    let rows = build.selectFrom('decision').selectAll().where('noun', '=', noun)
    if (system !== undefined) rows = rows.where('system', '=', system)
    if (systems !== undefined) rows = rows.where('system', 'in', [...systems])
    if (subject !== undefined) rows = rows.where('subject', '=', subject)
    return states === undefined ? rows : rows.where('state', 'in', [...states])
  }
  const matchingAt = ({ noun, system, systems, subject, states }: DecisionFilter, at: string) => {
    const newest = build
      .selectFrom('decision_revision')
      .select((is) => ['id', is.fn.max('revision').as('revision')])
      .where('noun', '=', noun)
      .where('recorded_at', '<=', at)
      .groupBy('id')
      .as('newest')
    let rows = build
      .selectFrom('decision_revision')
      .innerJoin(newest, (join) =>
        join
          .onRef('newest.id', '=', 'decision_revision.id')
          .onRef('newest.revision', '=', 'decision_revision.revision'),
      )
      .selectAll('decision_revision')
    if (system !== undefined) rows = rows.where('system', '=', system)
    if (systems !== undefined) rows = rows.where('system', 'in', [...systems])
    if (subject !== undefined) rows = rows.where('subject', '=', subject)
    return states === undefined ? rows : rows.where('state', 'in', [...states])
  }
  return {
    async byId(noun, id) {
      const query = build.selectFrom('decision').selectAll().where('id', '=', id).where('noun', '=', noun)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toDecision(row)
    },
    async list(query) {
      const read = rowsToRead(query)
      const before = cursorText(query)
      const rows = matching(query).orderBy('id', 'desc').limit(read)
      const found = await runner.all(before === undefined ? rows : rows.where('id', '<', before))
      return toPage(found, read, (row) => row.id, toDecision)
    },
    /** Sorted here: asked to sort, SQLite walks the whole noun in order instead of looking up the systems. */
    async all(filter, at) {
      if (filter.systems?.length === 0) return []
      const rows = await runner.all(at === undefined ? matching(filter) : matchingAt(filter, at))
      return rows.map(toDecision).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    },
    async history(id, query) {
      const read = rowsToRead(query)
      const before = cursorNumber(query)
      const rows = build
        .selectFrom('decision_revision')
        .selectAll()
        .where('id', '=', id)
        .orderBy('revision', 'desc')
        .limit(read)
      const found = await runner.all(before === undefined ? rows : rows.where('revision', '<', before))
      return toPage(found, read, (row) => String(row.revision), toDecision)
    },
    async save(decision, entry) {
      const row = toRow(decision)
      const { revision } = decision
      const changed =
        revision === 1
          ? await runner.run(
              build
                .insertInto('decision')
                .values(row)
                .onConflict((on) => on.doNothing()),
            )
          : await runner.run(
              build
                .updateTable('decision')
                .set(row)
                .where('id', '=', row.id)
                .where('revision', '=', revision - 1),
            )
      if (changed === 0)
        throw new Failure('conflict', 'somebody else decided on this at the same moment', {
          hint: 'read how it stands now, then decide again',
        })
      await runner.run(build.insertInto('decision_revision').values({ ...row, entry }))
    },
  }
}

function toRow(decision: DecisionRow): Schema['decision'] {
  const { id, noun, system, subject, state, until, revision, recordedAt, body } = decision
  return {
    id,
    noun,
    system: system ?? null,
    subject,
    state,
    until: until ?? null,
    revision,
    recorded_at: recordedAt,
    body: JSON.stringify(body),
  }
}

function toDecision(row: Schema['decision']): DecisionRow {
  return {
    id: row.id,
    noun: oneOf(DECISION_NOUNS, row.noun),
    ...(row.system === null ? {} : { system: row.system }),
    subject: row.subject,
    state: row.state,
    ...(row.until === null ? {} : { until: row.until }),
    revision: row.revision,
    recordedAt: row.recorded_at,
    body: jsonObject(row.body),
  }
}
