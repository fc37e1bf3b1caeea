// What becomes of a scan that came to its end: things wait or are met again, findings open and close, facts and proofs are
// stated for the system, and one entry of the log names all that was found by its hash. All of it or none.
import type { Catalog } from '../../catalog/catalog.ts'
import type { JsonObject } from '../../lib/canonical-json.ts'
import { type Actor, SYSTEM } from '../../model/actor.ts'
import { DISCOVERED_KINDS, type DiscoveredItem } from '../../model/discovered.ts'
import type { Discovery, ScanFinding } from '../../model/discovery.ts'
import type { ProposedOwner, Scan, ScanResult, ScanSource, ScanSummary } from '../../model/scan.ts'
import type { Change } from '../../store/store.ts'
import { stateScanFacts } from './facts.ts'
import { findingsOf } from './findings.ts'
import { linksBy, proposeDiscovered, type Proposal } from './propose.ts'
import { proveScan } from './prove.ts'
import { keepResult } from './results.ts'
import type { ScanHouse } from './sources.ts'
import { ASSET_KIND } from './to-asset.ts'
import { trafficProposals } from './traffic.ts'

export interface Settled {
  source: ScanSource
  scan: Scan
  result: ScanResult
  actor: Pick<Actor, 'kind' | 'id'>
}

export async function settleScan(
  house: ScanHouse & { catalog: Catalog },
  tx: Change,
  { source, scan, result, actor }: Settled,
): Promise<Scan> {
  const at = house.now().toISOString()
  const system = source.system === undefined ? undefined : await tx.register.asset(source.system)
  const isThere = system !== undefined && system.retiredAt === undefined
  const fallback = system?.owners.business ?? system?.owners.risk
  const proposals =
    result.traffic === undefined
      ? proposalsOf(result, fallback)
      : await trafficProposals(tx, house.settings, result.traffic)
  const from = { source: source.id, system: isThere ? source.system : undefined, scan: scan.id, at, actor }
  const before = await tx.discoveries.ofSource(source.id)
  const proposed = await proposeDiscovered(tx, proposals, from)
  const gone = await markGone(tx, before, new Set(proposals.map(({ id }) => id)), result, at)
  const found = await settleFindings(tx, source, scan, result, at)
  const attachment = await keepResult(tx, scan.id, result)
  const { discovered, modelFiles } = result
  const summary: ScanSummary = {
    files: discovered.scanned.files,
    bytes: discovered.scanned.bytes,
    things: thingsOf(result, proposals),
    findings: Object.fromEntries(countBy(found.open, ({ severity }) => severity)),
    modelFiles: {
      benign: 0,
      suspicious: 0,
      malicious: 0,
      ...Object.fromEntries(countBy(modelFiles, (one) => one.verdict)),
    },
    missed: discovered.notScanned.length,
    discovered: { new: proposed.new.length, changed: proposed.changed.length, gone: gone.length },
    found: found.change,
  }
  const commit = discovered.roots.find((root) => root.commit !== undefined)?.commit
  const { error: _error, upload, ...rest } = scan
  const done: Scan = {
    ...rest,
    state: 'done',
    endedAt: at,
    ...(commit === undefined ? {} : { commit }),
    summary,
    result: attachment.sha256,
  }
  await tx.scans.update(done)
  if (upload !== undefined) await tx.attachments.remove(upload)
  tx.record({
    kind: 'scan.finished',
    actor: { kind: actor.kind, id: actor.id },
    subject: { kind: 'scan', id: scan.id },
    data: {
      source: source.id,
      name: source.name,
      ...(commit === undefined ? {} : { commit }),
      summary: JSON.parse(JSON.stringify(summary)) as JsonObject,
    },
    attachments: [attachment],
  })
  // What somebody says of a system answers no question and proves nothing of it.
  if (isThere && result.traffic === undefined && result.bom === undefined) {
    await stateScanFacts(tx, house, { ...SYSTEM, id: 'scanner' }, { system: system.id, source, result })
    await proveScan(tx, house, { system: system.id, source, scan: done, result, open: found.open, proposals })
  }
  return done
}

function proposalsOf({ discovered, owners }: ScanResult, fallback: string | undefined): Proposal[] {
  const links = linksBy(discovered.links)
  const toProposal = (item: DiscoveredItem): Proposal => ({
    ...item,
    links: links.get(item.id) ?? [],
    owner: ownerOf(item, owners, fallback),
  })
  const kinds = DISCOVERED_KINDS.filter((kind) => ASSET_KIND[kind] !== undefined)
  return kinds.flatMap((kind) => discovered[kind].map(toProposal))
}

function ownerOf(
  { evidence }: DiscoveredItem,
  owners: ScanResult['owners'],
  fallback: string | undefined,
): ProposedOwner | undefined {
  const known = evidence.flatMap(({ file }) => (Object.hasOwn(owners, file) ? (owners[file] ?? []) : []))
  const best = known.find(({ why }) => why === 'code-owner') ?? known[0]
  return best ?? (fallback === undefined ? undefined : { who: fallback, why: 'system-owner' })
}

/** What was not looked at is not gone: only files that were read can tell that something is not in them any more. */
async function markGone(
  tx: Change,
  before: readonly Discovery[],
  found: ReadonlySet<string>,
  { discovered: { notScanned } }: ScanResult,
  at: string,
): Promise<Discovery[]> {
  const missed = new Set(notScanned.map(({ file }) => file))
  const isCut = notScanned.some(({ reason }) => reason === 'too_many_files' || reason === 'too_deep')
  const gone = before
    .filter(({ item, goneSince }) => goneSince === undefined && !found.has(item))
    .filter(({ evidence }) => !isCut && !evidence.some(({ file }) => missed.has(file)))
    .map((one) => goneOf(one, at))
  await tx.discoveries.save(gone)
  return gone
}

async function settleFindings(tx: Change, source: ScanSource, scan: Scan, result: ScanResult, at: string) {
  const before = new Map((await tx.scanFindings.ofSource(source.id)).map((one) => [one.id, one]))
  const missed = new Set(result.discovered.notScanned.map(({ file }) => file))
  const now = findingsOf(result, { source, scan: scan.id, at, before })
  const seen = new Set(now.map(({ id }) => id))
  const gone = [...before.values()]
    .filter(({ id, state, place }) => !seen.has(id) && state !== 'gone' && !missed.has(place.file))
    .map((one) => closedOf(one, at))
  await tx.scanFindings.save([...now, ...gone])
  const isOpen = ({ state, suppression }: ScanFinding) =>
    state === 'open' || (state === 'suppressed' && (suppression?.until ?? '') <= at)
  const fresh = now.filter(({ id }) => before.get(id)?.state === undefined || before.get(id)?.state === 'gone')
  const changed = now.filter(({ id, revision }) => revision > (before.get(id)?.revision ?? revision))
  return {
    open: now.filter(isOpen),
    change: { new: fresh.length, gone: gone.length, changed: changed.length },
  }
}

function thingsOf({ discovered, traffic }: ScanResult, proposals: readonly Proposal[]): Record<string, number> {
  if (traffic !== undefined) return { providers: proposals.length }
  return Object.fromEntries(DISCOVERED_KINDS.map((kind) => [kind, discovered[kind].length]))
}

function countBy<T>(all: readonly T[], key: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1)
  return counts
}

const goneOf = (one: Discovery, at: string): Discovery => ({ ...one, goneSince: at, revision: one.revision + 1 })

const closedOf = (one: ScanFinding, at: string): ScanFinding => ({
  ...one,
  state: 'gone',
  goneSince: at,
  revision: one.revision + 1,
})
