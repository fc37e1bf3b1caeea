// A BOM from outside, whichever of the standards it follows.
import { Failure } from '../../lib/failure.ts'
import { fromCycloneDx } from './cyclonedx-read.ts'
import { record, word } from './loose.ts'
import type { ReadBom } from './sort.ts'
import { fromSpdx } from './spdx-read.ts'
import { fromSpdx2 } from './spdx2-read.ts'

export function readBom(given: unknown): ReadBom {
  const document = record(given)
  if (document['bomFormat'] === 'CycloneDX') return fromCycloneDx(document)
  if (Array.isArray(document['@graph'])) return fromSpdx(document)
  if (/^SPDX-2\.[23]$/.test(word(document['spdxVersion']) ?? '')) return fromSpdx2(document)
  throw new Failure('input_invalid', 'this is no BOM that can be read', {
    hint: 'CycloneDX 1.2 to 1.7, SPDX 3.0 (JSON-LD) and SPDX 2.2 and 2.3 are',
  })
}
