// Turns a list of detectors into what one speaker's scan needs: one automaton over all their literals, and for each
// literal the detectors that wait for it.
import type { Speaker } from '../model/finding.ts'
import { buildAutomaton, type Automaton } from './automaton.ts'
import { isReader, type AnyDetector, type Detector, type Reader, type Seek, type Trigger } from './define.ts'
import { toTable, type TriggerTable } from './trigger.ts'

export interface Program {
  automaton: Automaton
  detectors: readonly Detector[]
  readers: readonly Reader[]
  /** Literal → indexes into `detectors`. */
  waiting: readonly Int32Array[]
  triggers: readonly { trigger: Trigger; detector: number }[]
  triggerTable: TriggerTable
  seeks: readonly { seek: Seek; detector: number }[]
  /** How far before its hit a window may begin. */
  reachBack: number
  /** The same, of those detectors that do not say what their matches look like; negative: they all do. */
  lookBack: number
}

export function compile(all: readonly AnyDetector[], role: Speaker): Program {
  const mine = all.filter((one) => one.roles?.includes(role) ?? true)
  const readers = mine.filter(isReader)
  const detectors = mine.filter((one): one is Detector => !isReader(one))
  const byLiteral = new Map<string, Set<number>>()
  for (const [index, { literals }] of detectors.entries()) {
    for (const literal of literals ?? []) {
      const key = literal.toLowerCase()
      byLiteral.set(key, (byLiteral.get(key) ?? new Set()).add(index))
    }
  }
  const automaton = buildAutomaton([...byLiteral.keys()])
  const triggers = detectors.flatMap(({ trigger }, detector) =>
    typeof trigger === 'object' ? [{ trigger, detector }] : [],
  )
  const seeks = detectors.flatMap(({ trigger: seek }, detector) =>
    typeof seek === 'function' ? [{ seek, detector }] : [],
  )
  return {
    automaton,
    detectors,
    readers,
    waiting: [...byLiteral.values()].map((set) => Int32Array.from(set)),
    triggers,
    triggerTable: toTable(triggers.map(({ trigger }) => trigger)),
    seeks,
    reachBack: back(detectors),
    lookBack: back(detectors.filter(({ shapes }) => !shapes)),
  }
}

const back = (some: readonly Detector[]): number => some.reduce((most, { reach }) => Math.max(most, reach.before), -1)
