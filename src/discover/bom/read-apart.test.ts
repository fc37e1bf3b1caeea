import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Failure } from '../../lib/failure.ts'
import { readBomApart } from './read-apart.ts'

const bomOf = (count: number) =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    components: Array.from({ length: count }, (_, i) => ({
      type: 'library',
      'bom-ref': `p${i}`,
      name: `package-${i}`,
      version: '1.0.0',
      purl: i === 0 ? 'pkg:pypi/openai@1.0.0' : `pkg:npm/package-${i}@1.0.0`,
      hashes: [{ alg: 'SHA-256', content: 'a'.repeat(64) }],
    })),
  })

test('a BOM is read in a thread of its own', async () => {
  const { bom, items, notRead } = await readBomApart({ text: bomOf(3), file: 'a.json' })
  assert.deepEqual([bom.parts.length, items.map(({ name }) => name), notRead], [3, ['openai'], []])
})

test('what is wrong in it is named as if it were read here', async () => {
  const text = '{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"cake","name":"x"}]}'
  await assert.rejects(readBomApart({ text, file: 'a.json' }), (error: Failure) => {
    assert.deepEqual([error.code, error.issues.map(({ path }) => path)], ['input_invalid', ['components[0].type']])
    return true
  })
})

test('whoever asks goes on while a large one on a single line is read', async () => {
  const text = bomOf(20_000)
  let [longest, last] = [0, performance.now()]
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 5)
  const started = performance.now()
  const { bom } = await readBomApart({ text, file: 'a.json' })
  clearInterval(beat)
  const all = performance.now() - started
  assert.equal(bom.parts.length, 20_000)
  assert(longest < all / 2, `it stood still for ${longest} of ${all} ms`)
})

test('one that takes too long is given up', async () => {
  await assert.rejects(readBomApart({ text: bomOf(20_000), file: 'a.json' }, 0.2), { code: 'too_large' })
})
