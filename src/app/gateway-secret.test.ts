// The secret of the gateway is made once, kept where only this user can read it, and never silently replaced.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gatewaySecret } from './gateway-secret.ts'

test('the secret stays the same, and nobody else can read it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const secret = gatewaySecret(folder, undefined)
  assert.deepEqual(gatewaySecret(folder, undefined), secret)
  const file = join(folder, 'keys', 'gateway.key')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(readFileSync(file, 'utf8').trim().length, 64)
  writeFileSync(file, 'half of i')
  assert.throws(() => gatewaySecret(folder, undefined), { code: 'config_invalid' })
})

test('a secret that is given makes no file and is the same on each replica', () => {
  const given = 'x'.repeat(32)
  assert.deepEqual(gatewaySecret('/nowhere', given), gatewaySecret('/nowhere/else', given))
  assert.notDeepEqual(gatewaySecret('/nowhere', given), gatewaySecret('/nowhere', `${given}y`))
})
