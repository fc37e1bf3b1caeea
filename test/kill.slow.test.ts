// Kills a writing process again and again, without warning and at random moments. Afterwards everything that was
// acknowledged is there, the tree made anew from the rows is the one in the state, and the log has not forked.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { grow, leafHash, rootOf } from '../src/prove/merkle.ts'
import { openStore } from '../src/store/open.ts'
import type { Store } from '../src/store/store.ts'
import { startPostgres } from './postgres.ts'

interface Acknowledged {
  entries: Map<number, string>
  links: Set<string>
  checkpoints: Map<number, string>
}

const nothing = (): Acknowledged => ({ entries: new Map(), links: new Set(), checkpoints: new Map() })

/** Lets a child write for a random while, ends it with `end`, and notes what it had acknowledged. */
async function writeAndDie(
  words: string[],
  acknowledged: Acknowledged,
  end: (kill: () => void) => Promise<void>,
): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let text = ''
  const ready = Promise.withResolvers<void>()
  const gone = new Promise<void>((done) => child.once('close', () => done()))
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (chunk: string) => {
    text += chunk
    if (text.startsWith('ready')) ready.resolve()
  })
  await Promise.race([ready.promise, gone])
  assert.ok(text.startsWith('ready'), 'the child opened the store')
  await sleep(10 + Math.random() * 120)
  await end(() => child.kill('SIGKILL'))
  child.kill('SIGKILL')
  await gone
  const lines = text.split('\n').slice(1, -1)
  for (const line of lines) note(line, acknowledged)
  return lines.length
}

function note(line: string, { entries, links, checkpoints }: Acknowledged): void {
  const [what, number, value = ''] = line.split(' ')
  const known = what === 'e' ? entries : what === 'c' ? checkpoints : undefined
  const before = known?.get(Number(number))
  assert.ok(before === undefined || before === value, `${line}: acknowledged before as ${before}`)
  if (known) known.set(Number(number), value)
  else links.add(value)
}

async function check(store: Store, { entries, links, checkpoints }: Acknowledged): Promise<void> {
  const { size, frontier } = await store.read.log.state()
  const roots: Uint8Array[] = []
  const left = new Map(entries)
  const linked = new Set(links)
  const sealed = new Map(checkpoints)
  const seal = (at: number) => {
    const root = sealed.get(at)
    if (root !== undefined) assert.equal(hex(rootOf(roots)), root, `checkpoint of size ${at}`)
    sealed.delete(at)
  }
  seal(0)
  for (let from = 0; from < size; from += 5000)
    for (const row of await store.read.log.rows(from, Math.min(size, from + 5000))) {
      assert.equal(hex(leafHash(row.leaf)), hex(row.leafHash))
      grow(roots, row.index, row.leafHash, () => undefined)
      if (left.get(row.index) === row.subjectId) left.delete(row.index)
      linked.delete(row.subjectId)
      seal(row.index + 1)
    }
  assert.equal(hex(rootOf(roots)), hex(rootOf(frontier)))
  assert.deepEqual([left.size, linked.size, sealed.size], [0, 0, 0], 'nothing acknowledged is missing')
  for (const id of [...links].slice(-20)) assert.ok(await store.read.links.byId(id), 'a link goes with its entry')
  assert.ok(((await store.read.log.latestCheckpoint())?.size ?? 0) <= size)
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('kill -9 during writes', () => {
  test(
    '50 times on SQLite: nothing acknowledged is lost and the log does not fork',
    { timeout: 180_000 },
    async (t) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'parapet-kill-'))
      t.after(() => rmSync(dataDir, { recursive: true }))
      const acknowledged = nothing()
      let busy = 0
      for (let round = 0; round < 50; round++) {
        if ((await writeAndDie([dataDir], acknowledged, async (kill) => kill())) > 0) busy++
        const store = await openStore({ dataDir, now: () => new Date() })
        await check(store, acknowledged).finally(() => store.close())
      }
      assert.ok(busy > 25, `${busy} rounds had acknowledged something`)
      t.diagnostic(`${acknowledged.entries.size} entries, ${acknowledged.checkpoints.size} checkpoints acknowledged`)
    },
  )

  test('on PostgreSQL: the client 5 times, the server 5 times', { timeout: 180_000 }, async (t) => {
    const postgres = await startPostgres([])
    t.after(() => postgres.stop())
    const databaseUrl = await postgres.createDatabase()
    const acknowledged = nothing()
    for (let round = 0; round < 10; round++) {
      const end = round % 2 === 0 ? async (kill: () => void) => kill() : () => postgres.crash()
      assert.ok((await writeAndDie([tmpdir(), databaseUrl], acknowledged, end)) >= 0)
      const store = await openStore({ dataDir: tmpdir(), databaseUrl, now: () => new Date() })
      await check(store, acknowledged).finally(() => store.close())
    }
    assert.ok(acknowledged.entries.size > 50)
    t.diagnostic(`${acknowledged.entries.size} entries, ${acknowledged.checkpoints.size} checkpoints acknowledged`)
  })
})
