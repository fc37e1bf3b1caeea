// Reads a CycloneDX BOM, our own or somebody else's, from 1.2 on. Our own comes back whole; of others what they say in
// fields that mean something here. Nested components count as parts of their own.
import { Failure } from '../../lib/failure.ts'
import { type Bom, BOM_LINKS, type BomLink, type BomPart } from '../../model/bom.ts'
import { cardFrom, partFrom, type Property } from './properties.ts'
import { HASH_NAMES } from './cyclonedx-write.ts'
import { partId } from './part-id.ts'
import { list, record, type Loose, word } from './loose.ts'
import { toPart } from './schema.ts'
import { type ReadBom, sortBom } from './sort.ts'

const KINDS: Record<string, BomPart['kind']> = {
  application: 'application',
  'machine-learning-model': 'model',
  data: 'dataset',
  library: 'library',
  framework: 'framework',
  container: 'container',
  file: 'file',
}
const MOST_PARTS = 100_000
const DEEPEST = 32

export function fromCycloneDx(given: Loose): ReadBom {
  const version = word(given['specVersion']) ?? ''
  if (!/^1\.[2-7]$/.test(version))
    throw new Failure('input_invalid', `specVersion: CycloneDX ${version.slice(0, 20)} is not read`, {
      hint: 'the versions 1.2 to 1.7 are',
    })
  const reading: Reading = { parts: new Map(), links: [], ids: new Map(), notRead: [] }
  const metadata = record(given['metadata'])
  const main = record(metadata['component'])
  const subject = Object.keys(main).length > 0 ? readOne(reading, main, 'component', 'metadata.component') : undefined
  readAll(reading, given['components'], 'component', 'components', 0)
  readAll(reading, given['services'], 'service', 'services', 0)
  const tool = record(list(record(metadata['tools'])['components'])[0] ?? list(metadata['tools'])[0])
  const bom: Bom = {
    subject: subject ?? '',
    createdAt: word(metadata['timestamp']) ?? '',
    tool: { name: word(tool['name']) ?? '', version: word(tool['version']) ?? '' },
    parts: [...reading.parts.values()],
    links: linksOf(reading, given['dependencies']),
  }
  return { bom: sortBom(bom), notRead: reading.notRead }
}

interface Reading {
  parts: Map<string, BomPart>
  links: BomLink[]
  /** Their references, and the parts they stand for. */
  ids: Map<string, string>
  notRead: string[]
}

function readAll(reading: Reading, given: unknown, as: 'component' | 'service', place: string, depth: number): void {
  for (const [i, one] of list(given).entries()) {
    const here = `${place}.${i}`
    if (reading.parts.size >= MOST_PARTS || depth > DEEPEST) {
      reading.notRead.push(`${here}: too many parts, or nested too deeply`)
      return
    }
    const part = record(one)
    readOne(reading, part, as, here)
    readAll(reading, part['components'], 'component', `${here}.components`, depth + 1)
    readAll(reading, part['services'], 'service', `${here}.services`, depth + 1)
  }
}

function readOne(reading: Reading, given: Loose, as: 'component' | 'service', place: string): string | undefined {
  const properties = list(given['properties']).flatMap(toProperty)
  const [links, plain] = split(properties, ({ name }) => name.startsWith('parapet:link:'))
  const own = partFrom(plain)
  const kind = own.kind ?? (as === 'service' ? 'endpoint' : (KINDS[word(given['type']) ?? ''] ?? 'other'))
  const group = word(given['group'])
  const name = [group, word(given['name'])].filter(Boolean).join('/')
  const ref = word(given['bom-ref'])
  const id = own.kind !== undefined || ref === partId(kind, name) ? (ref ?? partId(kind, name)) : partId(kind, name)
  const part = toPart({
    ...own,
    id,
    kind,
    name,
    ...common(given),
    ...(as === 'service' ? service(given) : component(given, kind)),
  })
  if (part === undefined) {
    reading.notRead.push(`${place}: has no name that can be used`)
    return undefined
  }
  if (ref !== undefined) reading.ids.set(ref, id)
  if (!reading.parts.has(id)) reading.parts.set(id, part)
  for (const { name: link, value } of links) {
    const known = BOM_LINKS.find((one) => link === `parapet:link:${one}`)
    if (known !== undefined) reading.links.push({ from: id, to: value, kind: known })
  }
  for (const one of list(record(record(given['modelCard'])['modelParameters'])['datasets'])) {
    readDataset(reading, record(one), id)
  }
  return id
}

/** By reference, or said in place. */
function readDataset(reading: Reading, given: Loose, model: string): void {
  const ref = word(given['ref'])
  const name = word(given['name'])
  if (ref !== undefined) reading.links.push({ from: model, to: ref, kind: 'trained-on' })
  if (name === undefined) return
  const part = toPart({ id: partId('dataset', name), kind: 'dataset', name, occurrences: [], data: dataOf(given) })
  if (part === undefined) return
  if (!reading.parts.has(part.id)) reading.parts.set(part.id, part)
  reading.links.push({ from: model, to: part.id, kind: 'trained-on' })
}

function common(given: Loose) {
  const licence = record(list(given['licenses'])[0])
  const inner = record(licence['license'])
  const download = list(given['externalReferences'])
    .map(record)
    .find(({ type }) => type === 'distribution')
  return {
    version: given['version'],
    description: given['description'],
    licence: word(licence['expression']) ?? word(inner['id']) ?? word(inner['name']),
    ...(download && { downloadLocation: download['url'] }),
  }
}

function component(given: Loose, kind: BomPart['kind']) {
  const hashes = list(given['hashes']).map(record)
  const names = Object.entries(HASH_NAMES)
  const data = record(list(given['data'])[0])
  return {
    supplier: record(given['supplier'])['name'] ?? given['publisher'],
    purl: given['purl'],
    hashes: hashes.flatMap(({ alg, content }) => {
      const algorithm = names.find(([, name]) => name === alg)?.[0]
      return algorithm === undefined ? [] : [{ algorithm, value: content }]
    }),
    occurrences: list(record(given['evidence'])['occurrences']).map((one) => {
      const { location, line } = record(one)
      return { file: location, line }
    }),
    card: kind === 'model' || given['modelCard'] !== undefined ? cardOf(record(given['modelCard'])) : undefined,
    data: Object.keys(data).length > 0 ? dataOf(data) : undefined,
  }
}

function service(given: Loose) {
  return {
    supplier: record(given['provider'])['name'],
    service: {
      endpoints: given['endpoints'],
      authenticated: given['authenticated'],
      crossesTrustBoundary: given['x-trust-boundary'],
      trustZone: given['trustZone'],
      data: list(given['data']).map((one) => {
        const { flow, classification } = record(one)
        return { flow, classification }
      }),
    },
  }
}

function dataOf(given: Loose) {
  const personal = list(given['sensitiveData'])
    .map((one) => /^personal data: (\w+)$/.exec(word(one) ?? '')?.[1])
    .find(Boolean)
  return {
    classification: given['classification'],
    contents: record(given['contents'])['url'],
    personalData: personal,
    owners: list(record(given['governance'])['owners']).map((one) => {
      const owner = record(one)
      return record(owner['organization'])['name'] ?? record(owner['contact'])['name']
    }),
  }
}

const formats = (listed: unknown) => list(listed).flatMap((one) => word(record(one)['format']) ?? [])

function cardOf(given: Loose) {
  const parameters = record(given['modelParameters'])
  const considered = record(given['considerations'])
  const { card } = cardFrom(list(given['properties']).flatMap(toProperty))
  return {
    ...card,
    approach: record(parameters['approach'])['type'],
    task: parameters['task'],
    family: parameters['architectureFamily'],
    architecture: parameters['modelArchitecture'],
    inputs: formats(parameters['inputs']),
    outputs: formats(parameters['outputs']),
    metrics: list(record(given['quantitativeAnalysis'])['performanceMetrics']).flatMap((one) => {
      const { type, value } = record(one)
      return word(type) === undefined ? [] : [{ name: type, value: word(value) ?? '' }]
    }),
    users: considered['users'],
    useCases: considered['useCases'],
    limitations: considered['technicalLimitations'],
    tradeoffs: considered['performanceTradeoffs'],
    ethics: list(considered['ethicalConsiderations']).flatMap((one) => {
      const { name, mitigationStrategy } = record(one)
      return word(name) === undefined ? [] : [{ name, mitigation: mitigationStrategy }]
    }),
    energy: list(record(considered['environmentalConsiderations'])['energyConsumptions']).flatMap((one) => {
      const { activity, activityEnergyCost } = record(one)
      const known = activity === 'training' || activity === 'fine-tuning' || activity === 'inference'
      return known ? [{ activity, kilowattHours: record(activityEnergyCost)['value'] }] : []
    }),
  }
}

function linksOf({ parts, links, ids }: Reading, given: unknown): BomLink[] {
  const typed = links.flatMap(({ from, to, kind }) => {
    const target = parts.has(to) ? to : ids.get(to)
    return target === undefined ? [] : [{ from, to: target, kind }]
  })
  const said = new Set(typed.map(({ from, to }) => `${from} ${to}`))
  const plain = list(given).flatMap((one) => {
    const { ref, dependsOn } = record(one)
    const from = ids.get(word(ref) ?? '')
    if (from === undefined) return []
    return list(dependsOn).flatMap((target): BomLink[] => {
      const to = ids.get(word(target) ?? '')
      return to === undefined || said.has(`${from} ${to}`) ? [] : [{ from, to, kind: 'uses' }]
    })
  })
  return [...typed, ...plain]
}

function toProperty(given: unknown): Property[] {
  const { name, value } = record(given)
  return typeof name === 'string' ? [{ name, value: word(value) ?? '' }] : []
}

function split<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))]
}
