import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { toTar } from './tar.ts'

test('tar itself reads what was written, byte for byte, whatever its length and name', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-tar-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, length, written] of [
    ['model.pt', 0, 'model.pt'],
    ['weights.bin', 512, 'weights.bin'],
    ['../../etc/pass wd', 1000, '..-..-etc-pass-wd'],
    [`${'long'.repeat(40)}.safetensors`, 3, `${'long'.repeat(40)}.safetensors`.slice(-99)],
  ] as const) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256)
    writeFileSync(join(folder, 'one.tar'), toTar(name, bytes))
    execFileSync('tar', ['-xf', 'one.tar'], { cwd: folder })
    assert.deepEqual(new Uint8Array(readFileSync(join(folder, written))), bytes)
  }
})
