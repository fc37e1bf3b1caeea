// Findings of scans, in the order in which people want to read them: the gravest first, then by where they are.
import type { FindingFilter, ScanFindingStore } from '../../discover/scan-store.ts'
import { FINDING_STATES, type ScanFinding } from '../../model/discovery.ts'
import { SEVERITIES } from '../../model/finding.ts'
import type { Runner, Value } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { jsonObject, oneOf } from './json.ts'
import { replaceRows } from './replace-rows.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'

const MOST = 50_000

export function scanFindings(runner: Runner): ScanFindingStore {
  const { build } = runner
  const all = () => build.selectFrom('scan_finding').selectAll()
  const matching = ({ state, severity, rule, source, system, now }: FindingFilter) => {
    let rows = build.selectFrom('scan_finding')
    if (severity !== undefined) rows = rows.where('severity', '=', severity)
    if (rule !== undefined) rows = rows.where('rule', '=', rule)
    if (source !== undefined) rows = rows.where('source', '=', source)
    if (system !== undefined) rows = rows.where('system', '=', system)
    if (state === undefined) return rows
    return rows.where((is) => {
      const ended = is.and([is('state', '=', 'suppressed'), is('until', '<=', now)])
      if (state === 'open') return is.or([is('state', '=', 'open'), ended])
      return state === 'gone' ? is('state', '=', 'gone') : is.and([is('state', '=', state), is.not(ended)])
    })
  }
  return {
    async byId(id) {
      const query = all().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toFinding(row)
    },
    async list(query) {
      const read = rowsToRead(query)
      const rows = matching(query)
        .selectAll()
        .where('place', '>', cursorText(query) ?? '')
        .orderBy('place')
        .limit(read)
      return toPage(await runner.all(rows), read, ({ place }) => place, toFinding)
    },
    async count(filter) {
      const row = await runner.first(matching(filter).select((is) => is.fn.countAll<number>().as('count')))
      return Number(row?.count ?? 0)
    },
    async ofSource(source) {
      return (await runner.all(all().where('source', '=', source).orderBy('id').limit(MOST))).map(toFinding)
    },
    async sweep(goneBefore, limit) {
      const old = build.selectFrom('scan_finding').select('id').where('gone_since', '<', goneBefore).limit(limit)
      return runner.run(build.deleteFrom('scan_finding').where('id', 'in', old))
    },
    async save(findings) {
      await replaceRows(runner, 'scan_finding', findings.map(toRow))
    },
  }
}

function toRow(finding: ScanFinding): Value[] {
  const { id, source, system, rule, severity, state, suppression, place, goneSince } = finding
  const rank = SEVERITIES.length - SEVERITIES.indexOf(severity)
  const order = `${rank} ${place.file.slice(-120).toWellFormed()} ${String(place.line).padStart(9, '0')} ${id}`
  const until = suppression?.until ?? null
  return [id, source, system ?? null, rule, severity, state, until, goneSince ?? null, order, JSON.stringify(finding)]
}

function toFinding({ state, body }: Schema['scan_finding']): ScanFinding {
  return { ...(jsonObject(body) as unknown as ScanFinding), state: oneOf(FINDING_STATES, state) }
}
