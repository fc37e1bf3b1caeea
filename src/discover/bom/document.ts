// What a BOM says, whichever way it is written down: JSON, CycloneDX as XML, SPDX 2 as tags.
import { Failure } from '../../lib/failure.ts'
import { jsonShape } from '../artefacts/texts/json-shape.ts'
import { fromTags, isTagDocument } from './tag-document.ts'
import { fromXml } from './xml-document.ts'

const MOST_DEPTH = 64

/** Throws a Failure where it is written in no way that is read. */
export function bomDocument(given: string, file: string): unknown {
  const text = given.replace(/^\uFEFF/, '')
  if (/^\s*</.test(text)) return fromXml(text.trim(), file)
  if (isTagDocument(text)) return fromTags(text)
  const { depth, twice } = jsonShape(text)
  if (depth > MOST_DEPTH) throw new Failure('input_invalid', `${file} nests ${depth} levels deep`)
  if (twice !== undefined)
    throw new Failure('input_invalid', `${file} says ${JSON.stringify(twice).slice(0, 60)} twice in one place`, {
      hint: 'readers would differ on which of them counts',
    })
  try {
    return JSON.parse(text)
  } catch (cause) {
    const where = cause instanceof Error ? cause.message.slice(0, 200) : ''
    throw new Failure('input_invalid', `${file} is no JSON: ${where}`, {
      cause,
      hint: 'JSON, CycloneDX as XML and SPDX 2 as tags are read',
    })
  }
}
