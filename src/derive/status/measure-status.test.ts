import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { loadBuiltIn } from '../../catalog/built-in.ts'
import type { Measure } from '../../catalog/catalog.ts'
import type { Evidence, EvidenceSource } from '../../model/evidence.ts'
import { STATUSES } from '../../model/status.ts'
import { strongKinds, withoutOutdated } from './last-words.ts'
import { measureStatus, type StatusContext } from './measure-status.ts'
import { anyProof, hours, proof, T0 } from './testing.ts'

const catalog = loadBuiltIn()
const at = (count: number) => new Date(T0 + count * 3_600_000)
const SHOP = { id: 'shop', kind: 'system', version: '1' }
const alone: StatusContext = { party: 'you', assets: [SHOP] }
const measure = (more: Partial<Measure> = {}): Measure => {
  const [first] = catalog.measures
  assert.ok(first)
  return { ...first, evidenceKind: 'automatic', freshness: '7d', ...more }
}
const routes = (covered: string[], more: Partial<Evidence> = {}) => ({
  population: { of: 'route', names: ['chat', 'search', 'admin', 'batch'], covered },
  ...more,
})

describe('the status of a measure', () => {
  const cases: [title: string, evidence: Evidence[], now: number, status: string, words: RegExp, more?: Partial<Measure>, context?: StatusContext][] = [
    ['without any evidence is missing', [], 1, 'missing', /No proof has arrived\. It takes a decision of the gateway or scan/],
    ['is proven by a fresh decision', [proof(0)], 167, 'proven', /Proven by decision of the gateway/],
    ['is stale once the proof is as old as the catalogue lets it be', [proof(0)], 168, 'stale', /counted until 2026-05-08/],
    ['fails when the newest proof says no', [proof(0), proof(1, { supports: false, note: 'off' })], 2, 'failing', /"off".*Mend it/],
    ['is proven again by a newer proof', [proof(0, { supports: false }), proof(1)], 2, 'proven', /Proven/],
    ['still fails when the proof against it is old', [proof(0, { supports: false })], 9000, 'failing', /It does not hold/],
    ['is partial for 3 of 4 routes, and names the fourth', [proof(0, routes(['chat', 'admin', 'batch']))], 2, 'partial', /^3 of 4 routes proven: `search` is not covered\.$/],
    ['is proven when two collectors cover all routes between them', [proof(0, routes(['chat', 'admin'])), proof(1, routes(['batch', 'search'], { collector: 'edge' }))], 2, 'proven', /4 of 4 routes/],
    ['fails for the one route that failed', [proof(0, routes(['chat', 'search', 'admin', 'batch'], { supports: false, failing: ['search'] }))], 2, 'failing', /`search` failed/],
    ['is not healed on one route by news of another', [proof(0, routes(['chat'], { supports: false, failing: ['chat'] })), proof(1, routes(['search']))], 2, 'failing', /`chat` failed/],
    ['is partial by attestation alone where a check is asked for', [proof(0, { kind: 'attestation', collector: 'ada' })], 2, 'partial', /alone is not enough/],
    ['is not lowered by an attestation beside the check', [proof(0), proof(1, { kind: 'attestation', collector: 'ada' })], 2, 'proven', /Proven/],
    ['is not healed by an attestation', [proof(0, { supports: false }), proof(1, { kind: 'attestation', collector: 'ada' })], 2, 'failing', /does not hold/],
    ['fails when a person newly says that it does not hold', [proof(0), proof(1, { kind: 'attestation', collector: 'ada', supports: false })], 2, 'failing', /attestation by ada/],
    ['is partial when tests were asked for and a scan came', [proof(0, { kind: 'scan' })], 2, 'partial', /test by attack or drill/, { evidenceKind: 'tested' }],
    ['is proven by a drill where tests are asked for', [proof(0, { kind: 'drill' })], 2, 'proven', /drill/, { evidenceKind: 'tested' }],
    ['is proven by attestation where the catalogue asks for no more', [proof(0, { kind: 'attestation' })], 2, 'proven', /attestation/, { evidenceKind: 'attested' }],
    ['ends where the document itself ends', [proof(0, { kind: 'attestation', validUntil: hours(5) })], 5, 'stale', /counted until/, { evidenceKind: 'attested', freshness: '365d' }],
    ['does not outlast the catalogue because a document says so', [proof(0, { kind: 'attestation', validUntil: hours(9000) })], 200, 'stale', /counted until 2026-05-08/, { evidenceKind: 'attested' }],
    ['of a supplier is proven by its assurance', [proof(0, { kind: 'assurance', validUntil: hours(9000) })], 2000, 'proven', /assurance of the supplier/, {}, { ...alone, party: 'supplier' }],
    ['of ours is not proven by assurance', [proof(0, { kind: 'assurance', validUntil: hours(9000) })], 2, 'partial', /alone is not enough/],
    ['ends with the release that was tested', [proof(0, { release: '0' })], 2, 'stale', /release 0, and 1 runs now/, { freshness: 'release' }],
    ['counts however old while its release runs', [proof(0, { release: '1' })], 9000, 'proven', /Proven/, { freshness: 'release' }],
    ['is stale when the proof does not say of which release', [proof(0)], 2, 'stale', /names no release/, { freshness: 'release' }],
    ['is 1 of 2 models where one is proven', [proof(0, { asset: 'claims-model' })], 2, 'partial', /^1 of 2 models proven: `fraud-model` is not covered\.$/, {}, { party: 'you', assets: [SHOP, { id: 'claims-model', kind: 'model' }, { id: 'fraud-model', kind: 'model' }, { id: 'docs', kind: 'dataset' }] }],
    ['has no gap where the system itself is proven', [proof(0), proof(0, { asset: 'claims-model' })], 2, 'proven', /Proven|1 of 1/, {}, { party: 'you', assets: [SHOP, { id: 'claims-model', kind: 'model' }, { id: 'fraud-model', kind: 'model' }] }],
    ['fails with a component, whatever the system says', [proof(0), proof(0, { asset: 'claims-model', supports: false })], 2, 'failing', /`claims-model` failed/, {}, { party: 'you', assets: [SHOP, { id: 'claims-model', kind: 'model' }] }],
    ['a proof that covers nothing proves nothing', [proof(0, routes([], { supports: false }))], 2, 'missing', /No proof/],
  ] // prettier-ignore
  for (const [title, evidence, now, status, words, more, context] of cases)
    test(title, () => {
      const report = measureStatus(measure(more), context ?? alone, evidence, at(now))
      assert.equal(report.status, status, report.reason)
      assert.match(report.reason, words)
    })

  test('says until when it counts, and turns exactly then', () => {
    const evidence = [proof(3), proof(1, { kind: 'scan', collector: 'trivy' })]
    const { validUntil } = measureStatus(measure(), alone, evidence, at(4))
    assert.equal(validUntil, hours(3 + 168))
    const before = new Date(Date.parse(validUntil ?? '') - 1)
    assert.deepEqual(
      [before, new Date(validUntil ?? '')].map((now) => measureStatus(measure(), alone, evidence, now).status),
      ['proven', 'stale'],
    )
  })
})

describe('laws of status', () => {
  const assets = [SHOP, { id: 'model-a', kind: 'model', version: '2' }, { id: 'model-b', kind: 'model' }]
  const question = fc.record({
    measure: fc.record({
      evidenceKind: fc.constantFrom('automatic' as const, 'tested' as const, 'attested' as const),
      freshness: fc.constantFrom('24h' as const, '7d' as const, 'release' as const),
    }),
    party: fc.constantFrom('you' as const, 'supplier' as const),
    evidence: fc.array(anyProof(fc.constantFrom('shop', 'model-a', 'model-b')), { maxLength: 8 }),
    now: fc.integer({ min: 0, max: 900 }),
  })
  const ask = ({ measure: some, party, evidence, now }: typeof question extends fc.Arbitrary<infer T> ? T : never) =>
    measureStatus(measure(some), { party, assets }, evidence, at(now))

  test('time alone never makes an answer better', () => {
    fc.assert(
      fc.property(question, fc.integer({ min: 0, max: 900 }), (asked, later) => {
        const then = ask({ ...asked, now: asked.now + later })
        assert.ok(STATUSES.indexOf(then.status) >= STATUSES.indexOf(ask(asked).status))
      }),
    )
  })

  test('nothing changes before the time that the answer names', () => {
    fc.assert(
      fc.property(question, fc.integer({ min: 0, max: 900 }), (asked, later) => {
        const report = ask(asked)
        const then = asked.now + later
        if (report.validUntil !== undefined && hours(then) >= report.validUntil) return
        assert.deepEqual(ask({ ...asked, now: then }), report)
      }),
    )
  })

  test('the order in which proofs are read does not matter', () => {
    fc.assert(
      fc.property(question, (asked) => {
        assert.deepEqual(ask({ ...asked, evidence: asked.evidence.toReversed() }), ask(asked))
      }),
    )
  })

  test('what is outdated can be left out without a trace', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const byAsset = Object.values(Object.groupBy(asked.evidence, ({ asset }) => asset))
        const kept = byAsset.flatMap((some) => withoutOutdated(some ?? []))
        assert.deepEqual(ask({ ...asked, evidence: kept }), ask(asked))
      }),
    )
  })

  test('without a proof for it, fresh and as strong as asked for, nothing is proven', () => {
    fc.assert(
      fc.property(question, (asked) => {
        if (ask(asked).status !== 'proven') return
        const strong = strongKinds(asked.measure, asked.party)
        const isGood = ({ kind, supports, failing }: Evidence) =>
          strong.includes(kind) && (supports || failing.length > 0)
        const without = asked.evidence.filter((one) => !isGood(one))
        assert.notEqual(ask({ ...asked, evidence: without }).status, 'proven')
        assert.equal(ask({ ...asked, evidence: [] }).status, 'missing')
      }),
    )
  })
})

describe('each check of the catalogue has a twin that fails', () => {
  const kindFor: Record<Measure['evidenceKind'], EvidenceSource> = { automatic: 'scan', tested: 'attack-result', attested: 'attestation' } // prettier-ignore
  const sabotage: Record<string, (good: Evidence) => Evidence[]> = {
    'nothing arrived': () => [],
    'it says no': (good) => [{ ...good, supports: false }],
    'one route was left out': (good) => [{ ...good, ...routes(['chat', 'search', 'admin']) }],
    'one route failed': (good) => [{ ...good, ...routes(['chat', 'search', 'admin', 'batch']), supports: false, failing: ['admin'] }],
    'it is of ten years ago': (good) => [{ ...good, observedTo: '2016-05-01T00:00:00.000Z', release: '0' }],
    'it is of another system': (good) => [{ ...good, asset: 'other' }],
  } // prettier-ignore
  test('for all measures', () => {
    assert.equal(catalog.measures.length, 207)
    for (const one of catalog.measures) {
      const good = proof(0, { measure: one.id, kind: kindFor[one.evidenceKind], release: '1' })
      const statusOf = (evidence: Evidence[]) => measureStatus(one, alone, evidence.filter(({ asset }) => asset === 'shop'), at(1)).status // prettier-ignore
      assert.equal(statusOf([good]), 'proven', one.id)
      for (const [how, twist] of Object.entries(sabotage)) assert.notEqual(statusOf(twist(good)), 'proven', `${one.id}: ${how}`) // prettier-ignore
      if (one.evidenceKind !== 'attested')
        assert.equal(statusOf([{ ...good, kind: 'attestation' }]), 'partial', `${one.id}: somebody said so`)
    }
  })
})
