// A file that is a tool by itself: it says at its outermost what a model must know of it, and what runs. Whoever starts
// it may call it otherwise; until then it is called by its own name, or that of its folder.
import { isTest } from '../../classify.ts'
import type { Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { addTool, isName } from './tool-words.ts'

const TELLS = /^(?:tool_?)?description$/i
const TAKES = /^(?:tool_?)?input_?schema$/i
const RUNS = /^(?:handler|execute|run|call|invoke)$/i

/** Names of files that say no more than that a program begins there. */
const PLAIN = /^(?:app|main|index|mod|lib|tool|handler|server|__init__|source)$/i

export function toolOfFile(unit: Unit, evidence: Evidence) {
  if (isTest(unit.file)) return
  const said = unit.statements.filter((one) => one.kind === 'function' || one.kind === 'assign')
  const outermost = said.filter(({ scope }) => scope === '')
  const of = (words: RegExp) =>
    outermost.find((one) => words.test(one.kind === 'function' ? one.name : one.kind === 'assign' ? one.target : ''))
  const [tells, takes, runs] = [of(TELLS), of(TAKES), of(RUNS)]
  if (!tells || !takes || runs?.kind !== 'function') return
  const given = tells.kind === 'assign' ? tells.value : backOf(tells.name, unit)
  const called = of(/^(?:tool_?)?name$/i)
  const named =
    called && evidence.resolver.first(called.kind === 'assign' ? called.value : backOf(called.name, unit), unit, '')
  const name =
    named ??
    unit.file
      .split('/')
      .map((part) => part.replace(/\.\w+$/, ''))
      .findLast((part) => !PLAIN.test(part))
  if (isName(name)) addTool(name, evidence.resolver.first(given, unit, '') ?? '', unit, runs, evidence, 0.8)
}

/** What a function gives back, where it is one thing. */
const backOf = (name: string, unit: Unit) => {
  const back = unit.statements.find((one) => one.kind === 'do' && one.returns && one.scope === name)
  return back?.kind === 'do' ? back.value : undefined
}
