import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { STATUSES, type Status, type StatusReport } from '../../model/status.ts'
import { rollUp } from './roll-up.ts'

const report = (status: Status, validUntil?: string): StatusReport => ({
  status,
  reason: `because ${status}`,
  evidence: [`of-${status}`],
  ...(validUntil ? { validUntil } : {}),
})
const named = (statuses: readonly Status[]) => statuses.map((status, i) => [`m${i}`, report(status)] as const)
const statuses = fc.array(fc.constantFrom(...STATUSES))

test('a whole is never better than any part that it needs', () => {
  fc.assert(
    fc.property(statuses, (parts) => {
      const { status } = rollUp(named(parts), 'measure')
      for (const part of parts)
        if (part !== 'not-needed')
          assert.ok(STATUSES.indexOf(status) >= STATUSES.indexOf(part) && status !== 'not-needed')
    }),
  )
})

test('a whole is proven only where something is, and nothing else', () => {
  fc.assert(
    fc.property(statuses, (parts) => {
      const proven = parts.includes('proven') && parts.every((part) => part === 'proven' || part === 'not-needed')
      assert.equal(rollUp(named(parts), 'measure').status === 'proven', proven)
    }),
  )
})

test('a tree of wholes without any evidence is never green, however it is built', () => {
  const { tree } = fc.letrec<{ tree: StatusReport }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.constant(report('missing')),
      fc.array(tie('tree'), { maxLength: 4 }).map((parts) =>
        rollUp(
          parts.map((part, i) => [`p${i}`, part]),
          'part',
        ),
      ),
    ),
  }))
  fc.assert(fc.property(tree, ({ status }) => assert.equal(status, 'missing')))
})

test('it names the parts that make it so, and the first time that changes it', () => {
  const whole = rollUp(
    [
      ['limit', report('proven', '2026-05-02')],
      ['meter', report('missing')],
      ['alert', report('failing')],
      ['spare', report('not-needed')],
      ['page', report('proven', '2026-05-01')],
    ],
    'measure',
  )
  assert.deepEqual(
    [whole.status, whole.reason, whole.validUntil, whole.counts.proven],
    ['failing', '1 of 4 measures is failing: `alert`.', '2026-05-01', 2],
  )
  assert.match(rollUp([], 'measure').reason, /nothing is proven/)
  assert.match(rollUp(named(['not-needed']), 'measure').reason, /because not-needed/)
})
