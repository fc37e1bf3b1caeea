import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proof } from '../../derive/status/testing.ts'
import { EvidenceIndex } from './evidence-index.ts'

test('a collector that reports every minute for a year is held as its last words', () => {
  const index = new EvidenceIndex()
  const rows = Array.from({ length: 20_000 }, (_, i) => proof(i))
  for (const row of rows) index.add([row])
  assert.ok(index.size < 32, `${index.size}`)
  assert.ok(
    index
      .of(['shop'])
      .get('rate-limit.enforce')
      ?.includes(rows.at(-1) ?? proof(0)),
  )
})

test('a proof is found under its asset and its measure, and nowhere else', () => {
  const index = new EvidenceIndex()
  const [shop, model, other] = [proof(0), proof(1, { asset: 'model' }), proof(2, { measure: 'monitor-use.logs' })]
  index.add([shop, model, other])
  assert.deepEqual([...index.of(['shop', 'model', 'nobody'])], [
    ['rate-limit.enforce', [shop, model]],
    ['monitor-use.logs', [other]],
  ]) // prettier-ignore
  assert.deepEqual([...index.of(['nobody'])], [])
})
