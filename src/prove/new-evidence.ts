// What makes a proof believable before it is taken in: it names a measure and an asset that exist, its times can be true,
// and what it says it covered is part of what there is. Whatever is refused here never reaches the log.
import type { Catalog } from '../catalog/catalog.ts'
import { matchesOf } from '../catalog/resolve.ts'
import type { Issue } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import type { Evidence } from '../model/evidence.ts'

/** A proof as its collector hands it over; the rest is set at the intake. */
export type NewEvidence = Omit<Evidence, 'id' | 'receivedAt' | 'entry'>

/** Clocks of collectors may be ahead of ours by this much. */
const TOLERATED_AHEAD_MS = 5 * 60_000

type Says = (path: string, message: string, suggestion?: string) => void

export function issuesOf(
  row: NewEvidence,
  catalog: Catalog,
  assets: ReadonlyMap<string, 'active' | 'retired'>,
  now: Date,
): Issue[] {
  const issues: Issue[] = []
  const says: Says = (path, message, suggestion) =>
    issues.push({ path, message, ...(suggestion === undefined ? {} : { suggestion }) })
  if (!catalog.measuresById.has(row.measure))
    says('measure', `${catalog.name} has no measure "${row.measure}"`, currentMeasure(catalog, row.measure))
  const asset = assets.get(row.asset)
  if (asset === undefined) says('asset', `there is no asset "${row.asset}"`)
  if (asset === 'retired') says('asset', `"${row.asset}" is retired: nothing more can be proven of it`)
  checkTimes(row, now, says)
  checkPopulation(row, says)
  return issues
}

/** The name that a measure of an older catalogue has now, or else the nearest known one. */
function currentMeasure(catalog: Catalog, id: string): string | undefined {
  const dot = id.indexOf('.')
  const [control, what] = [id.slice(0, dot), id.slice(dot + 1)]
  const renamed =
    dot > 0 && control.length <= 100
      ? matchesOf(catalog, control).flatMap((match) => (match.kind === 'control' ? [`${match.id}.${what}`] : []))
      : []
  return renamed.find((one) => catalog.measuresById.has(one)) ?? suggest(renamed[0] ?? id, catalog.measuresById.keys())
}

function checkTimes(row: NewEvidence, now: Date, says: Says): void {
  const { observedFrom, observedTo, collectedAt, validUntil } = row
  if (observedFrom > observedTo) says('observedFrom', 'is after observedTo')
  if (observedTo > collectedAt)
    says('observedTo', 'is after collectedAt: a proof cannot speak of what was still to come')
  if (Date.parse(collectedAt) > now.getTime() + TOLERATED_AHEAD_MS)
    says('collectedAt', `lies in the future; it is ${now.toISOString()} here`)
  if (validUntil === undefined) return
  if (row.kind !== 'assurance' && row.kind !== 'attestation')
    says('validUntil', `only assurance and attestations name an end; how long a ${row.kind} counts is the catalogue's`)
  if (validUntil <= observedTo) says('validUntil', 'is not after observedTo')
}

function checkPopulation({ population, supports, failing }: NewEvidence, says: Says): void {
  if (supports && failing.length > 0)
    says(
      'failing',
      `names ${failing.length} that failed, yet supports is true: a measure that failed somewhere does not hold`,
    )
  if (population === undefined) return
  const names = new Set(population.names)
  if (names.size === 0) says('population.names', 'is empty: what covers nothing proves nothing')
  if (names.size < population.names.length) says('population.names', 'names something twice')
  const stranger = population.covered.find((name) => !names.has(name))
  if (stranger !== undefined) says('population.covered', `"${stranger}" is not among the names`)
  if (new Set(population.covered).size < population.covered.length) says('population.covered', 'names something twice')
  if (supports && population.covered.length === 0)
    says('population.covered', 'is empty: what looked at nothing cannot support')
}
