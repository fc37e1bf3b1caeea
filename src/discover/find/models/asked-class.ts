// Who is asked by a class of the project that is called after a provider: `Acme::Groq.new(model: …)`.
import { providerOfClass } from '../../knowledge/providers.ts'
import { type Call, type Expr, lastName, pathOf } from '../../syntax/expr.ts'

export function providerAsked(call: Call): string | undefined {
  const made = lastName(call.callee)
  const name = made === 'new' ? (pathOf(call.callee).split('.').at(-2) ?? '') : made
  return /^[A-Z]/.test(name) ? providerOfClass(name) || undefined : undefined
}

/** The class that is told of a model, from the closest to the outermost of what it stands in. */
export function providerTold(parents: readonly Expr[]): string | undefined {
  const call = parents.find((one) => one.kind === 'call')
  return call && providerAsked(call)
}
