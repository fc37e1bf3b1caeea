// Runs in a mount namespace of its own, where it may fill a small disk and make it read-only. What it saw goes to the
// test as one line of JSON.
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../open.ts'
import { account, clock, entry } from './place.ts'

const disk = process.argv[2] ?? ''
const dataDir = join(disk, 'data')
const mount = (...words: string[]) => execFileSync('mount', words)
const seen: Record<string, unknown> = {}
const codeOf = async (work: Promise<unknown>) => {
  try {
    await work
    return 'done'
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : String(error)
  }
}

mount('-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk)
const store = await openStore({ dataDir, now: clock })
await store.append([entry()])
const filler = join(disk, 'filler')
writeFileSync(filler, new Uint8Array(6 * 1024 * 1024))
const big = () => entry('big.made', { data: { text: 'x'.repeat(60_000) } })
let before = 0
let code: unknown = 'done'
for (let i = 0; i < 200 && code === 'done'; i++) {
  before = (await store.read.log.state()).size
  code = await codeOf(store.append([big(), big(), big()]))
}
seen['full'] = code
seen['fullChange'] = await codeOf(store.change(async (tx) => {
  await tx.accounts.insert(account())
  for (let i = 0; i < 30; i++) tx.record(big())
})) // prettier-ignore
seen['nothingHalf'] =
  (await store.read.log.state()).size === before && (await store.read.log.rows(0, 1000)).length === before
seen['fullHealth'] = await store.health()
rmSync(filler)
seen['healthAfterSpace'] = await store.health()
seen['appendAfterSpace'] = await store.append([entry()])

// A file system with files open for writing cannot be made read-only.
await store.close()
mount('-o', 'remount,ro', disk)
const frozen = await openStore({ dataDir, now: clock })
seen['startedReadOnly'] = (await frozen.read.log.search({ limit: 1, kind: 'thing.made' })).items[0]?.index === before
seen['startedReadOnlyChange'] = await codeOf(frozen.append([entry()]))
seen['startedReadOnlyHealth'] = await frozen.health()
mount('-o', 'remount,rw', disk)
seen['writableAgain'] = await frozen.health()
seen['appendAgain'] = await codeOf(frozen.append([entry()]))
seen['readAgain'] = (await frozen.read.log.state()).size - before
await frozen.close()
mount('-o', 'remount,ro', disk)
seen['newOnReadOnly'] = await codeOf(openStore({ dataDir: join(disk, 'other'), now: clock }))
process.stdout.write(`${JSON.stringify(seen)}\n`)
