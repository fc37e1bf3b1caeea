// Classes that are agents: made of a class of a library, or asking a model under the name of one.
import { type Call, field, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import { addAgent, ASKS, CALLED_AGENT, NO_LIBRARY } from './agent-words.ts'
import { callsWithin } from '../calls.ts'
import { classesAbove, hasChildren, lastOf } from '../class-line.ts'
import { isAnnotation, JVM } from './jvm-agents.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'
import { makesAgent } from './agent-makers.ts'

type Class = Extract<Unit['statements'][number], { kind: 'class' }>

/** What runs an agent for others to call is not the agent; its card names that. */
function isAgentOfLibrary(path: string, unit: Unit, evidence: Evidence): boolean {
  const pack = evidence.packageOf(unit, path)
  return pack !== undefined && makesAgent(lastOf(path), pack) && pack.name !== 'a2a-sdk'
}

/** `Desk(name="front-desk")`, where only a class above that one is of a library: the class itself says no name. */
export function madeOfOwn(call: Call, { unit, scope }: Around, evidence: Evidence) {
  const given = field(call, 'name')
  const word = lastName(call.callee)
  const own = given && /^[A-Z]/.test(word) ? evidence.project.classNamed(word, unit) : undefined
  if (!own) return
  const direct = own.held.bases.some((base) => isAgentOfLibrary(pathOf(base), own.unit, evidence))
  const above = classesAbove(own.held, own.unit, evidence)
  if (!above.some(({ path, unit: at }) => isAgentOfLibrary(path, at, evidence))) return
  const name = evidence.resolver.first(given, unit, scope)
  if (name === undefined) return
  addAgent(name, call.line, unit, evidence, 'class', 0.8)
  if (direct) namedWhereMade.set(evidence, [...(namedWhereMade.get(evidence) ?? []), [own.held.name, name]])
}

/** Classes that a library's agent stands above, and what the project calls those that it makes of them. */
const namedWhereMade = new WeakMap<Evidence, readonly (readonly [held: string, name: string])[]>()

/** What is made of a class under a name is the agent; the class is how it is made. */
export function mergeMade(evidence: Evidence) {
  for (const [held, name] of namedWhereMade.get(evidence) ?? []) evidence.collector.merge('agents', held, name)
}

/** Whether that is an agent. */
export function subclass(one: Class, unit: Unit, evidence: Evidence): boolean {
  const isAgent = (via: string, confidence?: number) => {
    addAgent(one.name, one.line, unit, evidence, via, confidence)
    return true
  }
  // What others below it are is no agent yet.
  const abstract = one.bases.some((base) => lastName(base) === 'ABC') || /^(?:Base|Abstract)/.test(one.name)
  if (one.bases.some((base) => isAgentOfLibrary(pathOf(base), unit, evidence)))
    return (!abstract || !hasChildren(one, evidence)) && isAgent('class')
  const annotation = JVM.test(unit.language) ? one.decorators.find(isAnnotation) : undefined
  if (annotation && evidence.packageOf(unit, 'Agent')) {
    const said = evidence.resolver.first(field(annotation, 'name'), unit, one.scope)
    addAgent(said ?? one.name, one.line, unit, evidence, 'annotation')
    return true
  }
  if (
    one.name.endsWith('Agent') &&
    one.decorators.some((each) => /^(?:RegisterAiService|AiService)(?:\(\))?$/.test(pathOf(each)))
  )
    return isAgent('annotation', 0.8)
  if (
    !CALLED_AGENT.test(one.name) ||
    one.bases.some((base) => /Model|Enum|TypedDict|State|Error|Exception|Protocol|Config/.test(lastName(base)))
  )
    return false
  if (callsWithin(unit, one.line, one.end).some((call) => ASKS.test(call))) return isAgent('own-loop', 0.75)
  // A module of DSPy, or whatever else a library about models has to be made from; it must say by name that it is from there.
  const heads = new Set(one.bases.map((base) => pathOf(base).split(/[.(]/)[0]))
  const made = evidence
    .packages(unit)
    .some(
      ({ pack, names }) =>
        names.some(({ as }) => heads.has(as)) && pack.frameworks.some((framework) => !NO_LIBRARY.test(framework)),
    )
  return made && !(abstract && hasChildren(one, evidence)) && isAgent('class', 0.7)
}
