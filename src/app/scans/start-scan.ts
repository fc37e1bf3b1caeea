// How scans begin and how they end early: because somebody asked, because something was uploaded or submitted, because their
// time has come, or because the job that did it failed or was cancelled.
import type { Catalog } from '../../catalog/catalog.ts'
import { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { type Actor, SYSTEM } from '../../model/actor.ts'
import type { Job } from '../../model/job.ts'
import type { Scan, ScanResult, ScanSource } from '../../model/scan.ts'
import { named } from '../../register/register.ts'
import type { Change } from '../../store/store.ts'
import type { Jobs } from '../jobs.ts'
import { SCAN_JOB } from './run-scan.ts'
import { settleScan } from './settle.ts'
import { addSource, checkStated, mustFindSource, nextTime, type ScanHouse } from './sources.ts'
import { keepUpload } from './uploads.ts'

export interface ScanStarter extends ScanHouse {
  catalog: Catalog
  jobs: Jobs
}

const MOST_DUE = 20
const MOST_LEFT = 100

export async function startScan(house: ScanStarter, actor: Actor, sourceId: string): Promise<Scan> {
  const scan = await house.store.change(async (tx) => {
    const source = await mustFindSource(tx, sourceId)
    if (source.kind !== 'git' && source.kind !== 'path')
      throw new Failure('conflict', `${source.name} cannot be fetched again`, {
        hint: 'upload or submit what there is now',
      })
    checkStated(house.settings, source)
    return addScan(house, tx, actor, source)
  })
  return enqueue(house, actor, scan)
}

/** For a source that there is, or one of that name that is new. */
export interface Sent {
  name: string
  system?: string | undefined
}

export async function uploadScan(
  house: ScanStarter,
  actor: Actor,
  { kind, file, bytes, ...sent }: Sent & { kind: 'upload' | 'traffic'; file: string; bytes: Uint8Array },
): Promise<Scan> {
  const most = house.settings.uploadMegabytes
  if (bytes.length > most * 1024 * 1024)
    throw new Failure('too_large', `the upload is larger than ${most} MB`, {
      hint: 'scan it where it is and submit the result: parapet discover PATH --submit',
    })
  const scan = await house.store.change(async (tx) => {
    const source = await sourceOf(house, tx, actor, kind, sent)
    const added = await addScan(house, tx, actor, source)
    const name =
      file
        .replaceAll(/[^\w.-]+/g, '-')
        .slice(-100)
        .replace(/^\.+/, '') || 'upload'
    const held: Scan = { ...added, upload: await keepUpload(tx, added.id, { name, bytes }) }
    await tx.scans.update(held)
    return held
  })
  return enqueue(house, actor, scan)
}

/** What was scanned elsewhere is settled at once: whoever submits it hears what came of it. */
export async function submitScan(
  house: ScanStarter,
  actor: Actor,
  { result, ...sent }: Sent & { result: ScanResult },
): Promise<Scan> {
  return house.store.change(async (tx) => {
    const kind = result.bom === undefined ? (result.traffic === undefined ? 'submitted' : 'traffic') : 'bom'
    const source = await sourceOf(house, tx, actor, kind, sent)
    const scan = await addScan(house, tx, actor, source)
    return settleScan(house, tx, { source, scan: { ...scan, state: 'running' }, result, actor: named(actor) })
  })
}

async function sourceOf(
  house: ScanHouse,
  tx: Change,
  actor: Actor,
  kind: ScanSource['kind'],
  { name, system }: Sent,
): Promise<ScanSource> {
  const known = await tx.scanSources.byName(name)
  if (known === undefined) return addSource(house, tx, actor, { name, kind, system })
  if (known.kind !== kind)
    throw new Failure('conflict', `"${name}" is a source of another kind: ${known.kind}`, {
      hint: 'choose another name',
    })
  if (known.closedAt !== undefined) throw new Failure('conflict', `the source ${name} is closed`)
  if (system !== undefined && known.system !== system)
    throw new Failure('conflict', `"${name}" belongs to ${known.system ?? 'no system'}`, {
      hint: 'change the source first, or choose another name',
    })
  return known
}

async function addScan({ now }: ScanHouse, tx: Change, actor: Actor, source: ScanSource): Promise<Scan> {
  if (source.closedAt !== undefined) throw new Failure('conflict', `the source ${source.name} is closed`)
  for (const state of ['waiting', 'running'] as const) {
    const [other] = (await tx.scans.list({ source: source.id, state, limit: 1 })).items
    if (other !== undefined)
      throw new Failure('conflict', `${source.name} is being scanned already, by ${other.id}`, {
        hint: 'wait for it, or cancel it',
      })
  }
  const at = now()
  const createdAt = at.toISOString()
  const scan: Scan = { id: await nextId(tx, at), source: source.id, state: 'waiting', createdBy: actor.id, createdAt }
  await tx.scans.insert(scan)
  if (source.everyHours !== undefined)
    await tx.scanSources.update({ ...source, nextAt: nextTime(at, source.everyHours) })
  const { id, name } = source
  tx.record({
    kind: 'scan.begun',
    actor: named(actor),
    subject: { kind: 'scan', id: scan.id },
    data: { source: id, name },
  })
  return scan
}

/** Scans are compared in the order of their ids, so no two of one moment may come in any order. */
async function nextId({ scans }: Pick<Change, 'scans'>, now: Date): Promise<string> {
  const after = (await scans.list({ limit: 1 })).items[0]?.id ?? ''
  let id = newId('scan', now)
  for (let ms = 1; ms < 1000 && id <= after; ms++) id = newId('scan', new Date(now.getTime() + ms))
  return id
}

async function enqueue(house: ScanStarter, actor: Actor, scan: Scan): Promise<Scan> {
  try {
    const job = await house.jobs.enqueue(SCAN_JOB, { scan: scan.id }, actor)
    return await house.store.change(async (tx) => {
      const latest = (await tx.scans.byId(scan.id)) ?? scan
      const after: Scan = { ...latest, job: job.id }
      await tx.scans.update(after)
      return after
    })
  } catch (error) {
    await endScan(house, scan.id, 'failed', error instanceof Failure ? error.message : 'it could not be queued')
    throw error
  }
}

export async function cancelScan(house: ScanStarter, actor: Actor, id: string): Promise<Scan> {
  const scan = await house.store.read.scans.byId(id)
  if (scan === undefined) throw new Failure('not_found', `there is no scan ${id.slice(0, 100)}`, { hint: 'list them' })
  if (scan.job !== undefined) await house.jobs.cancel(scan.job, actor)
  await endScan(house, id, 'cancelled', undefined)
  return (await house.store.read.scans.byId(id)) ?? scan
}

async function endScan(
  { store, now }: ScanHouse,
  id: string,
  state: 'failed' | 'cancelled',
  error: string | undefined,
): Promise<void> {
  await store.change(async (tx) => {
    const scan = await tx.scans.byId(id)
    if (scan === undefined || (scan.state !== 'waiting' && scan.state !== 'running')) return
    const { upload, ...rest } = scan
    const after: Scan = { ...rest, state, endedAt: now().toISOString(), ...(error === undefined ? {} : { error }) }
    await tx.scans.update(after)
    if (upload !== undefined) await tx.attachments.remove(upload)
    tx.record({
      kind: `scan.${state}`,
      actor: { kind: SYSTEM.kind, id: SYSTEM.id },
      subject: { kind: 'scan', id },
      data: { source: scan.source },
    })
  })
}

/** A job that ended without a result ends its scan. Returns how to stop. */
export function followScanJobs(house: ScanStarter, onTrouble: (error: unknown) => void): () => void {
  return house.jobs.onProgress(({ kind, state, input, error }: Job) => {
    if (kind !== SCAN_JOB || (state !== 'failed' && state !== 'cancelled')) return
    void endScan(house, String(input['scan']), state, error).catch(onTrouble)
  })
}

const LOOK_EVERY_MS = 60_000
/** More than there ever is between a scan and its job. */
const UNQUEUED_MS = 5 * 60_000

/** A process that was killed may leave a scan behind that nobody does any more, and that would keep others away for good. */
export async function endLeft(house: ScanStarter): Promise<void> {
  const { scans, jobs } = house.store.read
  for (const state of ['waiting', 'running'] as const)
    for (const { id, job, createdAt } of (await scans.list({ state, limit: MOST_LEFT })).items) {
      const known = job === undefined ? undefined : await jobs.byId(job)
      const isYoung = house.now().getTime() - Date.parse(createdAt) < UNQUEUED_MS
      // One that runs has a job, though its name was not written down; that job goes on.
      if (job === undefined && (isYoung || state === 'running')) continue
      if (known !== undefined && known.state !== 'failed' && known.state !== 'cancelled') continue
      if (known?.state === 'cancelled') await endScan(house, id, 'cancelled', undefined)
      else await endScan(house, id, 'failed', known?.error ?? 'it was left behind; scan again')
    }
}

/** Begins scans whose time has come. Looks now and each minute; replicas share the work, because a source is scanned once at a time. */
export function scheduleScans(house: ScanStarter, onTrouble: (error: unknown) => void): () => void {
  const look = () =>
    void endLeft(house)
      .then(() => startDue(house, onTrouble))
      .catch(onTrouble)
  look()
  const timer = setInterval(look, LOOK_EVERY_MS).unref()
  return () => clearInterval(timer)
}

export async function startDue(house: ScanStarter, onTrouble: (error: unknown) => void): Promise<number> {
  const now = house.now()
  const due = await house.store.change(async (tx) => {
    const sources = await tx.scanSources.due(now.toISOString(), MOST_DUE)
    // Whatever becomes of it, the next time is set: a source that cannot be fetched is not asked for each minute.
    for (const source of sources)
      await tx.scanSources.update({ ...source, nextAt: nextTime(now, source.everyHours ?? 24) })
    return sources
  })
  let begun = 0
  for (const { id } of due)
    try {
      await startScan(house, SYSTEM, id)
      begun++
    } catch (error) {
      if (!(error instanceof Failure)) onTrouble(error)
    }
  return begun
}
