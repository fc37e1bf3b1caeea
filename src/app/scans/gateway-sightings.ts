// Shadow AI that the gateway sees: a model that somebody inside asks for and nobody serves, a program with a key that belongs
// to no system, or one in our own network with no good key. Each waits in the queue of things that were found, with whoever
// may answer for it. Addresses from elsewhere do not: whoever knocks from the internet is no asset of the house.
import { isPrivate } from '../../enforce/upstream/addresses.ts'
import type { DiscoveredKind } from '../../model/discovered.ts'
import { MOST_ROWS } from '../../model/page.ts'
import type { ProposedOwner } from '../../model/scan.ts'
import type { Sighting, SightingKind } from '../../record/call-store.ts'
import type { Recorder } from '../../record/recorder.ts'
import type { Store } from '../../store/store.ts'
import { ALL_OTHERS } from '../../store/tables/sightings.ts'
import { type Proposal, proposeDiscovered } from './propose.ts'

const SOURCE = 'gateway'
const ACTOR = { kind: 'system', id: SOURCE } as const
/** What was seen shortly before the process began may not have been told. */
const BEFORE_START_MS = 3_600_000
const MOST_PAGES = 20
/** Names come from clients. */
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu

interface Parts {
  record: Pick<Recorder, 'onCycle'>
  store: Store
  now: () => Date
}

/** With each round of sealing, what was seen since the round before. */
export function proposeSightings({ record, store, now }: Parts): void {
  let since = new Date(now().getTime() - BEFORE_START_MS)
  record.onCycle(async () => {
    const until = now()
    const sightings = await seenSince(store, since)
    if (sightings.length > 0) await propose(store, sightings, until)
    since = until
  })
}

async function seenSince(store: Store, since: Date): Promise<Sighting[]> {
  const found: Sighting[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items, next } = await store.read.sightings.list({ since: since.toISOString(), limit: MOST_ROWS, cursor })
    found.push(...items.filter(isShadow))
    cursor = next
    if (cursor === undefined) break
  }
  return found
}

/** What stands for many that were not told apart is nothing that anybody could accept. */
function isShadow({ kind, subject }: Sighting): boolean {
  if (subject === ALL_OTHERS) return false
  return kind === 'unknown-model' || kind === 'key-without-system' || (kind === 'unknown-key' && isPrivate(subject))
}

async function propose(store: Store, sightings: readonly Sighting[], at: Date): Promise<void> {
  await store.change(async (tx) => {
    const systems = [...new Set(sightings.flatMap(({ asset }) => asset ?? []))]
    const owners = new Map((await tx.register.assetsById(systems)).map(({ id, owners: of }) => [id, of.business ?? of.risk ?? of.data])) // prettier-ignore
    const keys = new Map<string, string>()
    for (const { kind, subject } of sightings) {
      const key = kind === 'key-without-system' ? await tx.gatewayKeys.byId(subject) : undefined
      if (key !== undefined) keys.set(subject, key.name)
    }
    const items = sightings.map((one) => proposalOf(one, keys.get(one.subject), owners.get(one.asset ?? '')))
    await proposeDiscovered(tx, items, { source: SOURCE, at: at.toISOString(), actor: ACTOR })
  })
}

const SHOWN: Partial<Record<SightingKind, { kind: DiscoveredKind; confidence: number; name: (of: string) => string }>> =
  {
    'unknown-model': { kind: 'models', confidence: 0.8, name: (of) => of },
    'key-without-system': { kind: 'agents', confidence: 0.7, name: (of) => `program with the key ${of}` },
    'unknown-key': { kind: 'agents', confidence: 0.5, name: (of) => `program at ${of}` },
  }

function proposalOf(sighting: Sighting, keyName: string | undefined, owner: string | undefined): Proposal {
  const { kind: sightingKind, subject, count, keyId, asset, client } = sighting
  const { kind, confidence, name } = SHOWN[sightingKind] ?? { kind: 'agents', confidence: 0.5, name: (of) => of }
  const proposed: ProposedOwner | undefined = owner === undefined ? undefined : { who: owner, why: 'system-owner' }
  return {
    id: `${kind}:${sightingKind}:${printable(subject)}`,
    kind,
    name: name(printable(keyName ?? subject)),
    evidence: [],
    confidence,
    stance: 'inferred',
    attributes: {
      shadow: true,
      sighting: sightingKind,
      ...(keyId === undefined ? {} : { key: keyId }),
      ...(asset === undefined ? {} : { askedBy: asset }),
    },
    owner: proposed,
    seen: {
      users: 1,
      hosts: client === undefined ? [] : [client],
      calls: count,
      by: [keyId ?? subject].map(printable),
    },
  }
}

const printable = (text: string): string => text.replaceAll(UNPRINTABLE, '\ufffd')
