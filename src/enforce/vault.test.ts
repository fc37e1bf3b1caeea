// Secrets at rest: opened by who has the key and knows what they are for, by nobody else, and by a new key after a change.
import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { folderSealingKeys, givenSealingKeys, noSealingKeys } from './sealing-keys.ts'
import { createVault, sealedBy } from './vault.ts'

const SECRET = Buffer.from('sk-a-provider’s-key')
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
const now = () => new Date('2026-11-01T00:00:00Z')

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parapet-vault-'))
  t.after(() => rm(path, { recursive: true, force: true }))
  return join(path, 'keys')
}

test('what was sealed is opened for what it was sealed for, and for nothing else', async () => {
  const vault = createVault(givenSealingKeys([key(1)]))
  const sealed = await vault.seal(SECRET, 'upstream-key a')
  assert.ok(!Buffer.from(sealed, 'base64url').includes(SECRET))
  assert.deepEqual(await vault.open(sealed, 'upstream-key a'), SECRET)
  assert.notEqual(await vault.seal(SECRET, 'upstream-key a'), sealed)
  await assert.rejects(vault.open(sealed, 'upstream-key b'), { code: 'conflict' })
})

test('a sealed secret in which any character was changed opens no more', async () => {
  const vault = createVault(givenSealingKeys([key(1)]))
  const sealed = await vault.seal(SECRET, 'x')
  for (let at = 0; at < sealed.length - 1; at++) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
    await assert.rejects(vault.open(changed, 'x'), { name: 'Failure' }, `character ${at}`)
  }
  for (const broken of ['', 'pv1', 'pv1.a.b', `${sealed}.x`])
    await assert.rejects(vault.open(broken, 'x'), { name: 'Failure' })
})

test('a new first key takes over secrets without reading them, and then the old one is needed no more', async () => {
  const sealed = await createVault(givenSealingKeys([key(1)])).seal(SECRET, 'x')
  const both = createVault(givenSealingKeys([key(2), key(1)]))
  assert.deepEqual(await both.open(sealed, 'x'), SECRET)
  const again = await both.reseal(sealed, 'x')
  assert.notEqual(sealedBy(again), sealedBy(sealed))
  assert.equal(again.split('.')[3], sealed.split('.')[3])
  const onlyNew = createVault(givenSealingKeys([key(2)]))
  assert.deepEqual(await onlyNew.open(again, 'x'), SECRET)
  await assert.rejects(onlyNew.open(sealed, 'x'), { code: 'unavailable', message: /is not here/ })
})

test('the key of a data directory is made with the first secret, for this user alone, and can be renewed', async (t) => {
  const path = await folder(t)
  const vault = createVault(folderSealingKeys(path, now))
  const first = await vault.seal(SECRET, 'x')
  await vault.seal(SECRET, 'y')
  const [name = '', ...more] = await readdir(path)
  assert.deepEqual(more, [])
  assert.equal((await stat(join(path, name))).mode & 0o777, 0o600)
  const second = await vault.renew()
  assert.equal((await readdir(path)).length, 2)
  const other = createVault(folderSealingKeys(path, now))
  assert.deepEqual(await other.open(first, 'x'), SECRET)
  assert.equal(sealedBy(await other.seal(SECRET, 'z')), second)
  assert.match(await readFile(join(path, name), 'utf8'), /^[\w+/]{43}=\n$/)
})

test('keys that others can read, that are no keys, or that are missing are told', async (t) => {
  const path = await folder(t)
  await createVault(folderSealingKeys(path, now)).seal(SECRET, 'x')
  const [name = ''] = await readdir(path)
  await chmod(join(path, name), 0o640)
  await assert.rejects(createVault(folderSealingKeys(path, now)).seal(SECRET, 'x'), {
    message: /others than you can read/,
  })
  for (const text of ['', 'short', Buffer.alloc(31).toString('base64'), `${key(1)}!`]) {
    assert.throws(() => givenSealingKeys([text]), { code: 'config_invalid', message: /secrets\.keys\[0\]/ })
  }
  await assert.rejects(createVault(noSealingKeys).seal(SECRET, 'x'), {
    code: 'config_invalid',
    hint: /PARAPET_SECRETS_KEYS/,
  })
})
