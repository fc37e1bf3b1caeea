// What a guard says is looked at before anything is made of it: types end where a guard is somebody's plug-in, a model's
// answer or a bug. Nonsense is no verdict, so it has failed; above all, to say nothing is not to pass.
import { Failure } from '../lib/failure.ts'
import type { JsonEdit } from '../lib/json-edit.ts'
import type { Hold } from '../model/approval.ts'
import { SEVERITIES } from '../model/finding.ts'
import type { Admission, Inspected, Readings, Watch, Watched } from './guard.ts'

const OUTCOMES = new Set<unknown>(['pass', 'hit'])
const STRENGTHS = new Set<unknown>(SEVERITIES)

export function saneReadings(said: Readings): Readings {
  demand(isObject(said))
  const { oversees, reads, open, inspect, admit, examine } = said
  demand(mayCall(reads) && mayCall(open) && mayCall(inspect) && mayCall(admit) && mayCall(examine))
  demand(
    oversees === undefined || (isObject(oversees) && isCallable(oversees['at']) && isCallable(oversees['holdsOn'])),
  )
  return said
}

export function saneYesOrNo(said: boolean): boolean {
  demand(typeof said === 'boolean')
  return said
}

export function saneWatch(said: Watch): Watch {
  demand(isObject(said) && isCallable(said.push) && isCallable(said.end))
  demand(said.whole === undefined || isCallable(said.whole))
  return said
}

/** On the way of every piece of every stream, so it looks no further where nothing was found. */
export function saneWatched(said: Watched): Watched {
  demand(isObject(said) && typeof said.safe === 'number' && !Number.isNaN(said.safe))
  const { findings, cuts, notes } = said
  demand(Array.isArray(findings) && Array.isArray(cuts) && (notes === undefined || Array.isArray(notes)))
  if (findings.length > 0) demand(findings.every(isFinding))
  if (cuts.length > 0) demand(cuts.every(isCut))
  if (notes !== undefined && notes.length > 0) demand(notes.every(isFinding))
  return said
}

export function saneInspected(said: Inspected): Inspected {
  demand(isObject(said) && OUTCOMES.has(said.outcome) && areEdits(said.edits))
  if (said.outcome === 'hit')
    demand(Array.isArray(said.findings) && said.findings.length > 0 && said.findings.every(isFinding))
  return said
}

export function saneAdmission(said: Admission): Admission {
  demand(isObject(said) && OUTCOMES.has(said.outcome) && areEdits(said.edits))
  demand(said.settle === undefined || isCallable(said.settle))
  demand(said.again === undefined || isCallable(said.again))
  demand(said.seconds === undefined || said.seconds > 0)
  demand(said.headers === undefined || (isObject(said.headers) && Object.values(said.headers).every(isText)))
  if (said.outcome === 'pass') return said
  demand(Array.isArray(said.found) && said.found.length > 0)
  demand(said.found.every((one: unknown) => isObject(one) && isText(one['kind']) && isText(one['note'])))
  demand(said.refusal === undefined || said.refusal instanceof Failure)
  return said
}

export function saneHolds(said: readonly Hold[]): readonly Hold[] {
  demand(Array.isArray(said) && said.every(isHold))
  return said
}

function isHold(said: unknown): boolean {
  if (!isObject(said) || !isText(said['why']) || !Array.isArray(said['needs'])) return false
  return said['needs'].length > 0 && typeof said['waitSeconds'] === 'number' && said['waitSeconds'] > 0
}

function isFinding(said: unknown): boolean {
  if (!isObject(said) || !STRENGTHS.has(said['severity'])) return false
  return typeof said['confidence'] === 'number' && [said['detector'], said['kind'], said['note']].every(isText)
}

function isCut(said: unknown): boolean {
  if (!isObject(said) || !isText(said['put'])) return false
  const { start, end } = said
  return isOffset(start) && isOffset(end) && start <= end
}

function areEdits(edits: readonly JsonEdit[] | undefined): boolean {
  return edits === undefined || (Array.isArray(edits) && edits.every(isEdit))
}

function isEdit(said: unknown): boolean {
  if (!isObject(said) || said['to'] === undefined || !Array.isArray(said['at'])) return false
  return said['at'].every((step: unknown) => isText(step) || isOffset(step))
}

const isObject = (said: unknown): said is Record<string, unknown> => typeof said === 'object' && said !== null
const isText = (said: unknown): said is string => typeof said === 'string'
const mayCall = (said: unknown): boolean => said === undefined || isCallable(said)
const isCallable = (said: unknown): boolean => typeof said === 'function'
const isOffset = (said: unknown): said is number => typeof said === 'number' && Number.isInteger(said) && said >= 0

function demand(isSane: boolean): asserts isSane {
  if (!isSane) throw new Failure('unavailable', 'said what is no verdict')
}
