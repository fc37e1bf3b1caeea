// Writes a BOM as SPDX 3.0.1 with the AI and dataset profiles, in its JSON-LD form. Services have no class there: they are
// packages that say what they are. Each place where a part was found is a snippet of a file, tied to it as evidence.
import type { JsonObject } from '../../lib/canonical-json.ts'
import type { Bom, BomLink, BomPart, ModelCard, Named } from '../../model/bom.ts'
import { cardProperties, partProperties, type Property } from './properties.ts'
import { lean } from './lean.ts'

const NOBODY = 'https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement'
const INFO = '_:creation'

const PURPOSES: Partial<Record<BomPart['kind'], string>> = {
  application: 'application',
  model: 'model',
  dataset: 'data',
  prompt: 'configuration',
  instructions: 'configuration',
  library: 'library',
  framework: 'framework',
  container: 'container',
  notebook: 'source',
  file: 'file',
}

/** What SPDX calls a link; the rest is `other`, with our word in the comment. */
export const RELATIONS: Partial<Record<BomLink['kind'], string>> = {
  uses: 'dependsOn',
  'uses-tool': 'usesTool',
  'trained-on': 'trainedOn',
  'tested-on': 'testedOn',
  'derived-from': 'descendantOf',
  'served-by': 'hasHost',
  holds: 'contains',
}

export function toSpdx(bom: Bom): JsonObject {
  const base = `urn:parapet:bom:${bom.subject}`
  const iri = (id: string) => `${base}#${id}`
  const suppliers = [...new Set(bom.parts.flatMap(({ supplier }) => supplier ?? []))].toSorted()
  const licences = [...new Set(bom.parts.flatMap(({ licence }) => licence ?? []))].toSorted()
  const files = [...new Set(bom.parts.flatMap(({ occurrences }) => occurrences.map(({ file }) => file)))].toSorted()
  const at = (spdxId: string, type: string, rest: object) => ({ type, spdxId, creationInfo: INFO, ...rest })
  const element = (type: string, id: string, rest: object) => at(iri(id), type, rest)
  const names: Names = {
    iri,
    supplier: (name) => iri(`supplier/${encodeURIComponent(name.toWellFormed())}`),
    licence: (text) => iri(`licence/${encodeURIComponent(text.toWellFormed())}`),
    file: (path) => iri(`source/${encodeURIComponent(path.toWellFormed())}`),
  }
  const tool = element('Tool', 'tool', { name: `${bom.tool.name}@${bom.tool.version}` })
  const maker = element('SoftwareAgent', 'maker', { name: bom.tool.name })
  const content = [
    tool,
    maker,
    ...suppliers.map((name) => at(names.supplier(name), 'Organization', { name })),
    ...licences.map((text) =>
      at(names.licence(text), 'simplelicensing_LicenseExpression', { simplelicensing_licenseExpression: text }),
    ),
    ...files.map((name) => at(names.file(name), 'software_File', { name })),
    ...bom.parts.map((part) => element(...packageOf(part, names))),
    ...bom.parts.flatMap((part) => evidenceOf(part, names, element)),
    ...bom.parts.flatMap((part) =>
      part.licence === undefined
        ? []
        : [
            element('Relationship', `${part.id}#licence`, {
              from: iri(part.id),
              relationshipType: 'hasDeclaredLicense',
              to: [names.licence(part.licence)],
            }),
          ],
    ),
    ...bom.links.map(({ from, to, kind }) =>
      element('Relationship', `${from}#${kind}/${to}`, {
        from: iri(from),
        relationshipType: RELATIONS[kind] ?? 'other',
        comment: RELATIONS[kind] === undefined ? `parapet:${kind}` : undefined,
        to: [iri(to)],
      }),
    ),
  ]
  const root = bom.parts.some(({ id }) => id === bom.subject) ? [iri(bom.subject)] : []
  const sbom = element('software_Sbom', 'sbom', {
    software_sbomType: ['source'],
    rootElement: root,
    element: content.map(({ spdxId }) => spdxId),
    profileConformance: profilesOf(bom),
  })
  return lean({
    '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
    '@graph': [
      {
        type: 'CreationInfo',
        '@id': INFO,
        specVersion: '3.0.1',
        created: wholeSecond(bom.createdAt),
        createdBy: [maker.spdxId],
        createdUsing: [tool.spdxId],
      },
      element('SpdxDocument', 'document', {
        name: bom.subject,
        rootElement: [sbom.spdxId],
        element: [sbom.spdxId, ...content.map(({ spdxId }) => spdxId)],
        profileConformance: profilesOf(bom),
      }),
      sbom,
      ...content,
    ],
  }) as unknown as JsonObject
}

interface Names {
  iri(id: string): string
  supplier(name: string): string
  licence(text: string): string
  file(path: string): string
}

/** The AI profile asks for a release time and more of each model; it is claimed only where all is known. */
function profilesOf({ parts }: Bom): string[] {
  const models = parts.filter(({ kind }) => kind === 'model')
  const complete = models.every(({ supplier, version, releasedAt, downloadLocation }) =>
    [supplier, version, releasedAt, downloadLocation].every((one) => one !== undefined),
  )
  return ['core', 'software', 'simpleLicensing', 'extension', ...(models.length > 0 && complete ? ['ai'] : [])]
}

function packageOf(part: BomPart, { supplier }: Names): [string, string, object] {
  const type =
    part.kind === 'model' ? 'ai_AIPackage' : part.kind === 'dataset' ? 'dataset_DatasetPackage' : 'software_Package'
  const timed = isTime(part.releasedAt)
  const rest: Property[] = [
    ...partProperties(part, ['kind', ...(timed ? [] : (['releasedAt'] as const))]),
    ...serviceProperties(part),
  ]
  return [
    type,
    part.id,
    {
      name: part.name,
      description: part.description,
      suppliedBy: part.supplier === undefined ? (part.kind === 'model' ? NOBODY : undefined) : supplier(part.supplier),
      releaseTime: timed ? part.releasedAt : undefined,
      verifiedUsing: part.hashes?.map(({ algorithm, value }) => ({
        type: 'Hash',
        algorithm: algorithm.replace('-', '_'),
        hashValue: value,
      })),
      software_packageVersion: part.version,
      software_downloadLocation: part.downloadLocation,
      software_packageUrl: part.purl,
      software_primaryPurpose: PURPOSES[part.kind] ?? 'other',
      ...(part.kind === 'dataset' && { dataset_datasetType: ['noAssertion'] }),
      ...dataFields(part),
      ...cardFields(part),
      extension: extensionOf([...rest, ...cardRest(part)]),
    },
  ]
}

function dataFields({ kind, data }: BomPart) {
  if (kind !== 'dataset') return {}
  return { dataset_hasSensitivePersonalInformation: data?.personalData }
}

const isTime = (text: string | undefined) => text !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)

const wholeSecond = (text: string) => text.replace(/\.\d+Z$/, 'Z')

function cardFields({ kind, card }: BomPart) {
  if (kind !== 'model' || card === undefined) return {}
  const energy = (activity: string) =>
    card.energy
      ?.filter((one) => one.activity === activity)
      .map(({ kilowattHours }) => ({
        type: 'ai_EnergyConsumptionDescription',
        ai_energyQuantity: kilowattHours,
        ai_energyUnit: 'kilowattHour',
      }))
  const consumed = lean({
    ai_trainingEnergyConsumption: energy('training'),
    ai_finetuningEnergyConsumption: energy('fine-tuning'),
    ai_inferenceEnergyConsumption: energy('inference'),
  })
  return {
    ai_autonomyType: card.autonomy,
    ai_domain: card.domains,
    ai_hyperparameter: dictionary(card.hyperparameters),
    ai_metric: dictionary(card.metrics),
    ai_metricDecisionThreshold: dictionary(card.thresholds),
    ai_informationAboutTraining: card.training,
    ai_modelDataPreprocessing: card.preprocessing,
    ai_modelExplainability: card.explainability,
    ai_safetyRiskAssessment: card.safetyRisk,
    ai_standardCompliance: card.standards,
    ai_typeOfModel: card.family === undefined ? undefined : [card.family],
    ai_useSensitivePersonalInformation: card.personalData,
    ...(Object.keys(consumed).length > 0 && { ai_energyConsumption: { type: 'ai_EnergyConsumption', ...consumed } }),
  }
}

const dictionary = (entries: readonly Named[] | undefined) =>
  entries?.map(({ name, value }) => ({ type: 'DictionaryEntry', key: name, value }))

/** `ai_limitation` holds one text; several would run into each other there. */
function cardRest({ kind, card }: BomPart): Property[] {
  if (card === undefined) return []
  const ethics = card.ethics?.map(({ name, mitigation }) => ({
    name: `parapet:ethics:${name}`,
    value: mitigation ?? '',
  }))
  const rest: Parameters<typeof cardProperties>[1] = [
    'task',
    'approach',
    'architecture',
    'inputs',
    'outputs',
    'users',
    'useCases',
    'limitations',
    'tradeoffs',
  ]
  if (kind === 'model') return [...cardProperties(card, rest), ...(ethics ?? [])]
  return [...cardProperties(card, [...rest, ...ONLY_MODELS]), ...(ethics ?? []), ...energyProperties(card)]
}

const ONLY_MODELS = [
  'autonomy',
  'domains',
  'hyperparameters',
  'metrics',
  'thresholds',
  'training',
  'preprocessing',
  'explainability',
  'safetyRisk',
  'standards',
  'family',
  'personalData',
] as const

function energyProperties({ energy }: ModelCard): Property[] {
  return (energy ?? []).map(({ activity, kilowattHours }) => ({
    name: `parapet:energy:${activity}`,
    value: String(kilowattHours),
  }))
}

const one = (name: string, value: string | boolean | undefined): Property[] =>
  value === undefined ? [] : [{ name: `parapet:${name}`, value: String(value) }]

function serviceProperties({ kind, service, data }: BomPart): Property[] {
  return [
    ...(service?.endpoints ?? []).flatMap((endpoint) => one('service:endpoint', endpoint)),
    ...one('service:authenticated', service?.authenticated),
    ...one('service:crossesTrustBoundary', service?.crossesTrustBoundary),
    ...one('service:trustZone', service?.trustZone),
    ...(service?.data ?? []).flatMap(({ flow, classification }) => one(`service:data:${flow}`, classification)),
    ...one('data:classification', data?.classification),
    ...one('data:contents', data?.contents),
    ...(data?.owners ?? []).flatMap((owner) => one('data:owner', owner)),
    ...(kind === 'dataset' ? [] : one('data:personalData', data?.personalData)),
  ]
}

function extensionOf(properties: readonly Property[]) {
  if (properties.length === 0) return undefined
  return [
    {
      type: 'extension_CdxPropertiesExtension',
      extension_cdxProperty: properties.map(({ name, value }) => ({
        type: 'extension_CdxPropertyEntry',
        extension_cdxPropName: name,
        extension_cdxPropValue: value,
      })),
    },
  ]
}

function evidenceOf(
  { id, occurrences }: BomPart,
  { iri, file }: Names,
  element: (type: string, id: string, rest: object) => object & { spdxId: string },
) {
  if (occurrences.length === 0) return []
  const snippets = occurrences.flatMap(({ file: path, line }, i) =>
    line === undefined
      ? []
      : [
          element('software_Snippet', `${id}#${i}`, {
            software_snippetFromFile: file(path),
            software_lineRange: { type: 'PositiveIntegerRange', beginIntegerRange: line, endIntegerRange: line },
          }),
        ],
  )
  return [
    ...snippets,
    element('Relationship', `${id}#evidence`, {
      from: iri(id),
      relationshipType: 'hasEvidence',
      to: occurrences.map(({ file: path, line }, i) => (line === undefined ? file(path) : iri(`${id}#${i}`))),
    }),
  ]
}
