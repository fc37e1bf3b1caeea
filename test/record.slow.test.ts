// A gateway that is killed without warning while it answers: where the record comes first, each answer that a client got is
// on record afterwards, once, and in a segment that the next start seals.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGatewayKey } from '../src/admit/gateway-keys.ts'
import { openApp } from '../src/app/app.ts'
import { Config } from '../src/app/config.ts'
import { leafTree } from '../src/prove/leaf-tree.ts'
import { serve } from './server-process.ts'

const ROUNDS = 3
const LOCAL = { kind: 'local', id: 'this-machine', role: 'owner' } as const

test('no answer that a client got before a kill is missing from the record', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'parapet-record-kill-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const config = Config.parse({ dataDir, port: 0, logLevel: 'silent', record: { first: true, sealSeconds: 1 } })
  const file = join(dataDir, 'parapet.yaml')
  writeFileSync(file, 'port: 0\nrecord: { first: true, sealSeconds: 1 }\n')
  const app = await openApp(config)
  const { secret } = await createGatewayKey(app.admit, LOCAL, {
    name: 'shop',
    models: ['*'],
    routes: ['*'],
    asset: undefined,
    expiresAt: undefined,
    limits: {},
  })
  await app.close()
  const answered = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    const main = join(import.meta.dirname, '../src/cli/main.ts')
    const server = await serve([process.execPath, main, 'up', '--config', file, '--data-dir', dataDir])
    const over = new AbortController()
    const client = async (stream: boolean) => {
      while (!over.signal.aborted) {
        const reply = await fetch(`${server.url}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          body: JSON.stringify({ model: 'demo/assistant', stream, messages: [{ role: 'user', content: 'Hello' }] }),
        }).catch(() => undefined)
        const id = reply?.headers.get('x-request-id')
        if (reply?.status === 200 && typeof id === 'string') answered.add(id)
        await reply?.body?.cancel().catch(() => undefined)
      }
    }
    const clients = Array.from({ length: 8 }, (_, n) => client(n % 2 === 0))
    await sleep(700 + Math.random() * 800)
    await server.stop('SIGKILL')
    over.abort()
    await Promise.all(clients)
  }
  assert.ok(answered.size > 50, `${answered.size} answers`)
  const again = await openApp(config)
  t.after(() => again.close())
  const { calls } = again.store.read
  for (const id of answered) assert.ok(await calls.byId(id), `${id} was answered and is not on record`)
  await sleep(6000)
  await again.record.seal()
  const segments = new Set<string>()
  for await (const rows of calls.all({})) for (const { segment } of rows) segments.add(segment)
  for (const id of segments) {
    const segment = await calls.segment(id)
    const hashes = await calls.hashes(id)
    assert.ok(segment?.entry !== undefined && segment.calls === hashes.length)
    assert.equal(Buffer.compare(leafTree.root(hashes), segment.root ?? new Uint8Array()), 0)
  }
})
