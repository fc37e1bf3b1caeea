import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runVerify } from '../../src/prove/verify/command.ts'
import { startTestServer } from '../../src/server/testing.ts'
import { CHROMIUM } from './harness.ts'

test('a report is printed as PDF, and the PDF verifies until a byte of it is changed', async (t) => {
  const server = await startTestServer({ sample: true, settings: { browser: CHROMIUM } }, t)
  const { headers } = await server.person('auditor')
  const made = await server.send('POST', '/api/reports', { headers, body: { kind: 'dossier', system: 'tariff-rules' } })
  const { entry, files } = made.body as { entry: number; files: { name: string }[] }
  const name = files.find((file) => file.name.endsWith('.pdf'))?.name ?? assert.fail(made.text)
  const { body } = await server.send('GET', `/api/reports/${entry}/files/${name}`, { headers })
  const { content, proof } = body as { content: string; proof: string }
  const bytes = Buffer.from(content, 'base64')
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-')

  const dir = await mkdtemp(join(tmpdir(), 'parapet-print-test-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  const path = join(dir, name)
  await writeFile(`${path}.proof.json`, proof)
  const verified = async (given: Buffer) => {
    await writeFile(path, given)
    return runVerify([path, '--key', server.app.log.verifierKey], () => {})
  }
  assert.equal(await verified(bytes), 0)
  const changed = Buffer.from(bytes)
  changed[changed.length >> 1] = ((changed[changed.length >> 1] ?? 0) + 1) & 0xff
  assert.equal(await verified(changed), 1)
})
