// What a library asks where nobody says which model.
import { DEFAULT_MODELS } from '../../knowledge/default-models.ts'
import { type Call, field, lastName } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'

export function implicit(call: Call, around: Around, evidence: Evidence) {
  const name = lastName(call.callee)
  const rule = DEFAULT_MODELS.find((one) => one.calls.includes(name))
  if (!rule || around.asked) return
  const imports = [...evidence.project.index(around.unit).imports.values()]
  if (!imports.some(({ module }) => rule.from.test(module))) return
  const options = call.args.find((argument) => argument.kind === 'map')
  const chosen = rule.unless.some((word) => field(call, word) ?? field(options, word))
  const spread = call.args.some((argument) => argument.kind === 'other' || argument.kind === 'name')
  if (
    chosen ||
    (rule.positional && call.args.length > 0) ||
    (spread && rule.unless.length > 0 && !name.endsWith('ollection'))
  )
    return
  if (name.endsWith('ollection') && call.args.length > 1) return
  evidence.collector.add('models', rule.model, {
    file: around.unit.file,
    line: call.line,
    confidence: 0.7,
    stance: 'implicit',
    attributes: { role: rule.role, chosenBy: name },
  })
}
