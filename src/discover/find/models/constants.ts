// Constants that client libraries have for the names of models.
import { type Expr, pathOf } from '../../syntax/expr.ts'
import { tabled } from './mentions.ts'
import { nameOfConstant } from './names.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'
import { add } from './add-model.ts'

/** The constants of client libraries. Those of the project itself are followed, not read. */
export function constant(
  expr: Extract<Expr, { kind: 'member' | 'name' }>,
  around: Around,
  ai: boolean,
  evidence: Evidence,
) {
  if (!ai || around.asked || tabled('', around)) return
  const path = pathOf(expr)
  const words = path.split('.').filter((word) => !/^(?:value|Value|name|id|(?:as|get|to)[A-Z]\w*)$/.test(word))
  const word = words.at(-1) ?? ''
  if (
    !/^[A-Z].*\d|^[A-Z]+(?:_[A-Z]+)+$/.test(word) ||
    /[a-z](?:Model|Client|Embedding|Service|Config|Options|Request|Api)$/.test(word) ||
    around.parents[0]?.kind === 'member'
  )
    return
  const owner = words.length > 1 ? (words[0] ?? '') : word
  const imported = evidence.project.index(around.unit).imports.get(owner)
  const library = imported && !evidence.project.isLocal(around.unit, imported.module)
  if (
    !library &&
    !(
      words.length > 1 &&
      /(?:Model|ModelName|ModelType|ChatModel)$/.test(words.at(-2) ?? '') &&
      evidence.resolver.lookup(path, around.unit, around.scope).length === 0
    )
  )
    return
  const declaredIn = words.at(-2) ?? imported?.module.split('.').at(-2) ?? ''
  const name = nameOfConstant(word, /Models?(?:(?:Name|Id|Type)s?)?$/.test(declaredIn))
  if (name !== undefined) add(name, expr.line, around, evidence, 0.85)
}
