// Makes checkpoints. A log signs for good: before it puts its name under a tree it makes sure, under the log's lock,
// that this tree continues what it signed last. If not, somebody was at the database, and sealing stops until a person
// has looked: a second signed history would be worse than none.
import { Failure } from '../lib/failure.ts'
import { type KeyChain, readChain } from './chain.ts'
import { checkpointBody, signNote, withSignatures } from './checkpoint.ts'
import type { LogKeys, SigningKey } from './keys.ts'
import type { CheckpointRow, LogHome, LogReader, LogState, LogWriter } from './log-store.ts'
import { frontierLength, rootOf } from './merkle.ts'
import { openTree } from './tree.ts'
import { parseCheckpoint } from './verify.ts'

export interface Sealer {
  /** Why nothing is signed any more. */
  readonly damage: string | undefined
  /** No row when nothing came since the last checkpoint. The keys are those that the log named under its lock. */
  seal(): Promise<{ row: CheckpointRow | undefined; chain: KeyChain }>
  /** Adds what a witness signed to the checkpoint of a size. */
  addSignatures(size: number, lines: readonly string[]): Promise<void>
}

export function createSealer(home: LogHome, keys: LogKeys, now: () => Date): Sealer {
  let damage: string | undefined

  function damaged(message: string): Failure {
    damage ??= message
    return new Failure('log_damaged', `the log is not sealed any more: ${damage}`, {
      hint: 'run `parapet log audit`, compare with a checkpoint kept elsewhere, and restore a backup that agrees with it',
    })
  }

  async function assertContinues(reader: LogReader, state: LogState, last: CheckpointRow | undefined): Promise<void> {
    if (state.frontier.length !== frontierLength(state.size)) throw damaged('its state is not that of any tree')
    const tree = openTree(reader, state.size)
    if (!same(await tree.root(state.size), rootOf(state.frontier)))
      throw damaged('its entries do not lead to the root that it remembers')
    if (last === undefined) return
    if (last.size > state.size)
      throw damaged(`it has ${state.size} entries, and a checkpoint of ${last.size} was signed`)
    if (!same(await tree.root(last.size), last.root))
      throw damaged(`its first ${last.size} entries are not those of the checkpoint that was signed`)
    const signed = parseCheckpoint(last.note)
    if (signed.size !== last.size || !same(signed.root, last.root))
      throw damaged(`the stored checkpoint of ${last.size} entries is not the one that was signed`)
  }

  async function save(log: LogWriter, row: CheckpointRow): Promise<void> {
    try {
      await log.saveCheckpoint(row)
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'conflict') throw error
      throw damaged(`two different trees of ${row.size} entries want to be signed`)
    }
  }

  return {
    get damage() {
      return damage
    },
    async seal() {
      if (damage !== undefined) throw damaged(damage)
      return home.change(async ({ log }) => {
        const state = await log.lock()
        const chain = await readChain(log)
        if (!chain) throw damaged('it does not say any more which key signs')
        const last = await log.latestCheckpoint()
        await assertContinues(log, state, last).catch((error: unknown) => {
          throw error instanceof Failure && error.code === 'log_damaged' ? damaged(error.message) : error
        })
        if (last?.size === state.size) return { row: undefined, chain }
        const signers = await signersOf(chain, last?.size ?? 0, keys)
        const root = rootOf(state.frontier)
        const note = signNote(checkpointBody(chain.origin, state.size, root), signers)
        const row = { size: state.size, root, at: now().toISOString(), note }
        await save(log, row)
        return { row, chain }
      })
    },
    async addSignatures(size, lines) {
      await home.change(async ({ log }) => {
        await log.lock()
        const row = await log.checkpointCovering(size)
        if (row?.size === size) await log.saveCheckpoint({ ...row, note: withSignatures(row.note, lines) })
      })
    },
  }
}

/** The key in force, and before it every key that hands over in the part that no checkpoint covers yet. */
async function signersOf(chain: KeyChain, covered: number, keys: LogKeys): Promise<SigningKey[]> {
  const handing = chain.rotations.filter(({ index }) => index >= covered).map(({ from }) => from)
  const current = chain.keys.at(-1) ?? ''
  return Promise.all([...new Set([...handing, current])].map((verifierKey) => heldKey(keys, verifierKey)))
}

export async function heldKey(keys: LogKeys, verifierKey: string): Promise<SigningKey> {
  const key = await keys.find(verifierKey)
  if (key) return key
  throw new Failure('config_invalid', `the private part of the log's key ${verifierKey} is not here`, {
    hint: 'put the key folder back from its backup; a log does not change keys without the old one',
  })
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0
