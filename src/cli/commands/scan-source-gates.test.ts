import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startTestServer, type TestServer } from '../../server/testing.ts'
import { runCli } from '../run.ts'
import { fakeIo } from '../testing.ts'

let server: TestServer
let env: Record<string, string>
let folder = ''
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gates-'))
  server = await startTestServer({ settings: { scans: { roots: [folder] } } })
  const { authorization = '' } = await server.token(['scan:write', 'scan:read'])
  env = { PARAPET_URL: server.url, PARAPET_TOKEN: authorization.slice('Bearer '.length) }
})
after(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

async function parapet(...words: string[]) {
  const io = fakeIo({ env, width: Infinity })
  const code = await runCli(words, io)
  return { code, out: io.stdout, err: io.stderr }
}

test('the gates of a source are set from files, shown, and taken away', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [key, secret, hashes] = ['key.pem', 'secret.pem', 'sums'].map((name) => join(folder, name)) as [string, string, string] // prettier-ignore
  writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }))
  writeFileSync(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(hashes, `${'a'.repeat(64)}  model.bin\n`)
  await parapet('scan-source', 'create', '--name', 'm', '--kind', 'path', '--path', folder)
  assert.equal((await parapet('scan-source', 'gates', 'm')).out, 'm has no gates\n')
  const set = await parapet('scan-source', 'gates', 'm', '--key', key, '--hashes', hashes)
  assert.match(set.out, /^m is held against:\n {2}key [0-9a-f]{16}\n {2}a list of 1 hashes\n$/, set.err)
  const private_ = await parapet('scan-source', 'gates', 'm', '--key', secret)
  assert.deepEqual([private_.code, /a private one/.test(private_.err)], [2, true])
  assert.match((await parapet('scan-source', 'gates', 'm', '--identity', 'a')).err, /--trusted-root/)
  assert.equal((await parapet('scan-source', 'gates', 'm', '--none')).out, 'm has no gates\n')
})
