// Agents of libraries that nobody here knows, and of classes of the project's own: what a call or a class says of itself
// can mean nothing else.
import { isTest } from '../../classify.ts'
import { type Call, field, lastName, type Unit } from '../../syntax/expr.ts'
import { ABILITIES, addAgent, ASKS, CALLED_AGENT, HANDS, SPOKEN } from './agent-words.ts'
import { asksModel } from './asking.ts'
import { callsWithin } from '../calls.ts'
import { childrenOf, classesAbove, lastOf } from '../class-line.ts'
import { handedUp, hasMember, member, scopeOf } from '../class-members.ts'
import type { Evidence } from '../evidence.ts'
import { isGeneric } from './graphs.ts'
import { lastWord } from '../models/mentions.ts'
import { callsOf } from '../meanings.ts'
import { asksAnywhere } from './parts.ts'
import { modelName } from '../models/names.ts'
import { homeOf } from '../project-names.ts'
import type { ClassStatement } from '../project.ts'
import type { Around } from '../visit.ts'

/** A name, how it speaks, and a model or what it may use; where the model is known, one of these is enough. */
export function ofUnknownLibrary(call: Call, { unit, scope }: Around, evidence: Evidence) {
  const callee = lastName(call.callee)
  if (!/agent$/i.test(callee)) return
  const options = call.args.find((argument) => argument.kind === 'map')
  const said = (words: readonly string[]) => field(call, ...words) ?? field(options, ...words)
  const model = said(['model', 'llm'])
  const aims = said(['role']) && said(['goal'])
  const does = said(ABILITIES) ?? aims
  if (!does) return
  const enough =
    (said(SPOKEN) && (model ?? said(HANDS))) ??
    aims ??
    evidence.resolver.texts(model, unit, scope).some(({ text }) => modelName(text) !== undefined)
  // A class of the project that asks a model is the agent itself, whoever makes one of it.
  const made = evidence.project.classNamed(callee, unit)
  if (made && callsWithin(made.unit, made.held.line, made.held.end).some((one) => ASKS.test(one))) return
  const name = enough ? evidence.resolver.first(said(['name']), unit, scope) : undefined
  if (name !== undefined) addAgent(name, call.line, unit, evidence, callee, 0.75)
}

/** `const buyer = agent({ model, system, tools })` of a library that nobody here knows: called like what keeps it. */
export function keptOfUnknown({ target, value }: Assigned, unit: Unit, evidence: Evidence) {
  if (value.kind !== 'call' || !/agent$/i.test(lastName(value.callee))) return
  const options = value.args.find((argument) => argument.kind === 'map')
  const said = (words: readonly string[]) => field(value, ...words) ?? field(options, ...words)
  if (said(['name']) || !said(SPOKEN) || !said(['model', 'llm'])) return
  const made = evidence.project.classNamed(lastName(value.callee), unit)
  if (made && callsWithin(made.unit, made.held.line, made.held.end).some((one) => ASKS.test(one))) return
  const variable = lastWord(target)
  if (!isGeneric(variable)) addAgent(variable, value.line, unit, evidence, lastName(value.callee), 0.7)
}

type Assigned = Extract<Unit['statements'][number], { kind: 'assign' }>

/** `class Buyer(LLMAgent)`, whose base is a class of the project: it says what it is called and how it speaks, or asks a model. */
export function ofOwnBase(one: ClassStatement, unit: Unit, evidence: Evidence) {
  if (!asksAnywhere(evidence)) return
  const above = classesAbove(one, unit, evidence).filter(({ path, held }) => held && lastOf(path).endsWith('Agent'))
  const name = above.length > 0 ? nameOf(one, unit, evidence) : undefined
  if (name !== undefined && hasMember(scopeOf(one), SAYS, unit, evidence) && !isKind(one, evidence))
    return addAgent(name, one.line, unit, evidence, 'class', 0.75)
  if (!CALLED_AGENT.test(one.name)) return
  // What others are made from, and is never made itself, is no agent yet.
  if (childrenOf(one, evidence).length > 0 && callsOf(one.name, evidence).length === 0) return
  if (asksModel(one, unit, evidence)) addAgent(one.name, one.line, unit, evidence, 'class', 0.75)
}

const SAYS = [...SPOKEN, 'tools', 'available_tools', 'Instructions', 'SystemPrompt', 'SystemMessage']

function nameOf(one: ClassStatement, unit: Unit, evidence: Evidence): string | undefined {
  const scope = scopeOf(one)
  return (
    member(scope, ['name', '_name', 'agent_name', 'agentName', 'AgentName', 'Name'], unit, evidence) ??
    handedUp(scope, unit, evidence)
  )
}

/** What others below it call themselves otherwise is no agent but a kind of them. */
const isKind = (one: ClassStatement, evidence: Evidence): boolean =>
  childrenOf(one, evidence).some(({ unit, held }) => nameOf(held, unit, evidence) !== undefined)

/** `class Agent`, called no more than that: what is made of it has the name that it is kept under. */
export function madeOfPlain(evidence: Evidence) {
  const { collector } = evidence
  for (const { name, evidence: places } of collector.of('agents')) {
    const made = PLAIN.test(name) ? places.map(({ file }) => keptOf(name, file, evidence)) : []
    if (made.length > 0 && made.every((kept) => kept.length > 0)) collector.remove('agents', name)
    for (const { variable, line, at } of made.flat()) addAgent(variable, line, at, evidence, name, 0.75)
  }
}

/** What is made of the class of that name in a file, and kept under a name that says something. */
function keptOf(name: string, file: string, evidence: Evidence): { variable: string; line: number; at: Unit }[] {
  const { project } = evidence
  const unit = project.unitOf(file)
  const held = unit && project.index(unit).classes.get(name)
  if (!unit || !held) return []
  return project.units.flatMap((at) =>
    at.language === unit.language && !isTest(at.file)
      ? at.statements.flatMap((one) => {
          if (one.kind !== 'assign' || one.own || one.value.kind !== 'call' || lastName(one.value.callee) !== name)
            return []
          const variable = lastWord(one.target)
          const ofLibrary = evidence.packageOf(at, name) !== undefined
          return !isGeneric(variable) && !ofLibrary && project.classNamed(name, at)?.held === held
            ? [{ variable, line: one.line, at }]
            : []
        })
      : [],
  )
}

const PLAIN = /^(?:AI|Ai|LLM|Llm|Chat|Simple)?Agent$/

/** Folders whose name says no more than that a program is in them. */
const LAYOUT = /^(?:src|app|apps|lib|core|main|server|backend|api|pkg|internal|cmd|agents?)$/

/** A file that is called agent and asks a model, where nothing beside it was found to be one. */
export function ofFile(unit: Unit, evidence: Evidence) {
  const parts = unit.file.split('/')
  if (!/^agent\.\w+$/i.test(parts.at(-1) ?? '') || isTest(unit.file)) return
  const folder = folderOf(unit.file)
  const said = evidence.collector.said('agents')
  if (said.some(({ file }) => folderOf(file) === folder)) return
  // A step of an agent that is put together elsewhere.
  if ([...new Set(said.map(({ file }) => file))].some((file) => isImportedBy(unit, file, evidence))) return
  const asking = unit.statements.find((one) => one.kind === 'function' && asksModel(one, unit, evidence))
  if (asking?.kind !== 'function') return
  const name = parts.slice(0, -1).findLast((part) => !LAYOUT.test(part)) ?? homeOf(unit.file, evidence).name
  addAgent(name, asking.line, unit, evidence, 'own-loop', 0.7)
}

function isImportedBy(unit: Unit, file: string, { project }: Evidence): boolean {
  const at = project.unitOf(file)
  return (
    at !== undefined &&
    at.statements.some((one) => one.kind === 'import' && [...project.unitsOf(at, one.module)].includes(unit))
  )
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1)
