// A call as the bytes that are kept of it. Whatever an exchange says is in its leaf, so a new member of the exchange is on
// record from the day it exists; and a leaf of an older day is read with what it has.
import { BEGUN, type Exchange } from '../model/exchange.ts'
import type { Stage, Verdict } from '../model/verdict.ts'

/** In the first one each pass was written out, which made three quarters of a leaf. */
const VERSION = 2
const READ = new Set([1, VERSION])

export function toLeaf(exchange: Exchange): string {
  const rest = JSON.stringify({ ...exchange, verdicts: undefined })
  return `{"v":${VERSION},${rest.slice(1, -1)},"verdicts":[${written(exchange.verdicts)}]}`
}

/** Most calls hear the same from all guards: the very same verdicts, which nobody can change. */
let last: { verdicts: readonly Verdict[]; text: string } = { verdicts: [], text: '' }

function written(verdicts: readonly Verdict[]): string {
  const { length } = last.verdicts
  if (verdicts.length === length && verdicts.every((verdict, i) => verdict === last.verdicts[i])) return last.text
  const text = writtenAnew(verdicts)
  if (verdicts.every(Object.isFrozen)) last = { verdicts: [...verdicts], text }
  return text
}

/** That guards saw nothing is said in one word for all that follow one another: the stage, and their names. */
function writtenAnew(verdicts: readonly Verdict[]): string {
  let [text, stage]: [string, Stage | undefined] = ['', undefined]
  for (const verdict of verdicts) {
    const isSilent = isPass(verdict)
    if (isSilent && verdict.stage === stage) {
      text += ` ${verdict.guard}`
      continue
    }
    if (stage !== undefined) text += '"'
    if (text !== '') text += ','
    stage = isSilent ? verdict.stage : undefined
    text += isSilent ? `"${verdict.stage} ${verdict.guard}` : JSON.stringify(verdict)
  }
  return stage === undefined ? text : `${text}"`
}

/** It says nothing beyond that, and its name can stand among others. */
function isPass({ guard, outcome, remedy, changes, hits, more, why }: Verdict): boolean {
  if (outcome !== 'pass' || remedy !== 'note' || changes !== 0 || hits.length > 0 || more !== 0) return false
  return why === undefined && NAME.test(guard)
}

const NAME = /^[a-z0-9-]+$/

/** Of a leaf that we wrote: its bytes are those that were hashed, so nothing else can be in them. */
export function fromLeaf(leaf: string): Exchange {
  const { v, at, verdicts, ...rest } = JSON.parse(leaf) as Written
  if (!READ.has(v)) throw new Error(`a call was recorded in a form of version ${v}, which this program does not know`)
  return { ...BEGUN, ...rest, at: new Date(at), verdicts: verdicts.flatMap(read) }
}

type Written = Omit<Exchange, 'at' | 'verdicts'> & { v: number; at: string; verdicts: readonly (Verdict | string)[] }

function read(verdict: Verdict | string): readonly Verdict[] {
  if (typeof verdict !== 'string') return [verdict]
  const [stage, ...guards] = verdict.split(' ')
  return guards.map((guard) => ({
    guard,
    stage: stage === 'answer' ? stage : 'request',
    outcome: 'pass',
    remedy: 'note',
    changes: 0,
    hits: [],
    more: 0,
  }))
}
