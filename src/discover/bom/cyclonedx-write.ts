// Writes a BOM as a CycloneDX ML-BOM, 1.6 or 1.7. What is asked over a connection is a service, everything else a
// component; what the standard has no field for becomes a property.
import { createHash } from 'node:crypto'
import { canonicalJson, type JsonObject } from '../../lib/canonical-json.ts'
import { type Bom, type BomPart, type ModelCard, SERVICE_KINDS } from '../../model/bom.ts'
import { cardProperties, partProperties, type Property } from './properties.ts'
import { lean } from './lean.ts'

export const CYCLONEDX_VERSIONS = ['1.6', '1.7'] as const
export type CycloneDxVersion = (typeof CYCLONEDX_VERSIONS)[number]

const TYPES: Partial<Record<BomPart['kind'], string>> = {
  application: 'application',
  model: 'machine-learning-model',
  dataset: 'data',
  library: 'library',
  framework: 'framework',
  container: 'container',
  file: 'file',
}
const NEAREST: Partial<Record<BomPart['kind'], string>> = { prompt: 'data', instructions: 'data', notebook: 'file' }

export const isService = ({ kind }: Pick<BomPart, 'kind'>): boolean =>
  (SERVICE_KINDS as readonly string[]).includes(kind)

export function toCycloneDx(bom: Bom, version: CycloneDxVersion): JsonObject {
  const subject = bom.parts.find(({ id }) => id === bom.subject)
  const others = bom.parts.filter(({ id }) => id !== bom.subject)
  const write = (part: BomPart) => (isService(part) ? serviceOf(part, bom) : componentOf(part, bom))
  return lean({
    $schema: `http://cyclonedx.org/schema/bom-${version}.schema.json`,
    bomFormat: 'CycloneDX',
    specVersion: version,
    serialNumber: serialOf(bom),
    version: 1,
    metadata: {
      timestamp: bom.createdAt,
      tools: { components: [{ type: 'application', name: bom.tool.name, version: bom.tool.version }] },
      component: subject && componentOf(subject, bom),
    },
    components: others.filter((part) => !isService(part)).map(write),
    services: others.filter(isService).map(write),
    dependencies: bom.parts.map(({ id }) => ({
      ref: id,
      dependsOn: [
        ...new Set(bom.links.filter(({ from, kind }) => from === id && kind !== 'provides').map(({ to }) => to)),
      ],
    })),
  }) as unknown as JsonObject
}

/** The same parts give the same number, whenever they were looked at. */
function serialOf({ subject, parts, links }: Bom): string {
  const hash = createHash('sha256')
    .update(canonicalJson({ subject, parts, links } as unknown as JsonObject))
    .digest()
  hash[6] = 0x80 | ((hash[6] ?? 0) & 0x0f)
  hash[8] = 0x80 | ((hash[8] ?? 0) & 0x3f)
  const hex = hash.toString('hex', 0, 16)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function shared(part: BomPart, properties: Property[]) {
  return {
    'bom-ref': part.id,
    name: part.name,
    version: part.version,
    description: part.description,
    licenses: part.licence === undefined ? undefined : [{ license: { name: part.licence } }],
    externalReferences:
      part.downloadLocation === undefined ? undefined : [{ type: 'distribution', url: part.downloadLocation }],
    properties,
  }
}

function componentOf(part: BomPart, bom: Bom) {
  const type = TYPES[part.kind]
  const properties = [
    ...partProperties(part, type === undefined ? ['kind', 'releasedAt'] : ['releasedAt']),
    ...linkProperties(part, bom),
  ]
  return {
    type: type ?? NEAREST[part.kind] ?? 'application',
    ...shared(part, properties),
    supplier: part.supplier === undefined ? undefined : { name: part.supplier },
    purl: part.purl,
    hashes: part.hashes?.map(({ algorithm, value }) => ({ alg: HASH_NAMES[algorithm], content: value })),
    evidence: {
      occurrences: part.occurrences.map(({ file, line }, i) => ({
        'bom-ref': `${part.id}#${i}`,
        location: file,
        line,
      })),
    },
    modelCard: part.card || part.kind === 'model' ? cardOf(part, bom) : undefined,
    data: part.data === undefined ? undefined : [dataOf(part)],
  }
}

export const HASH_NAMES: Record<(BomPart['hashes'] & object)[number]['algorithm'], string> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
  'sha3-256': 'SHA3-256',
  'sha3-512': 'SHA3-512',
  blake3: 'BLAKE3',
}

function serviceOf(part: BomPart, bom: Bom) {
  const { endpoints, authenticated, crossesTrustBoundary, trustZone, data } = part.service ?? {}
  const properties = partProperties(part, ['kind', 'purl', 'releasedAt', 'hashes', 'occurrences'])
  return {
    ...shared(part, [...properties, ...linkProperties(part, bom)]),
    provider: part.supplier === undefined ? undefined : { name: part.supplier },
    endpoints,
    authenticated,
    'x-trust-boundary': crossesTrustBoundary,
    trustZone,
    data,
  }
}

/** `dependsOn` does not say how; the kind stands beside it. */
function linkProperties(part: BomPart, { links, parts }: Bom): Property[] {
  return links
    .filter(({ from, kind, to }) => from === part.id && !isDatasetOf(part, kind, to, parts))
    .filter(
      ({ kind, to }) =>
        kind !== 'uses' || links.some((one) => one.from === part.id && one.to === to && one.kind !== kind),
    )
    .map(({ kind, to }) => ({ name: `parapet:link:${kind}`, value: to }))
}

function isDatasetOf({ kind }: BomPart, link: string, to: string, parts: readonly BomPart[]): boolean {
  return kind === 'model' && link === 'trained-on' && parts.some((part) => part.id === to && part.kind === 'dataset')
}

function dataOf({ kind, name, data = {} }: BomPart) {
  const { classification, contents, personalData, owners } = data
  return {
    type: kind === 'dataset' ? 'dataset' : kind === 'prompt' || kind === 'instructions' ? 'configuration' : 'other',
    name,
    contents: contents === undefined ? undefined : { url: contents },
    classification,
    sensitiveData: personalData === undefined ? undefined : [`personal data: ${personalData}`],
    governance: { owners: owners?.map((owner) => ({ organization: { name: owner } })) },
  }
}

function cardOf(part: BomPart, { links, parts }: Bom) {
  const card: ModelCard = part.card ?? {}
  const datasets = links.filter(({ from, kind, to }) => from === part.id && isDatasetOf(part, kind, to, parts))
  return {
    modelParameters: {
      approach: { type: card.approach },
      task: card.task,
      architectureFamily: card.family,
      modelArchitecture: card.architecture,
      datasets: datasets.map(({ to }) => ({ ref: to })),
      inputs: card.inputs?.map((format) => ({ format })),
      outputs: card.outputs?.map((format) => ({ format })),
    },
    quantitativeAnalysis: { performanceMetrics: card.metrics?.map(({ name, value }) => ({ type: name, value })) },
    considerations: {
      users: card.users,
      useCases: card.useCases,
      technicalLimitations: card.limitations,
      performanceTradeoffs: card.tradeoffs,
      ethicalConsiderations: card.ethics?.map(({ name, mitigation }) => ({ name, mitigationStrategy: mitigation })),
      environmentalConsiderations: {
        energyConsumptions: card.energy?.map(({ activity, kilowattHours }) => ({
          activity,
          // Required, and nobody knows the power station.
          energyProviders: [
            { organization: { name: 'unknown' }, energySource: 'unknown', energyProvided: cost(kilowattHours) },
          ],
          activityEnergyCost: cost(kilowattHours),
        })),
      },
    },
    properties: cardProperties(card, [
      'domains',
      'hyperparameters',
      'thresholds',
      'training',
      'preprocessing',
      'explainability',
      'standards',
      'autonomy',
      'personalData',
      'safetyRisk',
    ]),
  }
}

const cost = (value: number) => ({ value, unit: 'kWh' })
