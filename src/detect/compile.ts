// Turns a list of detectors into what one speaker's scan needs: one automaton over all their literals, and for each
// literal the detectors that wait for it.
import type { Speaker } from '../model/finding.ts'
import { buildAutomaton, type Automaton } from './automaton.ts'
import {
  isReader,
  LONGEST_TRIGGER,
  type AnyDetector,
  type Detector,
  type Reader,
  type Seek,
  type Trigger,
} from './define.ts'
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
  /** How far behind the end of what was read a new match may still begin. */
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
  const gate = Math.max(automaton.longest, triggers.length + seeks.length > 0 ? LONGEST_TRIGGER : 0)
  return {
    automaton,
    detectors,
    readers,
    waiting: [...byLiteral.values()].map((set) => Int32Array.from(set)),
    triggers,
    triggerTable: toTable(triggers.map(({ trigger }) => trigger)),
    seeks,
    lookBack: gate + Math.max(0, ...detectors.map(({ reach }) => reach.before)),
  }
}
