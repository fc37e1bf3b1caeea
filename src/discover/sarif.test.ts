import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { DISCOVERED_KINDS, type Discovered, NOT_SCANNED_REASONS, type SourceFinding } from '../model/discovered.ts'
import { SEVERITIES } from '../model/finding.ts'
import { toSarif } from './sarif.ts'

const file = new URL('../../test/schemas/sarif-2.1.0.schema.json', import.meta.url)
const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
const ajv = new Ajv({ strict: false })
addFormats.default(ajv)
const valid = ajv.compile(schema)

const nothing = Object.fromEntries(DISCOVERED_KINDS.map((kind) => [kind, []])) as unknown as Discovered
const scan = (findings: SourceFinding[], notScanned: Discovered['notScanned'] = []): Discovered => ({
  ...nothing,
  links: [],
  findings,
  notScanned,
  roots: [{ path: '.', remote: 'https://git.example/shop', commit: 'a'.repeat(40) }],
  scanned: { files: 1, bytes: 1, parsed: 1, milliseconds: 1 },
})

const text = fc.string({ unit: 'binary', maxLength: 20 })
const finding: fc.Arbitrary<SourceFinding> = fc.record({
  rule: fc.constantFrom('hardcoded-key', 'unpinned-model'),
  title: text,
  severity: fc.constantFrom(...SEVERITIES),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  place: fc.record({ file: text, line: fc.integer({ min: 1, max: 1_000_000 }) }),
  subject: text,
  threats: fc.constant(['direct-prompt-injection']),
  controls: fc.constant(['prompt-injection-io-handling']),
  remedy: text,
  suppressed: fc.constantFrom({ owner: 'ann', until: '2027-01-01', reason: 'sample' }),
})

test('whatever was found, and whatever files are called, the file is valid SARIF', () => {
  const left = fc.record({ file: text, reason: fc.constantFrom(...NOT_SCANNED_REASONS), detail: text })
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 5 }), fc.array(left, { maxLength: 3 }), (findings, notScanned) => {
      const written = JSON.parse(JSON.stringify(toSarif(scan(findings, notScanned), '0.1.0'))) as unknown
      assert.ok(valid(written), JSON.stringify(valid.errors?.slice(0, 3)))
    }),
  )
})

for (const [remote, uri] of [
  ['https://git.example/shop.git', 'https://git.example/shop.git'],
  ['git@git.example:acme/shop.git', 'ssh://git@git.example/acme/shop.git'],
  ['ssh://git@git.example:22/acme/a b', 'ssh://git@git.example:22/acme/a%20b'],
  ['/srv/git/shop.git', undefined],
  ['C:\\git\\shop', undefined],
  ['file:///srv/git/shop.git', undefined],
  ['../shop', undefined],
] as const)
  test(`a remote that is ${remote} is ${uri ?? 'not told'}`, () => {
    const found = { ...scan([]), roots: [{ path: '.', remote, commit: 'a'.repeat(40) }] }
    const written = JSON.parse(JSON.stringify(toSarif(found, '0.1.0'))) as { runs: [Record<string, unknown>] }
    assert.ok(valid(written), JSON.stringify(valid.errors))
    const told = written.runs[0]['versionControlProvenance'] as { repositoryUri: string }[] | undefined
    assert.equal(told?.[0]?.repositoryUri, uri)
  })

test('the schema refuses what is wrong', () => {
  assert.equal(valid({ version: '2.1.0', runs: [{ results: [] }] }), false)
})

const one: SourceFinding = {
  rule: 'hardcoded-key',
  title: 'A key is written into the code',
  severity: 'critical',
  confidence: 0.9,
  place: { file: 'src/a b.py', line: 12 },
  subject: 'OpenAI key',
  threats: [],
  controls: [],
  remedy: 'Take it out and revoke it.',
}

interface Results {
  runs: {
    results: {
      level: string
      partialFingerprints: object
      suppressions?: object[]
      locations: { physicalLocation: { artifactLocation: { uri: string } } }[]
    }[]
  }[]
}
const resultsOf = (...findings: SourceFinding[]) =>
  (toSarif(scan(findings), '1') as unknown as Results).runs[0]?.results

test('a finding that moved a few lines keeps its fingerprint, another subject has another', () => {
  const moved = { ...one, place: { ...one.place, line: 40 } }
  const other = { ...one, subject: 'Anthropic key' }
  const [a, b, c] = resultsOf(one, moved, other) ?? []
  assert.deepEqual(a?.partialFingerprints, b?.partialFingerprints)
  assert.notDeepEqual(a?.partialFingerprints, c?.partialFingerprints)
})

test('a name with a scheme or a leading slash stays a path inside the tree', () => {
  const places = ['javascript:alert(1)', '/etc/passwd', 'a/../b', 'src/a b.py']
  const uris = resultsOf(...places.map((name) => Object.assign({}, one, { place: { file: name, line: 1 } })))?.map(
    ({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri,
  )
  assert.deepEqual(uris, ['javascript%3Aalert(1)', './etc/passwd', 'a/../b', 'src/a%20b.py'])
})

test('what somebody answers for is there, suppressed, with the reason', () => {
  const suppressed = { owner: 'ann', until: '2027-01-01', reason: 'a test key' }
  assert.deepEqual(resultsOf({ ...one, suppressed })?.[0]?.suppressions, [
    { kind: 'external', status: 'accepted', justification: 'a test key (ann, until 2027-01-01)' },
  ])
})
