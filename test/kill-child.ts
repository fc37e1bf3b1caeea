// Writes to a store until it is killed, and prints each thing the moment it was acknowledged: entries as `e INDEX ID`,
// checkpoints as `c SIZE ROOT`. Written synchronously, so that what was printed was acknowledged and nothing else.
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { entry } from '../src/store/contract/place.ts'
import { openStore } from '../src/store/open.ts'
import { rootOf } from '../src/prove/merkle.ts'

const [dataDir = '', databaseUrl] = process.argv.slice(2)
const store = await openStore({ dataDir, databaseUrl, now: () => new Date(), onTrouble: () => undefined })
const made = () => {
  const id = randomUUID()
  return { id, entry: entry('thing.made', { subject: { kind: 'thing', id }, personal: { name: id } }) }
}

async function appends(): Promise<void> {
  for (;;) {
    const things = Array.from({ length: 1 + Math.floor(Math.random() * 12) }, made)
    const indexes = await store.append(things.map((thing) => thing.entry))
    writeSync(1, indexes.map((index, i) => `e ${index} ${things[i]?.id}\n`).join(''))
  }
}

async function changes(): Promise<void> {
  for (;;) {
    const { id, entry } = made()
    const at = new Date().toISOString()
    await store.change(async (tx) => {
      await tx.links.insert({
        id,
        purpose: 'invitation',
        accountId: undefined,
        role: 'agent',
        expiresAt: at,
        usedAt: undefined,
      })
      tx.record(entry)
    })
    writeSync(1, `l 0 ${id}\n`)
  }
}

async function checkpoints(): Promise<void> {
  for (;;) {
    const { size, root } = await store.change(async (tx) => {
      const { size, frontier } = await tx.log.lock()
      const root = rootOf(frontier)
      await tx.log.saveCheckpoint({ size, root, at: new Date().toISOString(), note: 'n' })
      return { size, root }
    })
    writeSync(1, `c ${size} ${Buffer.from(root).toString('hex')}\n`)
  }
}

writeSync(1, 'ready\n')
await Promise.all([appends(), appends(), changes(), checkpoints()])
