// What a client says of the tools that may be called: any, none, one, or some of those that it offers. Each format has its
// own words for it, and what is not understood is never taken for leave to call all of them.
import type { Json } from '../../lib/canonical-json.ts'
import type { Turn } from '../../model/turn.ts'
import type { Claims } from './claims.ts'

export type Choice = Pick<Turn, 'toolChoice' | 'callable'>

export function chosen(
  claims: Claims,
  mode: Json | undefined,
  name: Json | undefined,
  among?: readonly (Json | undefined)[],
): Choice {
  const callable = among?.filter((one) => typeof one === 'string')
  if (typeof name === 'string') return { toolChoice: { name } }
  if (callable?.length === among?.length) {
    if (mode === 'auto' || mode === 'none' || mode === 'required') return { toolChoice: mode, callable }
    if (mode === undefined || mode === null) return { toolChoice: undefined, callable }
  }
  claims.foreign.push('tool_choice')
  return { toolChoice: undefined }
}

/** For formats that have no word for some of the tools: only those are offered. */
export function offeringCallable(turn: Turn): Turn {
  const { callable, tools } = turn
  return callable === undefined ? turn : { ...turn, tools: tools.filter(({ name }) => callable.includes(name)) }
}
