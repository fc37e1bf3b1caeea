// An answer that was to be JSON of a certain shape. What it is can only be said of the whole, so nothing goes out before
// where a misfit stops it; where it is only noted, everything flows.
import type { Json } from '../../../lib/canonical-json.ts'
import type { Finding } from '../../../model/finding.ts'
import type { Watch } from '../../guard.ts'
import { fitsSchema } from '../../json-schema.ts'

export function fittingSchema(schema: Json, onMisfit: 'note' | 'block'): Watch {
  let text = ''
  return {
    push(piece) {
      text += piece
      return { safe: onMisfit === 'block' ? 0 : text.length, findings: [], cuts: [] }
    },
    end() {
      const safe = text.length
      const note = misfitOf(text, schema)
      if (note === undefined || text === '') return { safe, findings: [], cuts: [] }
      const misfit: Finding = { ...MISFIT, start: 0, end: safe, note }
      return onMisfit === 'block'
        ? { safe, findings: [misfit], cuts: [] }
        : { safe, findings: [], cuts: [], notes: [misfit] }
    },
  }
}

function misfitOf(text: string, schema: Json): string | undefined {
  let value: Json
  try {
    value = JSON.parse(text)
  } catch {
    return 'Is no JSON, which was asked for'
  }
  return fitsSchema(value, schema) ? undefined : 'Does not fit the schema that was asked for'
}

const MISFIT: Omit<Finding, 'start' | 'end' | 'note'> = {
  detector: 'schema-misfit',
  control: 'encode-model-output',
  family: 'output',
  kind: 'schema-misfit',
  severity: 'medium',
  confidence: 1,
}
