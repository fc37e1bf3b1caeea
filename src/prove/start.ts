// Opens the log for signing: at the very first start it gets a name and a key and says so in an entry; at every later one
// the key that the log names must be here, or nothing is signed.
import { randomBytes } from 'node:crypto'
import { Failure } from '../lib/failure.ts'
import { SYSTEM } from '../model/actor.ts'
import { type KeyChain, readChain } from './chain.ts'
import type { LogKeys } from './keys.ts'
import type { LogHome } from './log-store.ts'
import { heldKey } from './seal.ts'

const ORIGIN = /^[^\s+\p{C}]{1,200}$/u

export async function startLog(home: LogHome, keys: LogKeys, wanted: string | undefined): Promise<KeyChain> {
  if (wanted !== undefined && !ORIGIN.test(wanted))
    throw new Failure('config_invalid', 'the name of the log may have no spaces and no plus sign', {
      hint: 'write it like a URL without its scheme, as in example.org/parapet',
    })
  const chain = (await readChain(home.read.log)) ?? (await begin(home, keys, wanted))
  if (wanted !== undefined && wanted !== chain.origin)
    throw new Failure('config_invalid', `this log is called ${chain.origin}, not ${wanted}`, {
      hint: 'a log keeps its name for life: checkpoints that others hold carry it',
    })
  await heldKey(keys, chain.keys.at(-1) ?? '')
  return chain
}

async function begin(home: LogHome, keys: LogKeys, wanted: string | undefined): Promise<KeyChain> {
  const origin = wanted ?? `parapet.local/${randomBytes(8).toString('hex')}`
  if (await home.read.log.latestCheckpoint())
    throw new Failure('log_damaged', 'the log was signed, and does not say any more which key signs', {
      hint: 'its first entries are gone: restore a backup, and compare it with a checkpoint kept elsewhere',
    })
  const { verifierKey } = await keys.next(origin, [])
  const other = await home.change(async (tx) => {
    await tx.log.lock()
    const already = await readChain(tx.log)
    if (already) return already
    tx.record({
      kind: 'log.started',
      actor: { kind: SYSTEM.kind, id: SYSTEM.id },
      subject: { kind: 'log', id: origin },
      data: { origin, verifierKey },
    })
    return undefined
  })
  return other ?? { origin, keys: [verifierKey], rotations: [] }
}
