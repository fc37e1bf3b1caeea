// For tests: proofs without ceremony, and a generator of any proofs at all.
import fc from 'fast-check'
import { EVIDENCE_SOURCES, type Evidence } from '../../model/evidence.ts'

export const T0 = Date.parse('2026-05-01T00:00:00.000Z')
const HOUR_MS = 3_600_000

/** ISO time, some hours after the first of May. */
export const hours = (count: number) => new Date(T0 + count * HOUR_MS).toISOString()

let made = 0

/** Observed and received `at` hours after the first of May. */
export function proof(at: number, more: Partial<Evidence> = {}): Evidence {
  const time = hours(at)
  return {
    id: `evidence_${String(made++).padStart(9, '0')}`,
    measure: 'rate-limit.enforce',
    asset: 'shop',
    kind: 'decision',
    supports: true,
    failing: [],
    observedFrom: time,
    observedTo: time,
    collectedAt: time,
    receivedAt: time,
    collector: 'gateway',
    entry: made,
    ...more,
  }
}

const names = fc.subarray(['chat', 'search', 'admin'])

export const anyProof = (asset: fc.Arbitrary<string>): fc.Arbitrary<Evidence> =>
  fc
    .record({
      at: fc.integer({ min: 0, max: 400 }),
      kind: fc.constantFrom(...EVIDENCE_SOURCES),
      asset,
      collector: fc.constantFrom('a', 'b'),
      supports: fc.boolean(),
      names: fc.option(names, { nil: undefined }),
      covered: names,
      failing: fc.oneof(fc.constant([]), names),
      release: fc.constantFrom(undefined, '1', '2'),
    })
    .map(({ at, names: all, covered, supports, failing, release, ...rest }) =>
      proof(at, {
        ...rest,
        supports,
        failing: supports ? [] : failing,
        ...(all && all.length > 0
          ? { population: { of: 'route', names: all, covered: covered.filter((one) => all.includes(one)) } }
          : {}),
        ...(release ? { release } : {}),
      }),
    )
