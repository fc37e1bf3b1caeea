import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Bom,
  BOM_LINKS,
  type BomPart,
  DATA_FLOWS,
  HASHES,
  LEARNING,
  PART_KINDS,
  PRESENCE,
  SAFETY_RISKS,
  SERVICE_KINDS,
} from '../../model/bom.ts'
import { CYCLONEDX_VERSIONS, isService, toCycloneDx } from './cyclonedx-write.ts'
import { diffBoms } from './diff.ts'
import { partId } from './part-id.ts'
import { readBom } from './read.ts'
import { sortBom } from './sort.ts'
import { cycloneDx, spdx } from './testing.ts'
import { toSpdx } from './spdx-write.ts'

const word = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
const opt = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
const words = fc.array(word, { minLength: 1, maxLength: 3 })
const url = fc.webUrl()
const named = fc.uniqueArray(fc.record({ name: word, value: word }), {
  minLength: 1,
  maxLength: 3,
  selector: ({ name }) => name,
})
const presence = fc.constantFrom(...PRESENCE)

const card = fc.record({
  task: opt(word),
  approach: opt(fc.constantFrom(...LEARNING)),
  family: opt(word),
  architecture: opt(word),
  domains: opt(words),
  inputs: opt(words),
  outputs: opt(words),
  hyperparameters: opt(named),
  metrics: opt(named),
  thresholds: opt(named),
  users: opt(words),
  useCases: opt(words),
  limitations: opt(words),
  tradeoffs: opt(words),
  ethics: opt(fc.array(fc.record({ name: word, mitigation: opt(word) }), { minLength: 1, maxLength: 2 })),
  energy: opt(
    fc.constantFrom(
      [{ activity: 'training' as const, kilowattHours: 1200.5 }],
      [
        { activity: 'training' as const, kilowattHours: 3 },
        { activity: 'inference' as const, kilowattHours: 0.25 },
      ],
    ),
  ),
  training: opt(word),
  preprocessing: opt(words),
  explainability: opt(words),
  standards: opt(words),
  autonomy: opt(presence),
  personalData: opt(presence),
  safetyRisk: opt(fc.constantFrom(...SAFETY_RISKS)),
})

const service = fc.record({
  endpoints: opt(fc.array(url, { minLength: 1, maxLength: 2 })),
  authenticated: opt(fc.boolean()),
  crossesTrustBoundary: opt(fc.boolean()),
  trustZone: opt(word),
  data: opt(
    fc.array(fc.record({ flow: fc.constantFrom(...DATA_FLOWS), classification: word }), { minLength: 1, maxLength: 2 }),
  ),
})

const data = fc.record({
  classification: fc.constant('internal'),
  contents: opt(url),
  personalData: opt(presence),
  owners: opt(words),
})

const hex: Record<(typeof HASHES)[number], number> = {
  md5: 32,
  sha1: 40,
  sha256: 64,
  sha384: 96,
  sha512: 128,
  'sha3-256': 64,
  'sha3-512': 128,
  blake3: 64,
}

const part = fc
  .record({
    kind: fc.constantFrom(...PART_KINDS, ...SERVICE_KINDS),
    name: word,
    version: opt(word),
    supplier: opt(word),
    description: opt(word),
    purl: opt(word.map((name) => `pkg:generic/${encodeURIComponent(name)}@1`)),
    licence: opt(fc.constantFrom('MIT', 'Apache-2.0', 'our own')),
    downloadLocation: opt(url),
    releasedAt: opt(fc.constantFrom('2026-01-02T03:04:05Z', 'last winter')),
    hashes: opt(fc.constantFrom(...HASHES).map((algorithm) => [{ algorithm, value: 'ab'.repeat(hex[algorithm] / 2) }])),
    occurrences: fc.uniqueArray(fc.record({ file: word, line: opt(fc.integer({ min: 1, max: 99_999 })) }), {
      maxLength: 3,
      selector: ({ file, line }) => `${file}#${line}`,
    }),
    card,
    service,
    data,
    properties: opt(fc.constantFrom({ 'found by': 'a person' }, { a: '1', b: '' })),
  })
  .map((one): BomPart => {
    const { card: model, service: asked, data: content, ...rest } = one
    return Object.assign(
      rest,
      { id: partId(one.kind, one.name) },
      one.kind === 'model' && { card: model },
      isService(one) && { service: asked },
      ['dataset', 'prompt'].includes(one.kind) && { data: content },
    )
  })

const bom = fc.uniqueArray(part, { minLength: 1, maxLength: 8, selector: ({ id }) => id }).chain((parts) => {
  const subject: BomPart = { id: partId('application', 'shop'), kind: 'application', name: 'shop', occurrences: [] }
  const all = [subject, ...parts.filter(({ id }) => id !== subject.id)]
  const id = fc.constantFrom(...all.map((one) => one.id))
  const links = fc.array(fc.record({ from: id, to: id, kind: fc.constantFrom(...BOM_LINKS) }), { maxLength: 8 })
  return links.map((some): Bom =>
    sortBom({
      subject: subject.id,
      createdAt: '2026-11-21T10:00:00Z',
      tool: { name: 'parapet', version: '0.1.0' },
      parts: structuredClone(all),
      links: some.map((link) => ({ ...link })),
    }),
  )
})

for (const version of CYCLONEDX_VERSIONS) {
  test(`a BOM is valid CycloneDX ${version} and comes back as it was`, () => {
    const valid = cycloneDx[version]
    assert.ok(valid)
    fc.assert(
      fc.property(bom, (one) => {
        const written = JSON.parse(JSON.stringify(toCycloneDx(one, version))) as unknown
        assert.ok(valid(written), JSON.stringify(valid.errors?.slice(0, 3)))
        assert.deepEqual(readBom(written), { bom: one, notRead: [] })
      }),
      { numRuns: 300 },
    )
  })
}

test('a BOM is valid SPDX 3.0.1 and comes back as it was', () => {
  fc.assert(
    fc.property(bom, (one) => {
      const written = JSON.parse(JSON.stringify(toSpdx(one))) as unknown
      assert.ok(spdx(written), JSON.stringify(spdx.errors?.slice(-3)))
      assert.deepEqual(readBom(written), { bom: one, notRead: [] })
    }),
    { numRuns: 60 },
  )
})

test('the schemas refuse what is wrong', () => {
  const one = shop([{ kind: 'model', name: 'm', occurrences: [{ file: 'a', line: 1 }] }])
  const wrongType = JSON.stringify(toCycloneDx(one, '1.7')).replace('machine-learning-model', 'mind')
  assert.equal(cycloneDx['1.7']?.(JSON.parse(wrongType)), false)
  const wrongClass = JSON.stringify(toSpdx(one)).replace('ai_AIPackage', 'ai_Mind')
  assert.equal(spdx(JSON.parse(wrongClass)), false)
  const wrongPurpose = JSON.stringify(toSpdx(one)).replace('"model"', '"mind"')
  assert.equal(spdx(JSON.parse(wrongPurpose)), false)
})

test('ids in a document are unique', () => {
  fc.assert(
    fc.property(bom, (one) => {
      const graph = (toSpdx(one) as { '@graph': { spdxId?: string }[] })['@graph']
      const ids = graph.flatMap(({ spdxId }) => spdxId ?? [])
      assert.equal(new Set(ids).size, ids.length)
    }),
  )
})

test('the same parts give the same bytes, whatever the order and the day', () => {
  fc.assert(
    fc.property(bom, (one) => {
      const turned = sortBom({ ...one, parts: one.parts.toReversed(), links: one.links.toReversed() })
      assert.equal(JSON.stringify(toCycloneDx(turned, '1.7')), JSON.stringify(toCycloneDx(one, '1.7')))
      const later = { ...one, createdAt: '2027-01-01T00:00:00Z' }
      assert.equal(toCycloneDx(later, '1.7')['serialNumber'], toCycloneDx(one, '1.7')['serialNumber'])
    }),
  )
})

const shop = (parts: Omit<BomPart, 'id'>[], links: Bom['links'] = []): Bom =>
  sortBom({
    subject: 'application/shop',
    createdAt: '2026-11-21T10:00:00Z',
    tool: { name: 'parapet', version: '0.1.0' },
    parts: parts.map((one) => ({ ...one, id: partId(one.kind, one.name) })),
    links,
  })

test('a line that moved is no difference, a version that changed is one', () => {
  const before = shop([
    { kind: 'model', name: 'gpt-4o', version: '2024-05-13', occurrences: [{ file: 'a.py', line: 3 }] },
  ])
  const moved = shop([
    { kind: 'model', name: 'gpt-4o', version: '2024-05-13', occurrences: [{ file: 'b.py', line: 9 }] },
  ])
  const newer = shop([{ kind: 'model', name: 'gpt-4o', version: '2024-08-06', occurrences: [] }])
  const nothing = { added: [], removed: [], changed: [], linked: [], unlinked: [] }
  assert.deepEqual(diffBoms(before, moved), nothing)
  assert.deepEqual(diffBoms(before, newer).changed, [
    { id: 'model/gpt-4o', field: 'version', before: '2024-05-13', after: '2024-08-06' },
  ])
})

test('each part says what it depends on, though it be nothing', () => {
  const { dependencies } = toCycloneDx(shop([{ kind: 'model', name: 'gpt-4o', occurrences: [] }]), '1.7')
  assert.deepEqual(dependencies, [{ ref: 'model/gpt-4o', dependsOn: [] }])
})

test('a difference from one BOM to another is the way back turned round', () => {
  fc.assert(
    fc.property(bom, bom, (a, b) => {
      const [there, back] = [diffBoms(a, b), diffBoms(b, a)]
      assert.deepEqual(there.added, back.removed)
      assert.deepEqual(there.linked, back.unlinked)
      assert.equal(there.changed.length, back.changed.length)
      assert.deepEqual(diffBoms(a, a), { added: [], removed: [], changed: [], linked: [], unlinked: [] })
    }),
  )
})

test("somebody else's CycloneDX is read: groups, nested components, services, data said in place", () => {
  const { bom: read, notRead } = readBom({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: {
      timestamp: '2026-01-01T00:00:00Z',
      tools: [{ name: 'other', version: '2' }],
      component: { type: 'application', name: 'bot', 'bom-ref': 'root' },
    },
    components: [
      {
        type: 'machine-learning-model',
        'bom-ref': 'x1',
        group: 'mistralai',
        name: 'Mistral-7B',
        licenses: [{ expression: 'Apache-2.0' }],
        modelCard: { modelParameters: { task: 'text-generation', datasets: [{ type: 'dataset', name: 'the web' }] } },
        components: [{ type: 'library', name: 'torch', version: '2.9.0' }],
      },
      { type: 'library' },
    ],
    services: [{ name: 'openai', provider: { name: 'OpenAI' }, endpoints: ['https://api.openai.com'] }],
    dependencies: [{ ref: 'root', dependsOn: ['x1', 'nowhere'] }],
  })
  assert.deepEqual(
    read.parts.map(({ id }) => id),
    ['application/bot', 'dataset/the%20web', 'endpoint/openai', 'library/torch', 'model/mistralai%2FMistral-7B'],
  )
  assert.deepEqual(read.links, [
    { from: 'application/bot', to: 'model/mistralai%2FMistral-7B', kind: 'uses' },
    { from: 'model/mistralai%2FMistral-7B', to: 'dataset/the%20web', kind: 'trained-on' },
  ])
  assert.deepEqual(notRead, ['components.1: has no name that can be used'])
})

for (const [what, given, says] of [
  ['nothing', null, /no BOM/],
  ['SPDX 2.1', { spdxVersion: 'SPDX-2.1' }, /no BOM/],
  ['CycloneDX 1.1', { bomFormat: 'CycloneDX', specVersion: '1.1' }, /specVersion/],
] as const) {
  test(`${what} is refused in words`, () => {
    assert.throws(() => readBom(given), says)
  })
}

test('whatever JSON comes in, reading ends with a BOM or with words', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.jsonValue({ maxDepth: 5 }), (a, b) => {
      for (const document of [
        { bomFormat: 'CycloneDX', specVersion: '1.7', metadata: a, components: [a, b], services: b, dependencies: a },
        { '@graph': [a, { type: 'ai_AIPackage', name: a, extension: b }, { type: 'Relationship', from: a, to: b }] },
      ]) {
        const { bom: read } = readBom(document)
        assert.ok(Array.isArray(read.parts))
      }
    }),
  )
})
