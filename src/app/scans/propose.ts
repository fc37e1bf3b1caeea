// Things that were found or seen come together here, whoever noticed them: scans of sources, logs of traffic, the gateway.
// What was met before is the same thing again; what a person decided of it stays decided.
// Invariant: nothing here changes the register. It waits until somebody with the right to says what it is.
import { createHash } from 'node:crypto'
import type { Actor } from '../../model/actor.ts'
import type { DiscoveredItem, DiscoveredLink } from '../../model/discovered.ts'
import type { Discovery, Seen } from '../../model/discovery.ts'
import type { ProposedOwner } from '../../model/scan.ts'
import type { Change } from '../../store/store.ts'

export interface Proposal extends DiscoveredItem {
  links?: Discovery['links']
  owner?: ProposedOwner | undefined
  seen?: Seen
}

export interface ProposedFrom {
  /** Id of a scan source, or a name for what else sees things, as in `gateway`. */
  source: string
  /** The system that all of it belongs to, where that is known. */
  system?: string | undefined
  scan?: string | undefined
  at: string
  actor: Pick<Actor, 'kind' | 'id'>
}

export interface Proposed {
  new: Discovery[]
  changed: Discovery[]
  /** Were there before and are as they were. */
  same: number
  /** More than one source may have; not kept. */
  dropped: number
}

/** Of one source. Names are made up easily, and a queue that nobody can read is none. */
export const MOST_OF_A_SOURCE = 20_000
const MOST_EVIDENCE = 20
const MOST_LINKS = 50

export const discoveryId = (source: string, item: string) =>
  `disc_${createHash('sha256').update(`${source}\n${item}`).digest('hex').slice(0, 24)}`

/** Writes down what was seen, in the change of whoever saw it. */
export async function proposeDiscovered(
  tx: Pick<Change, 'discoveries' | 'register' | 'record'>,
  items: readonly Proposal[],
  from: ProposedFrom,
): Promise<Proposed> {
  const known = new Map((await tx.discoveries.byIds(items.map((item) => discoveryId(from.source, item.id)))).map(byId))
  let room = MOST_OF_A_SOURCE - (await tx.discoveries.countOf(from.source))
  const proposed: Proposed = { new: [], changed: [], same: 0, dropped: 0 }
  const saved = new Map<string, Discovery>()
  for (const item of items) {
    const id = discoveryId(from.source, item.id)
    const before = saved.get(id) ?? known.get(id)
    if (before === undefined && room-- <= 0) {
      proposed.dropped++
      continue
    }
    const after = metAgain(before, id, item, from)
    saved.set(id, after)
    if (before === undefined) proposed.new.push(after)
    else if (after.revision > before.revision) proposed.changed.push(after)
    else proposed.same++
    if (after.asset !== undefined) await tx.register.seen(after.asset, from.at)
  }
  await tx.discoveries.save([...saved.values()])
  if (proposed.new.length > 0)
    tx.record({
      kind: 'discovery.proposed',
      actor: { kind: from.actor.kind, id: from.actor.id },
      subject: { kind: 'scan-source', id: from.source },
      data: { count: proposed.new.length, ids: proposed.new.slice(0, 100).map(({ id }) => id) },
    })
  return proposed
}

const byId = (one: Discovery) => [one.id, one] as const

function metAgain(before: Discovery | undefined, id: string, item: Proposal, from: ProposedFrom): Discovery {
  const { source, system, scan, at } = from
  const now: Discovery = {
    id,
    source,
    item: item.id,
    kind: item.kind,
    name: item.name.slice(0, 300),
    ...(system === undefined ? {} : { system }),
    state: before?.state ?? 'new',
    ...(before?.asset === undefined ? {} : { asset: before.asset }),
    evidence: item.evidence.slice(0, MOST_EVIDENCE),
    confidence: item.confidence,
    stance: item.stance,
    attributes: item.attributes,
    links: (item.links ?? []).slice(0, MOST_LINKS),
    ...(item.owner === undefined ? {} : { owner: item.owner }),
    ...(item.seen === undefined ? {} : { seen: item.seen }),
    ...(before?.decision === undefined ? {} : { decision: before.decision }),
    firstSeen: before?.firstSeen ?? at,
    lastSeen: at,
    ...(scan === undefined ? {} : { lastScan: scan }),
    revision: before?.revision ?? 1,
  }
  return before !== undefined && toldOf(before) !== toldOf(now) ? { ...now, revision: before.revision + 1 } : now
}

/** What is said of a thing, without where exactly it stands and when it was seen: lines move all the time. */
function toldOf({ name, system, stance, attributes, links, goneSince, evidence }: Discovery): string {
  const files = [...new Set(evidence.map(({ file }) => file))].toSorted()
  return JSON.stringify([name, system, stance, Object.entries(attributes).toSorted(), links, goneSince, files])
}

/** Which things of the same source a thing leads to. */
export function linksBy(links: readonly DiscoveredLink[]): Map<string, Discovery['links']> {
  const found = new Map<string, Discovery['links']>()
  for (const { from, to, kind } of links) {
    const own = found.get(from) ?? []
    if (!own.some((one) => one.to === to && one.kind === kind)) own.push({ kind, to })
    found.set(from, own)
  }
  return found
}
