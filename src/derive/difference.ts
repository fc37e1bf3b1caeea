// What differs between two analyses of a system: before and after a change, a day, or a newer catalogue. Only what
// differs is told, and each threat that came or went with the facts that did it.
import type { FactRead, Verdict } from '../model/applicability.ts'
import type { FactValue } from '../model/fact.ts'
import type { Risk } from '../model/risk.ts'
import type { SystemAnalysis } from './analyse.ts'
import type { Doer } from './needs.ts'
import { sameValue } from './voice.ts'

export interface Shift<T> {
  /** Absent where there was nothing. */
  before?: T
  after?: T
}

export interface FactShift extends Shift<FactValue> {
  key: string
  origins: Shift<string>
}

export interface ThreatShift extends Shift<Verdict> {
  threat: string
  /** Facts that differ and that its trace reads. Empty: the rule itself is another, under another catalogue. */
  because: readonly string[]
}

/** Of a control or a measure: whose it is, or that nobody needs it. */
export interface NeedShift extends Shift<Doer | 'not-needed'> {
  id: string
}

export interface RiskShift {
  threat: string
  inherent: Shift<Risk['inherent']>
  designed: Shift<Risk['designed']>
  proven: Shift<Risk['proven']>
}

export interface Difference {
  same: boolean
  facts: readonly FactShift[]
  threats: readonly ThreatShift[]
  controls: readonly NeedShift[]
  measures: readonly NeedShift[]
  risks: readonly RiskShift[]
  aboveAppetite: { gained: readonly string[]; lost: readonly string[] }
  obligations: { gained: readonly string[]; lost: readonly string[] }
}

export function differenceOf(before: SystemAnalysis, after: SystemAnalysis): Difference {
  const facts = factShifts(before, after)
  const changed = new Set(facts.map(({ key }) => key))
  const parts = {
    facts,
    threats: threatShifts(before, after, changed),
    controls: needShifts(controlStates(before), controlStates(after)),
    measures: needShifts(measureStates(before), measureStates(after)),
    risks: riskShifts(before, after),
    aboveAppetite: gainedAndLost(before.aboveAppetite, after.aboveAppetite),
    obligations: gainedAndLost(before.aiAct.duties, after.aiAct.duties),
  }
  const { aboveAppetite, obligations, ...lists } = parts
  const all = [...Object.values(lists), ...Object.values(aboveAppetite), ...Object.values(obligations)]
  return { same: all.every((list) => list.length === 0), ...parts }
}

function factShifts(before: SystemAnalysis, after: SystemAnalysis): FactShift[] {
  const now = new Map(after.facts.map((fact) => [fact.key, fact]))
  const then = new Map(before.facts.map((fact) => [fact.key, fact]))
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [then.get(key), now.get(key)]
    const isSame = sameValue(was?.value, is?.value) && (was?.origin === 'conflict') === (is?.origin === 'conflict')
    if (isSame) return []
    return [{ key, ...shift(was?.value, is?.value), origins: shift(was?.origin, is?.origin) }]
  })
}

function threatShifts(before: SystemAnalysis, after: SystemAnalysis, changed: ReadonlySet<string>): ThreatShift[] {
  const read = new Map<string, Set<string>>()
  for (const { threat, trace } of [...before.threats, ...after.threats]) {
    const keys = trace.flatMap(({ facts }) => facts.map(({ key }: FactRead) => key))
    read.set(threat, new Set([...(read.get(threat) ?? []), ...keys]))
  }
  return shifts(verdicts(before), verdicts(after)).map(([threat, shift]) => {
    const because = [...changed].filter((key) => read.get(threat)?.has(key))
    return Object.assign({ threat, because }, shift)
  })
}

const verdicts = ({ threats }: SystemAnalysis) => new Map(threats.map(({ threat, verdict }) => [threat, verdict]))

function needShifts(before: NeedStates, after: NeedStates): NeedShift[] {
  return shifts(before, after).map(([id, shift]) => Object.assign({ id }, shift))
}

type NeedStates = ReadonlyMap<string, Doer | 'not-needed'>

function controlStates({ controls }: SystemAnalysis): NeedStates {
  return new Map(controls.map((one) => [one.control, one.need === 'needed' ? one.party : one.need]))
}

function measureStates({ measures }: SystemAnalysis): NeedStates {
  return new Map(measures.map(({ measure, need, party = 'you' }) => [measure, need === 'needed' ? party : need]))
}

function riskShifts(before: SystemAnalysis, after: SystemAnalysis): RiskShift[] {
  const then = new Map(before.risks.map((risk) => [risk.threat, risk]))
  const now = new Map(after.risks.map((risk) => [risk.threat, risk]))
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((threat) => {
    const [was, is] = [then.get(threat), now.get(threat)]
    if (was && is && (['inherent', 'designed', 'proven'] as const).every((key) => sameSeverity(was[key], is[key])))
      return []
    return [
      {
        threat,
        inherent: shift(was?.inherent, is?.inherent),
        designed: shift(was?.designed, is?.designed),
        proven: shift(was?.proven, is?.proven),
      },
    ]
  })
}

function sameSeverity(a: Risk['proven'], b: Risk['proven']): boolean {
  return a.likelihood === b.likelihood && a.impact === b.impact
}

/** For each key whose value differs, in the order of the first and then of what only the second has. */
function shifts<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): (readonly [string, Shift<T>])[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => [key, shift(before.get(key), after.get(key))] as const)
}

function shift<T>(before: T | undefined, after: T | undefined): Shift<T> {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) }
}

function gainedAndLost(before: readonly string[], after: readonly string[]) {
  return {
    gained: after.filter((one) => !before.includes(one)),
    lost: before.filter((one) => !after.includes(one)),
  }
}
