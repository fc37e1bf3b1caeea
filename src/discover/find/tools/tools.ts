// Tools that a model may call, however they are declared: a decorator, a class, a description in data, an argument of a
// call, or a plain function in a list of tools.
import { isDocumentation } from '../../classify.ts'
import { type Expr, field, lastName } from '../../syntax/expr.ts'
import { HANDS, SPOKEN } from '../agents/agent-words.ts'
import { asksModel } from '../agents/asking.ts'
import { asksAnywhere } from '../agents/parts.ts'
import { described, toldInOrder, toldInText } from './described-tools.ts'
import type { Evidence } from '../evidence.ts'
import { toolOfFile } from './file-tools.ts'
import { collected, givenLater, madeOfLibrary, mergeRenamed, offered, ofFunction, ofToolMap } from './handed-tools.ts'
import { pathOfBase } from '../class-line.ts'
import { ofInterface } from './openapi-tools.ts'
import { toolOfClass } from './tool-classes.ts'
import { BASE } from './tool-words.ts'
import { type Around, FIELDED, WORDS, visitUnit } from '../visit.ts'
import { decorated } from './decorated-tools.ts'
import { called, keyed } from './called-tools.ts'
import { assigned, registered } from './kept-tools.ts'

export function findTools(evidence: Evidence) {
  for (const unit of evidence.project.units) {
    if (
      isDocumentation(unit.file) ||
      (unit.format !== 'code' && unit.format !== 'notebook' && unit.format !== 'json' && unit.format !== 'yaml')
    )
      continue
    const related =
      evidence.usesAi(unit) ||
      unit.statements.some((one) => one.kind === 'class' && one.bases.some((base) => BASE.test(pathOfBase(base))))
    if (unit.format === 'json' || unit.format === 'yaml') {
      visitUnit(unit, (expr, around) => described(expr, around, evidence, true), FIELDED)
      continue
    }
    for (const statement of unit.statements) {
      if (statement.kind === 'function') decorated(statement, unit, evidence)
      else if (statement.kind === 'class') toolOfClass(statement, unit, related, evidence)
      if (statement.kind === 'assign') registered(statement, unit, evidence)
      if (statement.kind === 'assign' && related) {
        assigned(statement, unit, evidence)
        const [, of = '', name = ''] = /^(\w+)\.(tools|functions)$/.exec(statement.target) ?? []
        const kept: Expr = { kind: 'name', name: of, line: statement.line }
        if (of !== '' && statement.value.kind === 'list')
          givenLater(
            { kind: 'member', of: kept, name, line: statement.line },
            statement.value.items,
            { unit, scope: statement.scope },
            evidence,
          )
      }
    }
    visitUnit(
      unit,
      (expr, around) => {
        described(expr, around, evidence, related)
        toldInOrder(expr, around, evidence)
        if (expr.kind === 'map' && related) ofToolMap(expr, around, evidence)
        if (expr.kind === 'call' && isToldFunctions(expr, around, evidence))
          offered(expr, lastName(expr.callee), around, evidence)
        if (!related && expr.kind === 'call' && evidence.anyAi()) {
          keyed(expr, around, evidence)
          if (isToldLikeAgent(expr)) offered(expr, lastName(expr.callee), around, evidence)
        }
        if (related && expr.kind === 'call') {
          called(expr, around, evidence)
          ofInterface(expr, around, evidence)
          madeOfLibrary(expr, around, evidence)
          ofFunction(expr, around, evidence)
        }
      },
      FIELDED,
    )
    visitUnit(unit, (expr, around) => toldInText(expr, around, evidence), WORDS)
    collected(unit, evidence)
    toolOfFile(unit, evidence)
  }
  mergeRenamed(evidence)
}

/** `Clerk(functions=[find, desk.close])`, where a class or a function of the project asks a model. */
function isToldFunctions(call: Extract<Expr, { kind: 'call' }>, { unit, scope }: Around, evidence: Evidence): boolean {
  const options = call.args.find((argument) => argument.kind === 'map')
  const given = field(call, ...FUNCTIONS) ?? field(options, ...FUNCTIONS)
  const held = given && evidence.resolver.meaning(given, unit, scope).expr
  if (held?.kind !== 'list' || held.items.length === 0 || call.callee.kind !== 'name') return false
  if (!held.items.every(({ kind }) => kind === 'name' || kind === 'member') || !asksAnywhere(evidence)) return false
  const { name } = call.callee
  const own = evidence.project.classNamed(name, unit)
  if (own) return asksModel(own.held, own.unit, evidence)
  const imported = evidence.project.index(unit).imports.get(name)
  const homes = imported ? evidence.project.unitsOf(unit, imported.module) : [unit]
  return homes.some((home) => {
    const fn = evidence.project.index(home).functions.get(imported?.name ?? name)
    return fn !== undefined && asksModel(fn, home, evidence)
  })
}

const FUNCTIONS = ['tools', 'functions']

/** `Agent(name="Desk", instructions="Help.", functions=[find])` of a library that nobody here knows. */
const isToldLikeAgent = (call: Extract<Expr, { kind: 'call' }>): boolean => {
  const options = call.args.find((argument) => argument.kind === 'map')
  return (
    [['name', 'model', 'llm'], SPOKEN, HANDS].every((words) => field(call, ...words) ?? field(options, ...words)) &&
    /agent$/i.test(lastName(call.callee))
  )
}
