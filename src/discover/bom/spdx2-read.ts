// Reads SPDX 2.2 and 2.3 as JSON, as far as its fields mean something here: packages, their licences, hashes and places, and
// how they hang together.
import type { BOM_LINKS } from '../../model/bom.ts'
import { type Bom, type BomLink, type BomPart, HASHES } from '../../model/bom.ts'
import { list, type Loose, record, word } from './loose.ts'
import { partId } from './part-id.ts'
import { toPart } from './schema.ts'
import { type ReadBom, sortBom } from './sort.ts'

const KINDS: Record<string, BomPart['kind']> = {
  APPLICATION: 'application',
  FRAMEWORK: 'framework',
  LIBRARY: 'library',
  CONTAINER: 'container',
  FILE: 'file',
}
const RELATIONS: Record<string, [kind: (typeof BOM_LINKS)[number], isBackwards: boolean]> = {
  DEPENDS_ON: ['uses', false],
  DEPENDENCY_OF: ['uses', true],
  CONTAINS: ['holds', false],
  CONTAINED_BY: ['holds', true],
  GENERATED_FROM: ['derived-from', false],
  VARIANT_OF: ['derived-from', false],
}
const MOST_PARTS = 100_000

export function fromSpdx2(given: Loose): ReadBom {
  const notRead: string[] = []
  const ids = new Map<string, string>()
  const parts = new Map<string, BomPart>()
  const packages = list(given['packages'])
  if (packages.length > MOST_PARTS) notRead.push(`packages.${MOST_PARTS}: too many parts`)
  for (const [i, one] of packages.slice(0, MOST_PARTS).entries()) {
    const element = record(one)
    const part = partOf(element)
    if (part === undefined) notRead.push(`packages.${i}: has no name that can be used`)
    else {
      ids.set(word(element['SPDXID']) ?? '', part.id)
      if (!parts.has(part.id)) parts.set(part.id, part)
    }
  }
  const relations = list(given['relationships']).map(record)
  const info = record(given['creationInfo'])
  const described = relations.find(({ relationshipType: is }) => is === 'DESCRIBES')?.['relatedSpdxElement']
  const [tool = ''] = list(info['creators']).flatMap((one) => /^Tool: (.*)$/.exec(word(one) ?? '')?.[1] ?? [])
  const bom: Bom = {
    subject: ids.get(word(described) ?? word(list(given['documentDescribes'])[0]) ?? '') ?? '',
    createdAt: word(info['created']) ?? '',
    tool: { name: tool.replace(/-[\d.]+$/, ''), version: /-([\d.]+)$/.exec(tool)?.[1] ?? '' },
    parts: [...parts.values()],
    links: relations.flatMap((one) => linkOf(one, ids)),
  }
  return { bom: sortBom(bom), notRead }
}

function partOf(given: Loose): BomPart | undefined {
  const name = word(given['name']) ?? ''
  const purl = list(given['externalRefs'])
    .map(record)
    .find(({ referenceType }) => referenceType === 'purl')?.['referenceLocator']
  const isModel = /^pkg:(?:huggingface|mlflow)\//.test(word(purl) ?? '')
  const kind = isModel ? 'model' : (KINDS[word(given['primaryPackagePurpose']) ?? ''] ?? (purl === undefined ? 'other' : 'library')) // prettier-ignore
  const licence = [given['licenseDeclared'], given['licenseConcluded']].map(said).find((one) => one !== undefined)
  return toPart({
    id: partId(kind, name),
    kind,
    name,
    version: given['versionInfo'],
    supplier: said(given['supplier'])?.replace(/^(?:Organization|Person): /, ''),
    description: given['description'] ?? given['summary'],
    purl,
    licence,
    downloadLocation: said(given['downloadLocation']),
    releasedAt: given['releaseDate'],
    hashes: list(given['checksums']).flatMap((one) => {
      const { algorithm, checksumValue: value } = record(one)
      const known = HASHES.find((hash) => hash.toUpperCase() === word(algorithm))
      return known === undefined ? [] : [{ algorithm: known, value }]
    }),
    occurrences: [],
  })
}

/** Nothing, in the words of the standard, is nothing. */
function said(value: unknown): string | undefined {
  const text = word(value)
  return text === 'NOASSERTION' || text === 'NONE' ? undefined : text
}

function linkOf(given: Loose, ids: ReadonlyMap<string, string>): BomLink[] {
  const known = RELATIONS[word(given['relationshipType']) ?? '']
  const [one, other] = [given['spdxElementId'], given['relatedSpdxElement']].map((id) => ids.get(word(id) ?? ''))
  if (known === undefined || one === undefined || other === undefined) return []
  const [kind, isBackwards] = known
  return [isBackwards ? { from: other, to: one, kind } : { from: one, to: other, kind }]
}
