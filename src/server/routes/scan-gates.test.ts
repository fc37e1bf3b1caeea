// The gates of a source over HTTP: a model that was really signed is verified by a scan, which is then evidence; what is done
// to it between two scans takes the proof away and names the file.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { after, before, beforeEach, test } from 'node:test'
import { signModel } from '../../discover/artefacts/signature/testing.ts'
import { startTestServer, type TestServer } from '../testing.ts'

type Body = Record<string, unknown>

const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = signer.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const tensor = (name: string) => {
  const header = Buffer.from(JSON.stringify({ [name]: { dtype: 'U8', shape: [4], data_offsets: [0, 4] } }))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, header, Buffer.from('abcd')])
}
const FILES = { 'a.safetensors': tensor('a'), 'b.safetensors': tensor('b'), 'config.json': '{}' }

let server: TestServer
let headers: Record<string, string>
let folder = ''
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gated-'))
  mkdirSync(join(folder, 'm'))
  server = await startTestServer({ settings: { scans: { roots: [folder] } } })
  ;({ headers } = await server.person('owner'))
  await send('PUT', '/api/assets/bot', { kind: 'system', name: 'Bot', owners: {} })
  const gates = { keys: [key] }
  await send('POST', '/api/scan-sources', { name: 'model', kind: 'path', path: folder, system: 'bot', gates })
})
after(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  for (const [name, bytes] of Object.entries(FILES)) writeFileSync(join(folder, 'm', name), bytes)
  writeFileSync(join(folder, 'm', 'model.sig'), signModel(FILES, signer.privateKey))
})

async function send(method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await server.send(method, path, { headers, ...(body === undefined ? {} : { body }) })
  assert.equal(answer.status, 200, `${method} ${path}: ${answer.text}`)
  return answer.body
}
const items = async (path: string) => (await send('GET', path))['items'] as Body[]

async function scanned() {
  let scan = await send('POST', '/api/scan-sources/model/scan', {})
  for (let i = 0; i < 600 && (scan['state'] === 'waiting' || scan['state'] === 'running'); i++) {
    await wait(100)
    scan = await send('GET', `/api/scans/${String(scan['id'])}`)
  }
  assert.equal(scan['state'], 'done', JSON.stringify(scan))
  const files = await items(`/api/scans/${String(scan['id'])}/model-files`)
  const [proof] = await items('/api/evidence?asset=bot&measure=supply-chain-manage.verify&limit=1')
  const says = files.map(({ file, gate }) => `${String(file)} ${String((gate as Body | undefined)?.['says'])}`)
  return { says: says.toSorted(), proof }
}

const findings = async () =>
  (await items('/api/scan-findings?state=open')).map(
    ({ rule, place }) => `${String(rule)} ${String((place as Body)['file'])}`,
  )

test('each model file says who vouches for it, and the scan is evidence that it was verified', async () => {
  const { says, proof } = await scanned()
  assert.deepEqual(says, ['m/a.safetensors signed', 'm/b.safetensors signed'])
  assert.equal(proof?.['supports'], true)
  const named = ['model: m/a.safetensors', 'model: m/b.safetensors']
  assert.deepEqual(proof['population'], { of: 'source', names: named, covered: named })
})

const HARM: [what: string, harm: () => void, failing: string[], finding: string | undefined][] = [
  [
    'a byte of a file changes',
    () => writeFileSync(join(folder, 'm', 'b.safetensors'), tensor('c')),
    ['model: m/b.safetensors'],
    'not-as-signed m/b.safetensors',
  ],
  [
    'its signature is broken',
    () => writeFileSync(join(folder, 'm', 'model.sig'), '{'),
    ['model: m/a.safetensors', 'model: m/b.safetensors', 'model: m/model.sig'],
    'signature-invalid m/model.sig',
  ],
  [
    'its signature is taken away',
    () => rmSync(join(folder, 'm', 'model.sig')),
    ['model: m/a.safetensors', 'model: m/b.safetensors'],
    undefined,
  ],
]

for (const [what, harm, failing, finding] of HARM) {
  test(`the proof is gone with the next scan where ${what}, and comes back when it is mended`, async () => {
    assert.equal((await scanned()).proof?.['supports'], true)
    harm()
    const { proof } = await scanned()
    assert.equal(proof?.['supports'], false)
    assert.deepEqual((proof['failing'] as string[]).toSorted(), failing)
    const open = await findings()
    assert.deepEqual(open, finding === undefined ? [] : [finding])
    for (const [name, bytes] of Object.entries(FILES)) writeFileSync(join(folder, 'm', name), bytes)
    writeFileSync(join(folder, 'm', 'model.sig'), signModel(FILES, signer.privateKey))
    assert.equal((await scanned()).proof?.['supports'], true)
    assert.deepEqual(await findings(), [])
  })
}

test('a file that nobody signed is not covered, whatever is said of the others', async () => {
  writeFileSync(join(folder, 'loose.safetensors'), tensor('x'))
  const { says, proof } = await scanned()
  rmSync(join(folder, 'loose.safetensors'))
  assert.deepEqual(says, ['loose.safetensors unsigned', 'm/a.safetensors signed', 'm/b.safetensors signed'])
  const population = proof?.['population'] as { names: string[]; covered: string[] } | undefined
  assert.deepEqual([population?.names.length, population?.covered.length], [3, 2])
})

test('gates are read when they are set, shown by name, and logged without their bytes', async () => {
  const shown = await send('PATCH', '/api/scan-sources/model', { gates: { hashes: `${'a'.repeat(64)}  x.bin` } })
  const gates = shown['gates'] as Body
  assert.match(String((gates['keys'] as string[])[0]), /^key [0-9a-f]{16}$/)
  assert.equal(gates['hashes'], 1)
  assert((await scanned()).says.includes('x.bin mismatch'))
  const { items: entries } = await server.app.store.read.log.search({ limit: 5, kind: 'scan-source.changed' })
  assert(!JSON.stringify(entries).includes('BEGIN PUBLIC'))
  const secret = signer.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  for (const bad of [
    { keys: [secret] },
    { keys: ['nonsense'] },
    { certificates: 'nonsense' },
    { hashes: 'nonsense' },
    { revision: 'main' },
    { sigstore: { trustedRoot: '{', identity: 'a@example.org', issuer: 'https://issuer.example' } },
  ]) {
    const { status, text } = await server.send('PATCH', '/api/scan-sources/model', { headers, body: { gates: bad } })
    assert.equal(status, 400, text)
    assert(text.includes(`gates.${Object.keys(bad)[0]}`), text)
    assert(!text.includes('PRIVATE'))
  }
  const none = await send('PATCH', '/api/scan-sources/model', { gates: null })
  assert.equal(none['gates'], undefined)
})
