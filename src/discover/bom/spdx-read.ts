// Reads SPDX 3.0 in its JSON-LD form, our own or somebody else's.
import { Failure } from '../../lib/failure.ts'
import { type Bom, BOM_LINKS, type BomLink, type BomPart, HASHES } from '../../model/bom.ts'
import { list, type Loose, record, word } from './loose.ts'
import { partId } from './part-id.ts'
import { cardFrom, partFrom, type Property } from './properties.ts'
import { toPart } from './schema.ts'
import { type ReadBom, sortBom } from './sort.ts'
import { RELATIONS } from './spdx-write.ts'

const KINDS: Record<string, BomPart['kind']> = {
  application: 'application',
  model: 'model',
  data: 'dataset',
  configuration: 'prompt',
  library: 'library',
  framework: 'framework',
  container: 'container',
  file: 'file',
}
const PACKAGES = new Set(['software_Package', 'ai_AIPackage', 'dataset_DatasetPackage'])
const MOST_ELEMENTS = 500_000

export function fromSpdx(given: Loose): ReadBom {
  const elements = list(given['@graph']).map(record)
  if (elements.length > MOST_ELEMENTS)
    throw new Failure('too_large', `@graph: more than ${MOST_ELEMENTS} elements are not read`)
  const byId = new Map(elements.map((one) => [word(one['spdxId']) ?? word(one['@id']) ?? '', one]))
  const relations = Map.groupBy(
    elements.filter(({ type }) => type === 'Relationship' || type === 'LifecycleScopedRelationship'),
    ({ from }) => refOf(from),
  )
  const notRead: string[] = []
  const ids = new Map<string, string>()
  const parts = new Map<string, BomPart>()
  for (const element of elements.filter(({ type }) => PACKAGES.has(word(type) ?? ''))) {
    const part = partOf(element, relations.get(word(element['spdxId']) ?? '') ?? [], byId)
    if (part === undefined) notRead.push(`${word(element['spdxId']) ?? '@graph'}: has no name that can be used`)
    else {
      ids.set(word(element['spdxId']) ?? '', part.id)
      if (!parts.has(part.id)) parts.set(part.id, part)
    }
  }
  const info = elements.find(({ type }) => type === 'CreationInfo') ?? {}
  const root = elements.filter(({ type }) => type === 'software_Sbom').flatMap((one) => list(one['rootElement']))[0]
  const bom: Bom = {
    subject: ids.get(refOf(root)) ?? '',
    createdAt: word(info['created']) ?? '',
    tool: toolOf(byId.get(refOf(list(info['createdUsing'])[0]))),
    parts: [...parts.values()],
    links: [...relations.values()].flat().flatMap((relation) => linksOf(relation, ids)),
  }
  return { bom: sortBom(bom), notRead }
}

/** By its id, or the element itself in place. */
function refOf(value: unknown): string {
  return word(value) ?? word(record(value)['spdxId']) ?? word(record(value)['@id']) ?? ''
}

function toolOf(element: Loose = {}): Bom['tool'] {
  const text = word(element['name']) ?? ''
  const at = text.lastIndexOf('@')
  return at < 0 ? { name: text, version: '' } : { name: text.slice(0, at), version: text.slice(at + 1) }
}

function partOf(element: Loose, relations: readonly Loose[], byId: ReadonlyMap<string, Loose>): BomPart | undefined {
  const name = word(element['name']) ?? ''
  const { card, others } = cardFrom(propertiesOf(element))
  const [services, plain] = [others.filter(isOurs), others.filter((one) => !isOurs(one))]
  const own = partFrom(plain)
  const purpose = word(element['software_primaryPurpose']) ?? ''
  const isModel = element['type'] === 'ai_AIPackage'
  const kind =
    own.kind ?? (isModel ? 'model' : element['type'] === 'dataset_DatasetPackage' ? 'dataset' : KINDS[purpose])
  const spdxId = word(element['spdxId']) ?? ''
  const id = spdxId.startsWith('urn:parapet:bom:') ? spdxId.slice(spdxId.indexOf('#') + 1) : undefined
  const licence = relations.find(({ relationshipType }) => relationshipType === 'hasDeclaredLicense')
  const ethics = services.filter(({ name: one }) => one.startsWith('parapet:ethics:'))
  return toPart({
    ...own,
    id: id ?? partId(kind ?? 'other', name),
    kind: kind ?? 'other',
    name,
    version: element['software_packageVersion'],
    supplier: byId.get(refOf(element['suppliedBy']))?.['name'],
    description: element['description'],
    purl: element['software_packageUrl'],
    licence: byId.get(refOf(list(licence?.['to'])[0]))?.['simplelicensing_licenseExpression'],
    downloadLocation: element['software_downloadLocation'],
    releasedAt: element['releaseTime'] ?? own.releasedAt,
    hashes: list(element['verifiedUsing']).flatMap((one) => {
      const { algorithm, hashValue } = record(one)
      const known = HASHES.find((hash) => hash.replace('-', '_') === algorithm)
      return known === undefined ? [] : [{ algorithm: known, value: hashValue }]
    }),
    occurrences: relations
      .filter(({ relationshipType }) => relationshipType === 'hasEvidence')
      .flatMap(({ to }) => list(to))
      .flatMap((one) => occurrenceOf(byId.get(refOf(one)), byId)),
    card: {
      ...card,
      ...(isModel && modelCard(element)),
      ethics: ethics.map(({ name: one, value }) => ({
        name: one.slice('parapet:ethics:'.length),
        mitigation: value === '' ? undefined : value,
      })),
      energy: isModel ? energyOf(record(element['ai_energyConsumption'])) : energyFrom(services),
    },
    service: serviceFrom(services),
    data: {
      classification: first(services, 'data:classification'),
      contents: first(services, 'data:contents'),
      owners: all(services, 'data:owner'),
      personalData: element['dataset_hasSensitivePersonalInformation'] ?? first(services, 'data:personalData'),
    },
  })
}

const isOurs = ({ name }: Property) => /^parapet:(service|data|ethics|energy):/.test(name)

const all = (properties: readonly Property[], name: string) =>
  properties.flatMap((one) => (one.name === `parapet:${name}` ? [one.value] : []))

const first = (properties: readonly Property[], name: string) => all(properties, name)[0]

function serviceFrom(properties: readonly Property[]) {
  const flag = (name: string) => {
    const value = first(properties, name)
    return value === undefined ? undefined : value === 'true'
  }
  return {
    endpoints: all(properties, 'service:endpoint'),
    authenticated: flag('service:authenticated'),
    crossesTrustBoundary: flag('service:crossesTrustBoundary'),
    trustZone: first(properties, 'service:trustZone'),
    data: properties.flatMap(({ name, value }) => {
      const flow = /^parapet:service:data:([a-z-]+)$/.exec(name)?.[1]
      return flow === undefined ? [] : [{ flow, classification: value }]
    }),
  }
}

function energyFrom(properties: readonly Property[]) {
  return properties.flatMap(({ name, value }) => {
    const activity = /^parapet:energy:([a-z-]+)$/.exec(name)?.[1]
    return activity === undefined ? [] : [{ activity, kilowattHours: Number(value) }]
  })
}

function energyOf(given: Loose) {
  return [
    ...consumed('training', given['ai_trainingEnergyConsumption']),
    ...consumed('fine-tuning', given['ai_finetuningEnergyConsumption']),
    ...consumed('inference', given['ai_inferenceEnergyConsumption']),
  ]
}

function consumed(activity: string, listed: unknown) {
  return list(listed).flatMap((entry) => {
    const { ai_energyQuantity: quantity, ai_energyUnit: unit } = record(entry)
    const factor = unit === 'kilowattHour' ? 1 : unit === 'megajoule' ? 1 / 3.6 : Number.NaN
    const kilowattHours = Number(quantity) * factor
    return Number.isFinite(kilowattHours) ? [{ activity, kilowattHours }] : []
  })
}

function entries(listed: unknown) {
  return list(listed).flatMap((one) => {
    const { key, value } = record(one)
    return word(key) === undefined ? [] : [{ name: word(key), value: word(value) ?? '' }]
  })
}

function modelCard(element: Loose) {
  const limitation = word(element['ai_limitation'])
  return {
    ...(limitation !== undefined && { limitations: [limitation] }),
    autonomy: element['ai_autonomyType'],
    domains: element['ai_domain'],
    hyperparameters: entries(element['ai_hyperparameter']),
    metrics: entries(element['ai_metric']),
    thresholds: entries(element['ai_metricDecisionThreshold']),
    training: element['ai_informationAboutTraining'],
    preprocessing: element['ai_modelDataPreprocessing'],
    explainability: element['ai_modelExplainability'],
    safetyRisk: element['ai_safetyRiskAssessment'],
    standards: element['ai_standardCompliance'],
    family: list(element['ai_typeOfModel'])[0],
    personalData: element['ai_useSensitivePersonalInformation'],
  }
}

function occurrenceOf(element: Loose | undefined, byId: ReadonlyMap<string, Loose>) {
  if (element?.['type'] === 'software_File') return [{ file: element['name'] }]
  if (element?.['type'] !== 'software_Snippet') return []
  const file = byId.get(refOf(element['software_snippetFromFile']))?.['name']
  return [{ file, line: record(element['software_lineRange'])['beginIntegerRange'] }]
}

function linksOf(relation: Loose, ids: ReadonlyMap<string, string>): BomLink[] {
  const from = ids.get(refOf(relation['from']))
  const said = word(relation['relationshipType'])
  const other = word(relation['comment'])
  const kind = BOM_LINKS.find((one) => RELATIONS[one] === said || (said === 'other' && other === `parapet:${one}`))
  if (from === undefined || kind === undefined) return []
  return list(relation['to']).flatMap((one) => {
    const to = ids.get(refOf(one))
    return to === undefined ? [] : [{ from, to, kind }]
  })
}

function propertiesOf(element: Loose): Property[] {
  return list(element['extension']).flatMap((extension) =>
    list(record(extension)['extension_cdxProperty']).flatMap((one) => {
      const { extension_cdxPropName: name, extension_cdxPropValue: value } = record(one)
      return typeof name === 'string' ? [{ name, value: word(value) ?? '' }] : []
    }),
  )
}
