import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { openHouse, SYSTEM_ACTOR } from '../../test/log-house.ts'
import { folderKeys, givenKeys } from './keys.ts'
import { verifyReport } from './verify.ts'

const pem = (type: 'ed25519' | 'x25519' = 'ed25519') => {
  const { privateKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

describe('keys', () => {
  test('in a folder are found by their verifier key, under the name that it carries', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'parapet-keys-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const keys = folderKeys(join(folder, 'keys'))
    assert.equal(await keys.find('a.example+00000000+AAAA'), undefined)
    const [one, two] = [await keys.next('a.example', []), await keys.next('a.example', [])]
    assert.notEqual(one.verifierKey, two.verifierKey)
    assert.equal((await keys.find(one.verifierKey))?.verifierKey, one.verifierKey)
    assert.equal(await keys.find(one.verifierKey.replace('a.example', 'b.example')), undefined)
    const [name = ''] = await readdir(join(folder, 'keys'))
    await chmod(join(folder, 'keys', name), 0o640)
    await assert.rejects(keys.find(one.verifierKey), { code: 'config_invalid' })
    await chmod(join(folder, 'keys', name), 0o600)
    await writeFile(join(folder, 'keys', name), 'not a key')
    await assert.rejects(keys.find('a.example+00000000+AAAA'), (error: Error) => !error.message.includes('not a key'))
  })

  test('that are given are used in their order, and rotation stops when none is left', async (t) => {
    const keys = givenKeys([pem(), pem()])
    const { log, record } = await openHouse(t, { keys })
    const first = log.verifierKey
    await record(2)
    const second = await log.rotate(SYSTEM_ACTOR)
    assert.deepEqual(log.verifierKeys, [first, second])
    await assert.rejects(log.rotate(SYSTEM_ACTOR), { code: 'conflict' })
    assert.equal((await verifyReport(JSON.stringify(await log.report({})), { keys: [first] })).ok, true)
  })

  test('of another kind, or that are none, are refused without being shown', () => {
    assert.throws(
      () => givenKeys(['secret']),
      (error: Error) => !error.message.includes('secret'),
    )
    assert.throws(() => givenKeys(['secret']), { code: 'config_invalid' })
    return assert.rejects(givenKeys([pem('x25519')]).next('a.example', []), { code: 'config_invalid' })
  })
})
