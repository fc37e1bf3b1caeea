// Options of a command line that choose a model.
import { type Call, type Expr, field } from '../../syntax/expr.ts'
import type { Around } from '../visit.ts'

/** An option of the command line that chooses the model, with what it is when it is not given. */
export const FLAGS = /^(?:add_argument|option|addOption|Option|Argument|StringP?|StringVarP?)$/
const FLAG = /(?:^|[\s,])-{0,2}(?:[a-z]+[-_])*model(?:[-_](?:name|id))?(?=$|[\s=,])/i

export function optionOf(call: Call, callee: string, { keys }: Around): Expr[] {
  if (!FLAGS.test(callee)) return []
  const texts = call.args.filter((argument) => argument.kind === 'text')
  const at = texts.findIndex(({ value }) => FLAG.test(value))
  const given = field(call, 'default')
  if (at < 0 && !(callee === 'Option' && FLAG.test(keys.at(-1) ?? ''))) return []
  return [
    ...(given ? [given] : []),
    ...texts.slice(at + 1).filter(({ value }) => /^\S{3,}$/.test(value) && !value.startsWith('-')),
  ]
}
