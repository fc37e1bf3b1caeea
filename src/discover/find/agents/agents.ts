// Agents: what decides for itself which tool to use next. A class called Agent is one only where it comes from a library
// about AI, or asks a model itself.
import { isDocumentation, isTest } from '../../classify.ts'
import { type Expr, field, pathOf, type Unit } from '../../syntax/expr.ts'
import { configuredAs } from './agent-names.ts'
import { addAgent, ASKS, NO_LIBRARY } from './agent-words.ts'
import { declaredAgents } from './declared-agents.ts'
import { annotated, JVM } from './jvm-agents.ts'
import { hasChildren } from '../class-line.ts'
import type { Evidence } from '../evidence.ts'
import { mergeRegistered } from './graphs.ts'
import { ofList, ofMap } from './mapped-agents.ts'
import { keptOfUnknown, madeOfPlain, ofFile, ofOwnBase, ofUnknownLibrary } from './own-agents.ts'
import { ownLoops } from './own-loops.ts'
import { visitUnit } from '../visit.ts'
import { madeOfOwn, mergeMade, subclass } from './agent-classes.ts'
import { isMark, namedByMark } from './marked-agents.ts'
import { askedAtOnce, givenBack, type Nameless, visitMade } from './kept-agents.ts'
import { isMaker } from './agent-makers.ts'
import { named } from './named-agents.ts'

const LOOKED_AT: ReadonlySet<Expr['kind']> = new Set(['call', 'map', 'list'])

export function findAgents(evidence: Evidence) {
  const nameless: Nameless[] = []
  found(evidence, nameless)
  const named = new Set(evidence.collector.said('agents').map(({ file }) => file))
  const counted = nameless.filter(({ last, unit }) => !last || !named.has(unit.file))
  for (const { variable, line, unit, via } of counted) {
    const alone = counted.every((other) => other.variable !== variable || other.unit === unit)
    // A letter alone says nothing.
    const called = variable.length > 1 ? variable : 'agent'
    addAgent(alone && called === variable ? called : `${called} (${unit.file})`, line, unit, evidence, via, 0.75)
  }
  ownLoops(evidence)
  for (const unit of evidence.project.units)
    if (unit.format === 'code' && evidence.anyAi() && !isDocumentation(unit.file)) ofFile(unit, evidence)
  madeOfPlain(evidence)
  mergeMade(evidence)
  mergeRegistered(evidence)
}

function found(evidence: Evidence, nameless: Nameless[]) {
  for (const unit of evidence.project.units) {
    if (isDocumentation(unit.file)) continue
    if (unit.format === 'json' || unit.format === 'yaml' || unit.format === 'toml')
      for (const { name, line, via } of declaredAgents(unit)) addAgent(name, line, unit, evidence, via)
    if (unit.format !== 'code' && unit.format !== 'notebook') continue
    const packages = evidence
      .packages(unit)
      .filter(({ pack }) => pack.provider !== undefined || pack.frameworks.some((one) => !NO_LIBRARY.test(one)))
    for (const statement of unit.statements) {
      const marks =
        statement.kind === 'function' && packages.length > 0
          ? statement.decorators.filter((one) => isMark(one, unit, evidence))
          : []
      if (statement.kind === 'function' && marks.length > 0) {
        for (const mark of marks)
          addAgent(
            namedByMark(mark, unit, statement.scope, evidence) ?? configuredAs(statement, unit) ?? statement.name,
            statement.line,
            unit,
            evidence,
            'decorator',
          )
      } else if (JVM.test(unit.language) && statement.kind === 'function' && packages.length > 0) {
        annotated(statement, unit, evidence)
      } else if (statement.kind === 'assign' && packages.length > 0) {
        visitMade(statement, unit, evidence, nameless)
      }
      if (statement.kind === 'assign' && evidence.anyAi()) keptOfUnknown(statement, unit, evidence)
      if (statement.kind === 'do' && statement.returns && packages.length > 0)
        givenBack(statement, unit, evidence, nameless)
      if (statement.kind === 'class' && !(packages.length > 0 && subclass(statement, unit, evidence)))
        ofOwnBase(statement, unit, evidence)
      if (statement.kind === 'function' && packages.length > 0) loop(statement, unit, evidence)
    }
    if (!evidence.anyAi() && !/agent/i.test(unit.file)) continue
    visitUnit(
      unit,
      (expr, around) => {
        if (expr.kind === 'map') ofMap(expr, around, evidence)
        else if (expr.kind === 'list') ofList(expr, around, evidence)
        if (expr.kind !== 'call') return
        if (packages.length > 0) named(expr, around, evidence)
        if (packages.length > 0) askedAtOnce(expr, around, evidence, nameless)
        if (packages.length > 0 && isMaker(expr, unit, evidence) !== undefined) return
        ofUnknownLibrary(expr, around, evidence)
        madeOfOwn(expr, around, evidence)
      },
      LOOKED_AT,
    )
  }
}

type Fn = Extract<Unit['statements'][number], { kind: 'function' }>

const IN_LOOP = /(?:^|\/)(?:\w+_)?(?:agent_?)?loop\.\w+$/i

/** A function that asks a model with tools again and again, and is named for it, or its file is. */
function loop(fn: Fn, unit: Unit, evidence: Evidence) {
  const called = /agent|loop/i.test(fn.name) || (fn.scope === '' && IN_LOOP.test(unit.file) && !isTest(unit.file))
  if (
    !called ||
    /^(?:create|build|make|get|init|new|setup|test)_?/i.test(fn.name) ||
    fn.scope.split('.').some((part) => part.endsWith('Agent'))
  )
    return
  // What a class does for those that are made from it is their part.
  const owner = evidence.project.index(unit).classes.get(fn.scope)
  if (owner && hasChildren(owner, evidence)) return
  let asks = false
  let hands = false
  visitUnit(unit, (expr) => {
    if ((expr.kind !== 'call' && expr.kind !== 'map') || expr.line < fn.line || expr.line > fn.end) return
    // What it asks with may be put together before.
    hands ||= field(expr, 'tools') !== undefined
    asks ||= expr.kind === 'call' && ASKS.test(pathOf(expr.callee))
  })
  if (asks && hands) addAgent(fn.name, fn.line, unit, evidence, 'own-loop', 0.7)
}
