// What a standard has no field for travels in named properties, one a value, so that it stays readable and comes back
// whole. Both standards have such properties, under the same names here.
import { HASHES, type BomPart, type ModelCard, type Named, type Occurrence } from '../../model/bom.ts'

export interface Property {
  name: string
  value: string
}

type Shape = 'text' | 'list' | 'named'

const CARD_SHAPES = {
  task: 'text',
  approach: 'text',
  family: 'text',
  architecture: 'text',
  training: 'text',
  autonomy: 'text',
  personalData: 'text',
  safetyRisk: 'text',
  domains: 'list',
  inputs: 'list',
  outputs: 'list',
  users: 'list',
  useCases: 'list',
  limitations: 'list',
  tradeoffs: 'list',
  preprocessing: 'list',
  explainability: 'list',
  standards: 'list',
  hyperparameters: 'named',
  metrics: 'named',
  thresholds: 'named',
} as const satisfies Partial<Record<keyof ModelCard, Shape>>

type CardField = keyof typeof CARD_SHAPES

const CARD = 'parapet:card:'
const OCCURRENCE = 'parapet:occurrence'
const HASH = 'parapet:hash:'

export function cardProperties(card: ModelCard, fields: readonly CardField[]): Property[] {
  return fields.flatMap((field) => {
    const value = card[field]
    if (value === undefined) return []
    if (typeof value === 'string') return [{ name: CARD + field, value }]
    return value.map((one: string | Named) =>
      typeof one === 'string'
        ? { name: CARD + field, value: one }
        : { name: `${CARD}${field}:${one.name}`, value: one.value },
    )
  })
}

/** The other way; gives what it does not know back. */
export function cardFrom(properties: readonly Property[]): { card: Record<string, unknown>; others: Property[] } {
  const card: Record<string, unknown> = {}
  const others: Property[] = []
  for (const property of properties) {
    const [, field = '', , name = ''] = /^parapet:card:([a-zA-Z]+)(:(.*))?$/s.exec(property.name) ?? []
    if (!isCardField(field)) others.push(property)
    else if (CARD_SHAPES[field] === 'text') card[field] = property.value
    else append(card, field, CARD_SHAPES[field] === 'list' ? property.value : { name, value: property.value })
  }
  return { card, others }
}

const isCardField = (name: string): name is CardField => Object.hasOwn(CARD_SHAPES, name)

function append(card: Record<string, unknown>, field: string, value: unknown): void {
  const list = card[field]
  if (Array.isArray(list)) list.push(value)
  else card[field] = [value]
}

type PlainField = 'kind' | 'purl' | 'releasedAt' | 'downloadLocation'

/** The fields of a part that the place it is written to has no words for. */
export function partProperties(part: BomPart, fields: readonly (PlainField | 'occurrences' | 'hashes')[]): Property[] {
  const own = fields.flatMap((field): Property[] => {
    if (field === 'occurrences')
      return part.occurrences.map((one) => ({ name: OCCURRENCE, value: writeOccurrence(one) }))
    if (field === 'hashes')
      return (part.hashes ?? []).map(({ algorithm, value }) => ({ name: HASH + algorithm, value }))
    const value = part[field]
    return value === undefined ? [] : [{ name: `parapet:${field}`, value }]
  })
  return [...own, ...Object.entries(part.properties ?? {}).map(([name, value]) => ({ name, value }))]
}

export function partFrom(properties: readonly Property[]): Partial<BomPart> {
  const [part, occurrences, hashes] = [
    {} as Record<string, unknown>,
    [] as Occurrence[],
    [] as BomPart['hashes'] & object,
  ]
  const others: [string, string][] = []
  for (const { name, value } of properties) {
    const algorithm = HASHES.find((one) => name === HASH + one)
    if (name === OCCURRENCE) occurrences.push(readOccurrence(value))
    else if (algorithm !== undefined) hashes.push({ algorithm, value })
    else if (/^parapet:(kind|purl|releasedAt|downloadLocation)$/.test(name)) part[name.slice('parapet:'.length)] = value
    else others.push([name, value])
  }
  return {
    ...part,
    ...(occurrences.length > 0 && { occurrences }),
    ...(hashes.length > 0 && { hashes }),
    ...(others.length > 0 && { properties: Object.fromEntries(others) }),
  }
}

function writeOccurrence({ file, line }: Occurrence): string {
  return `${file}#${line === undefined ? '' : `L${line}`}`
}

function readOccurrence(text: string): Occurrence {
  const at = text.lastIndexOf('#')
  const line = /^L([1-9]\d{0,8})$/.exec(text.slice(at + 1))?.[1]
  if (at < 0) return { file: text }
  return line === undefined ? { file: text.slice(0, at) } : { file: text.slice(0, at), line: Number(line) }
}
