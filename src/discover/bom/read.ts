// A BOM from outside, whichever of the two standards it follows.
import { Failure } from '../../lib/failure.ts'
import { fromCycloneDx } from './cyclonedx-read.ts'
import { record } from './loose.ts'
import type { ReadBom } from './sort.ts'
import { fromSpdx } from './spdx-read.ts'

export function readBom(given: unknown): ReadBom {
  const document = record(given)
  if (document['bomFormat'] === 'CycloneDX') return fromCycloneDx(document)
  if (Array.isArray(document['@graph'])) return fromSpdx(document)
  const older = typeof document['spdxVersion'] === 'string'
  throw new Failure('input_invalid', older ? 'SPDX 2 is not read' : 'this is no BOM that can be read', {
    hint: 'CycloneDX 1.4 to 1.7 as JSON and SPDX 3.0 as JSON-LD are',
  })
}
