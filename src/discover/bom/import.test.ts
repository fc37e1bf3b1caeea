// BOMs as others write them: checked with the place of what is wrong, read, and turned into things.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { checkBom } from './check.ts'
import { readBom } from './read.ts'
import { saidByBom } from './to-discovered.ts'

const CDX = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { timestamp: '2026-01-01T00:00:00Z', component: { type: 'application', name: 'bot' } },
  components: [
    { type: 'library', name: 'openai', version: '1.2.0', purl: 'pkg:pypi/openai@1.2.0', 'bom-ref': 'a' },
    { type: 'library', name: 'left-pad', purl: 'pkg:npm/left-pad@1.0.0' },
    {
      type: 'library',
      name: 'langchain-chroma',
      purl: 'pkg:pypi/langchain-chroma@0.1.0',
      components: [{ type: 'library', group: '@anthropic-ai', name: 'sdk', purl: 'pkg:npm/%40anthropic-ai/sdk@0.3' }],
    },
    { type: 'machine-learning-model', name: 'Llama', purl: 'pkg:huggingface/meta-llama/Llama-3.1-8B@main', 'bom-ref': 'm' }, // prettier-ignore
    { type: 'data', name: 'squad', 'bom-ref': 'd' },
  ],
  services: [{ name: 'https://llm.example', endpoints: ['https://llm.example/v1'] }],
  dependencies: [{ ref: 'm', dependsOn: ['d'] }],
}

const SPDX2 = {
  spdxVersion: 'SPDX-2.3',
  SPDXID: 'SPDXRef-DOCUMENT',
  creationInfo: { created: '2026-01-01T00:00:00Z', creators: ['Tool: syft-1.2.3'] },
  documentDescribes: ['SPDXRef-bot'],
  packages: [
    { SPDXID: 'SPDXRef-bot', name: 'bot', downloadLocation: 'NOASSERTION' },
    {
      SPDXID: 'SPDXRef-x',
      name: 'openai',
      versionInfo: '1.2.0',
      downloadLocation: 'NONE',
      supplier: 'Organization: OpenAI',
      licenseDeclared: 'Apache-2.0',
      checksums: [{ algorithm: 'SHA256', checksumValue: 'ab' }],
      externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:pypi/openai@1.2.0' }], // prettier-ignore
    },
  ],
  relationships: [{ spdxElementId: 'SPDXRef-x', relationshipType: 'DEPENDENCY_OF', relatedSpdxElement: 'SPDXRef-bot' }],
}

const shown = (document: unknown) => {
  const text = JSON.stringify(document, null, 1)
  const { items, links } = saidByBom(readBom(checkBom(text, 'bom.json')).bom, 'bom.json', text)
  return { items, links, text }
}

test('what is about AI becomes things under the names that scans give them, each with its line', () => {
  const { items, text } = shown(CDX)
  assert.deepEqual(items.map(({ id }) => id).toSorted(), [
    'datasets:squad',
    'endpoints:https://llm.example',
    'frameworks:langchain',
    'models:meta-llama/Llama-3.1-8B',
    'sdks:@anthropic-ai/sdk',
    'sdks:langchain-chroma',
    'sdks:openai',
    'vectorStores:chroma',
  ])
  const openai = items.find(({ id }) => id === 'sdks:openai')
  const line = text.split('\n').findIndex((one) => one.includes('"name": "openai"')) + 1
  assert.deepEqual(openai?.evidence, [{ file: 'bom.json', line }])
  assert.deepEqual(openai.attributes, { version: '1.2.0', purl: 'pkg:pypi/openai@1.2.0', saidBy: 'BOM bom.json' })
})

test('SPDX 2.3 is read where its fields mean something', () => {
  const { bom } = readBom(SPDX2)
  assert.equal(bom.subject, 'other/bot')
  assert.deepEqual(bom.links, [{ from: 'other/bot', to: 'library/openai', kind: 'uses' }])
  const { licence, supplier, hashes, downloadLocation, version } = bom.parts.find(({ id }) => id === 'library/openai') ?? {} // prettier-ignore
  assert.deepEqual([licence, supplier, hashes, downloadLocation, version], ['Apache-2.0', 'OpenAI', [{ algorithm: 'sha256', value: 'ab' }], undefined, '1.2.0']) // prettier-ignore
  assert.deepEqual(shown(SPDX2).items.map(({ id }) => id), ['sdks:openai']) // prettier-ignore
})

const [first, ...others] = CDX.components
const WRONG: [what: string, document: unknown, message: RegExp][] = [
  ['a part without a name', { ...CDX, components: [first, { type: 'library' }] }, /^components\[1\]\.name/],
  ['a type that is none', { ...CDX, components: [{ type: 'model', name: 'x' }] }, /^components\[0\]\.type: expected/],
  ['a nested part that is wrong', { ...CDX, components: [{ type: 'file', name: 'x', components: [{ type: 'file', name: 7 }] }] }, /^components\[0\]\.components\[0\]\.name/], // prettier-ignore
  ['a hash that is none', { ...CDX, components: [{ type: 'file', name: 'x', hashes: [{ alg: 'SHA-1', content: 'zz' }] }] }, /^components\[0\]\.hashes\[0\]\.content/], // prettier-ignore
  ['a list that is none', { ...CDX, components: { others } }, /^components: /],
  ['another version', { ...CDX, specVersion: '1.1' }, /^specVersion: /],
  ['an SPDX package without an id', { ...SPDX2, packages: [{ name: 'x', downloadLocation: 'NONE' }] }, /^packages\[0\]\.SPDXID/], // prettier-ignore
  ['an older SPDX', { ...SPDX2, spdxVersion: 'SPDX-2.1' }, /^spdxVersion: /],
  ['no BOM', { hello: 1 }, /is no BOM/],
]
for (const [what, document, message] of WRONG)
  test(`refused with its place: ${what}`, () => {
    assert.throws(() => checkBom(JSON.stringify(document), 'bom.json'), (error: Error) => message.test(error.message)) // prettier-ignore
  })

test('a document that readers would differ on, or that ends a stack, is refused', () => {
  assert.throws(() => checkBom('{"bomFormat":"CycloneDX","bomFormat":"x"}', 'b'), /twice/)
  assert.throws(() => checkBom(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'b'), /levels deep/)
  assert.throws(() => checkBom('<bom/>', 'b'), /no CycloneDX in XML/)
})

test('what a package manager writes of this very project is read whole, in both standards', () => {
  for (const format of ['cyclonedx', 'spdx']) {
    const text = execFileSync('npm', ['sbom', `--sbom-format=${format}`, '--package-lock-only'], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const { bom, notRead } = readBom(checkBom(text, 'bom.json'))
    assert.deepEqual(notRead, [])
    assert(bom.parts.length > 100, `${format}: ${bom.parts.length}`)
    assert(bom.links.length > 100, `${format}: ${bom.links.length}`)
    const { items } = saidByBom(bom, 'bom.json', text)
    assert(
      items.some(({ id }) => id === 'sdks:openai'),
      format,
    )
  }
})

/** One BOM written twice. */
const AS_XML = `<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.5" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79" version="1">
  <!-- made by hand -->
  <metadata><timestamp>2026-01-01T00:00:00Z</timestamp><tools><tool><name>maker</name><version>3</version></tool></tools></metadata>
  <components>
    <component type="library" bom-ref="a">
      <group>acme</group><name>openai</name><version>1.2.0</version><description><![CDATA[a <b> & c]]></description>
      <hashes><hash alg="SHA-256">${'ab'.repeat(32)}</hash></hashes>
      <licenses><license><id>Apache-2.0</id></license></licenses>
      <purl>pkg:pypi/openai@1.2.0?a=1&amp;b=2</purl>
      <externalReferences><reference type="website"><url>https://acme.io</url></reference></externalReferences>
      <components><component type="library"><name>inner&#x21;</name></component></components>
    </component>
    <component type="machine-learning-model" bom-ref="m"><name>Llama</name>
      <modelCard><modelParameters><approach><type>supervised</type></approach><task>chat</task></modelParameters></modelCard>
      <properties><property name="parapet:x">1</property></properties></component>
    <component type="data"><name>squad</name></component>
  </components>
  <services><service><name>llm</name><endpoints><endpoint>https://llm.example/v1</endpoint></endpoints><authenticated>true</authenticated></service></services>
  <dependencies><dependency ref="a"><dependency ref="m"/></dependency><dependency ref="m"/></dependencies>
</bom>
`
const AS_JSON = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
  version: 1,
  metadata: { timestamp: '2026-01-01T00:00:00Z', tools: [{ name: 'maker', version: '3' }] },
  components: [
    {
      type: 'library',
      'bom-ref': 'a',
      group: 'acme',
      name: 'openai',
      version: '1.2.0',
      description: 'a <b> & c',
      hashes: [{ alg: 'SHA-256', content: 'ab'.repeat(32) }],
      licenses: [{ license: { id: 'Apache-2.0' } }],
      purl: 'pkg:pypi/openai@1.2.0?a=1&b=2',
      externalReferences: [{ type: 'website', url: 'https://acme.io' }],
      components: [{ type: 'library', name: 'inner!' }],
    },
    {
      type: 'machine-learning-model',
      'bom-ref': 'm',
      name: 'Llama',
      modelCard: { modelParameters: { approach: { type: 'supervised' }, task: 'chat' } },
      properties: [{ name: 'parapet:x', value: '1' }],
    },
    { type: 'data', name: 'squad' },
  ],
  services: [{ name: 'llm', endpoints: ['https://llm.example/v1'], authenticated: true }],
  dependencies: [
    { ref: 'a', dependsOn: ['m'] },
    { ref: 'm', dependsOn: [] },
  ],
}

test('a CycloneDX in XML is what it is in JSON, whatever the version, with or without a byte order mark', () => {
  assert.deepEqual(checkBom(AS_XML, 'bom.xml'), AS_JSON)
  for (const version of ['1.2', '1.3', '1.7'])
    assert.ok(readBom(checkBom(`\uFEFF${AS_XML.replace('bom/1.5', `bom/${version}`)}`, 'bom.xml')).bom.parts.length > 4)
  const [line] = saidByBom(readBom(checkBom(AS_XML, 'bom.xml')).bom, 'bom.xml', AS_XML).items.flatMap(
    ({ id, evidence }) => (id.startsWith('models:') ? evidence : []),
  )
  assert.deepEqual(line, { file: 'bom.xml', line: 14 })
})

test('XML that is damaged, nests without end or declares anything is refused', () => {
  for (const text of [
    AS_XML.slice(0, -20),
    AS_XML.replace('</services>', '</service>'),
    AS_XML.replace('<bom ', '<!DOCTYPE bom [<!ENTITY a "b">]><bom '),
    AS_XML.replace('cyclonedx.org/schema/bom', 'example.org'),
    `<bom xmlns="http://cyclonedx.org/schema/bom/1.5">${'<a>'.repeat(100)}`,
    `<bom ${'a="'.repeat(100_000)}`,
    '<'.repeat(100_000),
    `${AS_XML}<bom/>`,
  ])
    assert.throws(() => checkBom(text, 'bom.xml'), { code: 'input_invalid' }, text.slice(0, 40))
})

test('SPDX 2 as tags is what it is in JSON', () => {
  const text = `SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: bot
Creator: Tool: syft-1.2.3
Created: 2026-01-01T00:00:00Z

##### Package: bot

PackageName: bot
SPDXID: SPDXRef-bot
PackageDownloadLocation: NOASSERTION

FileName: ./a.py
SPDXID: SPDXRef-a
PackageVersion: 9

PackageName: openai
SPDXID: SPDXRef-x
PackageVersion: 1.2.0
PackageSupplier: Organization: OpenAI
PackageDownloadLocation: NONE
PackageDescription: <text>of two
lines</text>
PackageChecksum: SHA256: ab
PackageLicenseDeclared: Apache-2.0
ExternalRef: PACKAGE-MANAGER purl pkg:pypi/openai@1.2.0

Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-bot
Relationship: SPDXRef-x DEPENDENCY_OF SPDXRef-bot
`
  const { bom } = readBom(checkBom(text, 'bom.spdx'))
  const { bom: other } = readBom(SPDX2)
  const undescribed = (of: typeof bom) =>
    JSON.stringify(of, (key, value) => (key === 'description' ? undefined : value))
  assert.deepEqual(JSON.parse(undescribed(bom)), JSON.parse(undescribed(other)))
  assert.equal(bom.parts.find(({ id }) => id === 'library/openai')?.description, 'of two\nlines')
  const [openai] = saidByBom(bom, 'bom.spdx', text).items
  assert.deepEqual(openai?.evidence, [{ file: 'bom.spdx', line: 18 }])
})
