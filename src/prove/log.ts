// The evidence log as the rest of the house sees it: proofs of what was recorded, and checkpoints that bind us to it.
import { Failure } from '../lib/failure.ts'
import type { Actor } from '../model/actor.ts'
import { type AuditResult, auditLog } from './audit.ts'
import { type KeyChain, readChain } from './chain.ts'
import { eraseEntries, eraseSubject } from './erase.ts'
import type { LogKeys } from './keys.ts'
import type { CheckpointRow, LogHome } from './log-store.ts'
import { rootOf } from './merkle.ts'
import { type Inclusion, proofText } from './proof.ts'
import type { Publisher, PublisherState } from './publisher.ts'
import { createPublishing } from './publishing.ts'
import { type Report, type ReportSelection, writeReport } from './report.ts'
import { createSealer, heldKey } from './seal.ts'
import { startLog } from './start.ts'
import { parseTilePath, readTile } from './tiles.ts'
import { openTree } from './tree.ts'

/** That the tree of `to` entries begins with the tree of `from` entries. */
export interface Consistency {
  from: number
  to: number
  path: readonly Uint8Array[]
}

/** What somebody who owns this machine could still rewrite unseen. */
export interface Exposure {
  /** Entries that no checkpoint outside the house covers. */
  entries: number
  /** Time of the oldest of them. */
  since: string | undefined
  publishers: readonly PublisherState[]
  /** Why nothing is signed any more; undefined while all is well. */
  damage: string | undefined
}

export interface Log {
  /** Name of this log in its checkpoints. */
  readonly origin: string
  /** The key that signs now, as a C2SP verifier key. */
  readonly verifierKey: string
  /** Every key that ever signed, oldest first. */
  readonly verifierKeys: readonly string[]
  /** Signs the tree as it is now, unless nothing came since the last checkpoint. */
  checkpoint(): Promise<CheckpointRow | undefined>
  head(): Promise<{ size: number; root: Uint8Array; lastAt: string }>
  /** In the tree of the latest checkpoint that covers it, unless another size is asked for. */
  inclusion(index: number, size?: number): Promise<Inclusion>
  consistency(from: number, to: number): Promise<Consistency>
  /** The proof of one entry as a `.tlog-proof` file, its leaf in the extra line. Seals first where it must. */
  proof(index: number): Promise<{ inclusion: Inclusion; text: string }>
  exposure(): Promise<Exposure>
  /** Makes a new key and hands over to it. Returns its verifier key. */
  rotate(actor: Pick<Actor, 'kind' | 'id'>): Promise<string>
  /** Deletes what opens the personal fields of entries, and records that it did. Returns how many fields went. */
  erase(indexes: readonly number[], reason: string, actor: Pick<Actor, 'kind' | 'id'>): Promise<number>
  /** The same for every entry about a subject. */
  eraseSubject(
    subject: { kind: string; id: string },
    reason: string,
    actor: Pick<Actor, 'kind' | 'id'>,
  ): Promise<number>
  report(selection: ReportSelection): Promise<Report>
  /** Reads everything, so one at a time. */
  audit(outside?: readonly string[]): Promise<AuditResult>
  /** `checkpoint`, `tile/…` or `tile/entries/…` as C2SP tlog-tiles names them; undefined for what is not there. */
  file(path: string): Promise<Uint8Array | undefined>
  close(): Promise<void>
}

export interface LogOptions {
  store: LogHome
  keys: LogKeys
  now: () => Date
  /** Name of the log in its checkpoints; made up at the first start when it is not given. */
  origin?: string | undefined
  publishers?: readonly Publisher[]
  /** How long a recorded entry may wait for a checkpoint. */
  sealWithinMs?: number
  /** Hears of a checkpoint that could not be made in the background. */
  onTrouble?: (error: unknown) => void
}

export async function createLog(options: LogOptions): Promise<Log> {
  const { store, keys, now, sealWithinMs = 60_000, onTrouble = () => undefined } = options
  const reader = store.read.log
  let chain: KeyChain = await startLog(store, keys, options.origin)
  const sealer = createSealer(store, keys, now)
  const publishing = createPublishing(options.publishers ?? [], {
    now,
    source: () => ({ chain, reader, consistency: async (from, to) => openTree(reader, to).consistency(from, to) }),
    onSignatures: sealer.addSignatures,
  })
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let auditing = false

  async function seal(): Promise<CheckpointRow | undefined> {
    clearTimeout(timer)
    timer = undefined
    const sealed = await sealer.seal()
    chain = sealed.chain
    if (sealed.row) publishing.offer(sealed.row)
    return sealed.row
  }

  async function sealInBackground(): Promise<void> {
    try {
      await seal()
    } catch (error) {
      onTrouble(error)
      if (sealer.damage === undefined && !closed) arm()
    }
  }

  function arm(): void {
    timer ??= setTimeout(() => void sealInBackground(), sealWithinMs).unref()
  }

  async function covering(size: number): Promise<CheckpointRow> {
    const known = await reader.checkpointCovering(size)
    if (known) return known
    if (size <= (await reader.state()).size) {
      const row = (await seal()) ?? (await reader.checkpointCovering(size))
      if (row && row.size >= size) return row
    }
    throw new Failure('not_found', `the log has no entry ${size - 1}`, { hint: 'entries are numbered from 0' })
  }

  const stopListening = store.onRecorded((rows) => {
    if (rows.some(({ kind }) => kind === 'log.key-rotated')) void reload().catch(onTrouble)
    arm()
  })

  async function reload(): Promise<void> {
    chain = (await readChain(reader)) ?? chain
  }

  const current = () => chain.keys.at(-1) ?? ''
  const last = await reader.latestCheckpoint()
  if (last) publishing.offer(last)
  await sealInBackground()

  return {
    origin: chain.origin,
    get verifierKey() {
      return current()
    },
    get verifierKeys() {
      return chain.keys
    },
    checkpoint: seal,
    async head() {
      const { size, frontier, lastAt } = await reader.state()
      return { size, root: rootOf(frontier), lastAt }
    },
    async inclusion(index, size) {
      const at = size ?? (await covering(index + 1)).size
      return inclusionOf(store, index, at)
    },
    async consistency(from, to) {
      const { size } = await reader.state()
      return { from, to, path: await openTree(reader, size).consistency(from, to) }
    },
    async proof(index) {
      const checkpoint = await covering(index + 1)
      const [inclusion, [row]] = await Promise.all([
        inclusionOf(store, index, checkpoint.size),
        reader.rows(index, index + 1),
      ])
      return { inclusion, text: proofText(inclusion, row?.leaf ?? '', checkpoint) }
    },
    async exposure() {
      const { size } = await reader.state()
      const covered = Math.max(0, ...publishing.states.map((state) => state.size ?? 0))
      const [oldest] = covered < size ? await reader.rows(covered, covered + 1) : []
      return {
        entries: Math.max(0, size - covered),
        since: oldest?.at,
        publishers: publishing.states,
        damage: sealer.damage,
      }
    },
    async rotate(actor) {
      await heldKey(keys, current())
      const next = (await keys.next(chain.origin, chain.keys)).verifierKey
      await store.change(async (tx) => {
        await tx.log.lock()
        const held = await readChain(tx.log)
        const from = held?.keys.at(-1)
        if (from === undefined || from !== current())
          throw new Failure('conflict', 'the key of the log was changed at the same time', { hint: 'try again' })
        tx.record({
          kind: 'log.key-rotated',
          actor,
          subject: { kind: 'log', id: chain.origin },
          data: { from, to: next },
        })
      })
      await reload()
      await seal()
      return next
    },
    erase: (indexes, reason, actor) => eraseEntries(store, indexes, { origin: chain.origin, reason, actor }),
    eraseSubject: (subject, reason, actor) => eraseSubject(store, subject, { origin: chain.origin, reason, actor }),
    async report(selection) {
      const fresh = await seal()
      const checkpoint = fresh ?? (await reader.latestCheckpoint())
      if (!checkpoint) throw new Failure('not_found', 'the log has no checkpoint yet')
      return writeReport(store, chain, checkpoint, selection)
    },
    async audit(outside = []) {
      if (auditing)
        throw new Failure('too_many', 'the log is being audited already', { hint: 'wait until that audit is done' })
      auditing = true
      try {
        return await auditLog(store.read, { outside, known: chain })
      } finally {
        auditing = false
      }
    },
    async file(path) {
      const checkpoint = await reader.latestCheckpoint()
      if (path === 'checkpoint') return checkpoint && Buffer.from(checkpoint.note)
      const tile = parseTilePath(path)
      return tile && checkpoint && readTile(reader, tile, checkpoint.size)
    },
    async close() {
      if (closed) return
      closed = true
      stopListening()
      clearTimeout(timer)
      await seal().catch(onTrouble)
      await publishing.close()
    },
  }
}

async function inclusionOf(store: LogHome, index: number, size: number): Promise<Inclusion> {
  const reader = store.read.log
  const tree = openTree(reader, size)
  const [leafHash] = await reader.hashes(0, index, index + 1)
  const path = await tree.inclusion(index, size)
  if (!leafHash) throw new Failure('not_found', `the log has no entry ${index}`)
  return { index, size, leafHash, root: await tree.root(size), path }
}
