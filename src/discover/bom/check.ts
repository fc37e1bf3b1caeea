// Whether a document is what it says it is, where somebody hands it in as true: the members that are read here must be as the
// standards have them, and what is wrong is named by its place. Other members are not looked at.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { parse } from '../../lib/parse.ts'
import { bomDocument } from './document.ts'
import { HASH_NAMES } from './cyclonedx-write.ts'
import { record } from './loose.ts'

const Text = z.string()
const Name = z.string().min(1)
const Texts = z.array(Text)

const COMPONENT_TYPES = ['application', 'framework', 'library', 'container', 'platform', 'operating-system', 'device', 'device-driver', 'firmware', 'file', 'machine-learning-model', 'data', 'cryptographic-asset'] as const // prettier-ignore

const HASHES = new Set([...Object.values(HASH_NAMES), 'BLAKE2b-256', 'BLAKE2b-384', 'BLAKE2b-512', 'SHA3-384', 'Streebog-256', 'Streebog-512']) // prettier-ignore

const Licence = z
  .looseObject({ license: z.looseObject({ id: Text.optional(), name: Text.optional() }).optional(), expression: Text.optional() }) // prettier-ignore
  .refine(({ license, expression }) => license !== undefined || expression !== undefined, 'neither license nor expression') // prettier-ignore
const Hash = z.looseObject({
  alg: z.string().refine((name) => HASHES.has(name), 'no hash that the standard knows'),
  content: z.string().regex(/^[a-fA-F0-9]{32,128}$/, 'not a hash in hex'),
})
const Reference = z.looseObject({ type: Name, url: Name })
const Property = z.looseObject({ name: Text.optional(), value: Text.optional() })
const Organisation = z.looseObject({ name: Text.optional() })

type Nested = z.ZodOptional<z.ZodArray<z.ZodType>>

const common = {
  'bom-ref': Name.optional(),
  name: Name,
  version: Text.optional(),
  group: Text.optional(),
  description: Text.optional(),
  licenses: z.array(Licence).optional(),
  externalReferences: z.array(Reference).optional(),
  properties: z.array(Property).optional(),
}
const Component = z.looseObject({
  ...common,
  type: z.enum(COMPONENT_TYPES),
  purl: z.string().startsWith('pkg:', 'no package URL').optional(),
  supplier: Organisation.optional(),
  publisher: Text.optional(),
  hashes: z.array(Hash).optional(),
  modelCard: z.looseObject({}).optional(),
  get components(): Nested {
    return z.array(Component).optional()
  },
})
const Service = z.looseObject({
  ...common,
  provider: Organisation.optional(),
  endpoints: Texts.optional(),
  authenticated: z.boolean().optional(),
  'x-trust-boundary': z.boolean().optional(),
  get services(): Nested {
    return z.array(Service).optional()
  },
})

const CycloneDx = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string().regex(/^1\.[2-7]$/, 'a version that is not read; 1.2 to 1.7 are'),
  version: z.int().min(1).optional(),
  serialNumber: z
    .string()
    .regex(/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'not urn:uuid:…')
    .optional(),
  metadata: z.looseObject({ timestamp: z.iso.datetime({ offset: true }).optional(), component: Component.optional() }).optional(), // prettier-ignore
  components: z.array(Component).optional(),
  services: z.array(Service).optional(),
  dependencies: z.array(z.looseObject({ ref: Name, dependsOn: Texts.optional() })).optional(),
})

const Spdx3 = z.looseObject({
  '@context': z.union([Text, z.array(z.unknown())]),
  '@graph': z.array(z.looseObject({ type: Name, spdxId: Text.optional(), '@id': Text.optional() })).min(1),
})

const Spdx2 = z.looseObject({
  spdxVersion: z.string().regex(/^SPDX-2\.[23]$/, 'a version that is not read; SPDX-2.2 and SPDX-2.3 are'),
  SPDXID: z.string().regex(/^SPDXRef-/, 'not SPDXRef-…'),
  creationInfo: z.looseObject({ created: z.iso.datetime(), creators: z.array(Name).min(1) }),
  packages: z
    .array(
      z.looseObject({
        SPDXID: z.string().regex(/^SPDXRef-/, 'not SPDXRef-…'),
        name: Name,
        versionInfo: Text.optional(),
        downloadLocation: Text,
        checksums: z.array(z.looseObject({ algorithm: Name, checksumValue: Name })).optional(),
        externalRefs: z.array(z.looseObject({ referenceType: Name, referenceLocator: Name })).optional(),
      }),
    )
    .optional(),
  relationships: z.array(z.looseObject({ spdxElementId: Name, relatedSpdxElement: Name, relationshipType: Name })).optional(), // prettier-ignore
})

/** Gives the document; throws a Failure that names the places that are wrong. */
export function checkBom(text: string, file: string): unknown {
  const document = bomDocument(text, file)
  const said = record(document)
  if (said['bomFormat'] !== undefined) return parse(CycloneDx, document)
  if (said['@graph'] !== undefined) return parse(Spdx3, document)
  if (said['spdxVersion'] !== undefined) return parse(Spdx2, document)
  throw new Failure('input_invalid', `${file} is no BOM that can be read`, {
    hint: 'CycloneDX 1.2 to 1.7, SPDX 3.0 (JSON-LD) and SPDX 2.2 and 2.3 are',
  })
}
