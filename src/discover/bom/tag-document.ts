// SPDX 2 as lines of `Tag: value`, turned into what the same document is as JSON.

const LINE = /^([A-Za-z]\w+):[ \t]*(?:<text>([\s\S]*?)<\/text>|(.*))$/gm
/** Tags of a package, and what JSON calls them. */
const OF_PACKAGE: Readonly<Record<string, string>> = {
  SPDXID: 'SPDXID',
  PackageVersion: 'versionInfo',
  PackageSupplier: 'supplier',
  PackageDownloadLocation: 'downloadLocation',
  PackageDescription: 'description',
  PackageSummary: 'summary',
  PackageLicenseDeclared: 'licenseDeclared',
  PackageLicenseConcluded: 'licenseConcluded',
  PrimaryPackagePurpose: 'primaryPackagePurpose',
  ReleaseDate: 'releaseDate',
}
const OF_DOCUMENT: Readonly<Record<string, string>> = {
  SPDXVersion: 'spdxVersion',
  SPDXID: 'SPDXID',
  DocumentName: 'name',
  DocumentNamespace: 'documentNamespace',
}
/** What follows is no longer about the document or a package. */
const OTHER = /^(?:FileName|SnippetSPDXID|LicenseID|Reviewer|Annotator)$/

export const isTagDocument = (text: string): boolean => /^SPDXVersion:/m.test(text.slice(0, 4096))

export function fromTags(text: string): unknown {
  const document: Record<string, unknown> = {}
  const creators: string[] = []
  const packages: Record<string, unknown>[] = []
  const relationships: object[] = []
  let created: string | undefined
  let about: Record<string, unknown> | undefined = document
  for (const [, tag = '', long, short = ''] of text.matchAll(LINE)) {
    const value = long ?? short.trim()
    if (tag === 'PackageName') packages.push((about = { name: value, checksums: [], externalRefs: [] }))
    else if (OTHER.test(tag)) about = undefined
    else if (tag === 'Creator') creators.push(value)
    else if (tag === 'Created') created = value
    else if (tag === 'Relationship') relationships.push(...relation(value))
    else if (about === undefined) continue
    else if (about === document) put(document, OF_DOCUMENT[tag], value)
    else if (tag === 'PackageChecksum') {
      const [algorithm = '', checksumValue = ''] = value.split(/:\s*/)
      add(about['checksums'], { algorithm, checksumValue })
    } else if (tag === 'ExternalRef') {
      const [referenceCategory = '', referenceType = '', referenceLocator = ''] = value.split(/\s+/)
      add(about['externalRefs'], { referenceCategory, referenceType, referenceLocator })
    } else put(about, OF_PACKAGE[tag], value)
  }
  return { ...document, creationInfo: { created, creators }, packages, relationships }
}

function put(into: Record<string, unknown>, name: string | undefined, value: string): void {
  if (name !== undefined) into[name] = value
}

function add(list: unknown, one: object): void {
  if (Array.isArray(list)) list.push(one)
}

function relation(value: string): object[] {
  const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/)
  return relatedSpdxElement === undefined ? [] : [{ spdxElementId, relationshipType, relatedSpdxElement }]
}
