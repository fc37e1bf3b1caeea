import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EVIL, join, op, pickle, scan, SHELL } from '../testing.ts'

test('ten megabytes of numbers and names before a call do not hide it, and take no long time', async () => {
  const names = Array.from({ length: 20_000 }, (_, i) => join(op.text(`name-${i}`), '\u0094'))
  const batch = join('](', ...names, 'e0', Buffer.from('K\u00010'.repeat(1000), 'latin1'))
  const body = Buffer.concat([...Array<Buffer>(Math.ceil(10_000_000 / batch.length)).fill(batch), SHELL])
  const before = process.cpuUsage()
  const { verdict, findings } = await scan('model.pkl', pickle(body))
  const { user, system } = process.cpuUsage(before)
  assert.equal(verdict, 'malicious')
  assert((findings[0]?.offset ?? 0) > 10_000_000)
  assert((user + system) / 1e6 < 5, `${(user + system) / 1e6} s of processor time`)
})

test('random bytes under the name of weights accuse nobody', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2000 }), async (bytes) => {
      assert.notEqual((await scan('weights.bin', bytes)).verdict, 'malicious')
    }),
    { numRuns: 300 },
  )
})

test('weights that begin as a pickle with a name in it and break off are no benign weights', async () => {
  const body = join(op.global('company.layers', 'Rotary'), ')\u0081', '0')
  for (const name of ['weights.bin', 'weights.dat', 'weights'])
    assert.equal((await scan(name, join('\u0080\u0004', body, Buffer.from([0xff, 0xfe])))).verdict, 'suspicious')
})

test('bytes that a call gives are not unpickled unread', async () => {
  const given = op.call(op.global('numpy.core.numeric', 'array'), op.int(3))
  const { verdict, findings } = await scan(
    'model.pkl',
    pickle(op.call(op.global('torch.storage', '_load_from_bytes'), given)),
  )
  assert.equal(verdict, 'suspicious')
  assert(findings.some(({ technique }) => technique === 'not-read'))
})

test('no bytes after or in the middle of a pickle make the scan fail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(EVIL.length), async (bytes, at) => {
      const report = await scan('model.pkl', join(EVIL.subarray(0, at), bytes, EVIL.subarray(at)))
      assert(['benign', 'suspicious', 'malicious'].includes(report.verdict))
      if (at === EVIL.length) assert.equal(report.verdict, 'malicious')
    }),
    { numRuns: 300 },
  )
})

test('an endless recursion of nested pickles ends', async () => {
  let nested = EVIL
  for (let i = 0; i < 40; i++) nested = pickle(op.list(op.bytes(nested)))
  assert.notEqual((await scan('model.pkl', nested)).verdict, 'malicious')
})

// Python keeps no hash of a tuple: one that holds another twice, sixty times over, is hashed for years.
const nested = (times: number) =>
  join(')', ...Array.from({ length: times }, (_, at) => join('\u0094h', Buffer.from([at]), '\u0086')))

for (const [title, body] of [
  ['as a key', join('}', nested(60), 'K\u0001s')],
  ['as one of many keys', join('}(', nested(60), 'K\u0001u')],
  ['as a member of a set', join('\u008f(', nested(60), '\u0090')],
  ['as a member of a frozen set', join('(', nested(60), '\u0091')],
  ['given to a function that makes a set', join('cbuiltins\nfrozenset\n](', nested(60), 'e\u0085R')],
] as const) {
  test(`tuples that take for ever to hash are told of: ${title}`, async () => {
    const { verdict, findings } = await scan('model.pkl', pickle(body))
    assert.equal(verdict, 'malicious')
    assert.deepEqual(
      findings.map(({ technique }) => technique),
      ['pickle-exhausts'],
    )
  })
}

test('tuples in tuples that nobody hashes, or few of them, accuse nobody', async () => {
  for (const body of [nested(60), join('}', nested(12), 'K\u0001s')])
    assert.equal((await scan('model.pkl', pickle(body))).verdict, 'benign')
})
