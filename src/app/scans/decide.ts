// What people say of things that were found, and of findings. Each of it is written into the log with who said it; what is
// set aside has a reason and, where it is to be looked at again, a day.
import { Failure } from '../../lib/failure.ts'
import type { Actor } from '../../model/actor.ts'
import type { Discovery, ScanFinding } from '../../model/discovery.ts'
import { mustFind, named } from '../../register/register.ts'
import type { Change } from '../../store/store.ts'
import type { ScanHouse } from './sources.ts'

/** A finding may be left as it is for so long. */
const MOST_DAYS = 366
const DAY_MS = 86_400_000

export async function mustFindDiscoveries(
  { discoveries }: Pick<Change, 'discoveries'>,
  ids: readonly string[],
): Promise<Discovery[]> {
  const found = await discoveries.byIds([...new Set(ids)])
  const known = new Set(found.map(({ id }) => id))
  const missing = ids.find((id) => !known.has(id))
  if (missing === undefined) return found
  throw new Failure('not_found', `nothing discovered has the id ${missing.slice(0, 100)}`, {
    hint: 'list them: parapet discovery list',
  })
}

/** Saves what was decided, and one entry that names all of it. */
export async function decided(
  tx: Change,
  actor: Actor,
  verb: 'accepted' | 'linked' | 'ignored' | 'reopened',
  discoveries: readonly Discovery[],
): Promise<void> {
  const [first, more] = discoveries
  if (first === undefined) return
  await tx.discoveries.save(discoveries.map((one) => ({ ...one, revision: one.revision + 1 })))
  tx.record({
    kind: `discovery.${verb}`,
    actor: named(actor),
    subject: more === undefined ? { kind: 'discovery', id: first.id } : { kind: 'scan-source', id: first.source },
    data: {
      things: discoveries.map(({ id, item, asset, decision }) => ({
        id,
        item,
        ...(asset === undefined ? {} : { asset }),
        ...(decision?.reason === undefined ? {} : { reason: decision.reason }),
        ...(decision?.until === undefined ? {} : { until: decision.until }),
      })),
    },
  })
}

/** It is an asset that the register has already, under whatever name. */
export async function linkDiscovery(house: ScanHouse, actor: Actor, id: string, asset: string): Promise<Discovery> {
  const at = house.now().toISOString()
  return house.store.change(async (tx) => {
    const [before] = await mustFindDiscoveries(tx, [id])
    const target = await mustFind(tx.register, asset)
    if (before === undefined || target.retiredAt !== undefined)
      throw new Failure('conflict', `"${asset}" has left the register`, { hint: 'link to one that is in it' })
    await tx.register.seen(asset, before.lastSeen)
    const after: Discovery = { ...before, state: 'linked', asset, decision: { by: actor.id, at } }
    await decided(tx, actor, 'linked', [after])
    return { ...after, revision: after.revision + 1 }
  })
}

export async function ignoreDiscoveries(
  house: ScanHouse,
  actor: Actor,
  ids: readonly string[],
  { reason, until }: { reason: string; until?: string | undefined },
): Promise<number> {
  const at = house.now().toISOString()
  if (until !== undefined && until <= at) throw pastDay()
  return house.store.change(async (tx) => {
    const found = await mustFindDiscoveries(tx, ids)
    const decision = { by: actor.id, at, reason, ...(until === undefined ? {} : { until }) }
    const after = found.map((one) => setAside(one, decision))
    await decided(tx, actor, 'ignored', after)
    return after.length
  })
}

function setAside({ asset: _asset, ...rest }: Discovery, decision: Discovery['decision'] & object): Discovery {
  return { ...rest, state: 'ignored', decision }
}

/** Waits again. What it was accepted as stays in the register: only its owner takes it out. */
export async function reopenDiscovery(house: ScanHouse, actor: Actor, id: string): Promise<Discovery> {
  return house.store.change(async (tx) => {
    const [before] = await mustFindDiscoveries(tx, [id])
    if (before === undefined || before.state === 'new') throw new Failure('conflict', 'it waits already')
    const { asset: _asset, decision: _decision, ...rest } = before
    const after: Discovery = { ...rest, state: 'new' }
    await decided(tx, actor, 'reopened', [after])
    return { ...after, revision: after.revision + 1 }
  })
}

/** Somebody answers for leaving it as it is, until a day. */
export async function suppressFinding(
  house: ScanHouse,
  actor: Actor,
  id: string,
  { owner, until, reason }: { owner: string; until: string; reason: string },
): Promise<ScanFinding> {
  const now = house.now()
  if (until <= now.toISOString()) throw pastDay()
  if (Date.parse(until) > now.getTime() + MOST_DAYS * DAY_MS)
    throw new Failure('input_invalid', `until: at most ${MOST_DAYS} days ahead`, { hint: 'somebody has to look again' })
  return changeFinding(house, actor, id, 'suppressed', (before) => {
    if (before.state === 'gone') throw new Failure('conflict', 'scans do not find it any more')
    return {
      ...before,
      state: 'suppressed',
      suppression: { owner, until, reason, by: actor.id, at: now.toISOString() },
    }
  })
}

export async function reopenFinding(house: ScanHouse, actor: Actor, id: string): Promise<ScanFinding> {
  return changeFinding(house, actor, id, 'reopened', ({ suppression, ...before }) => {
    if (before.state !== 'suppressed') throw new Failure('conflict', 'it is not suppressed')
    if (suppression?.by === undefined)
      throw new Failure('conflict', 'the source itself says that it stays', {
        hint: 'take the suppression out of the source',
      })
    return { ...before, state: 'open' }
  })
}

async function changeFinding(
  { store }: ScanHouse,
  actor: Actor,
  id: string,
  verb: 'suppressed' | 'reopened',
  change: (before: ScanFinding) => ScanFinding,
): Promise<ScanFinding> {
  return store.change(async (tx) => {
    const before = await tx.scanFindings.byId(id)
    if (before === undefined)
      throw new Failure('not_found', `there is no finding ${id.slice(0, 100)}`, { hint: 'list them' })
    const after = { ...change(before), revision: before.revision + 1 }
    await tx.scanFindings.save([after])
    const { rule, suppression } = after
    tx.record({
      kind: `scan-finding.${verb}`,
      actor: named(actor),
      subject: { kind: 'scan-finding', id },
      data: { rule, ...(suppression === undefined ? {} : { until: suppression.until, reason: suppression.reason }) },
      ...(suppression === undefined ? {} : { personal: { owner: suppression.owner } }),
    })
    return after
  })
}

const pastDay = () => new Failure('input_invalid', 'until: is over already', { hint: 'name a day to come' })
