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
  /** Literal → whether some detector wants to know about it as a word. */
  isWord: Uint8Array
  /** Detector → the bit of each literal that is one of its words. */
  wordBits: readonly (Int32Array | undefined)[]
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
  const waitingFor = (literal: string): Set<number> => {
    const key = literal.toLowerCase()
    const waiting = byLiteral.get(key) ?? new Set()
    byLiteral.set(key, waiting)
    return waiting
  }
  for (const [index, { literals = [], words = [] }] of detectors.entries()) {
    for (const literal of literals) waitingFor(literal).add(index)
    for (const word of words) waitingFor(word)
  }
  const isWord = new Uint8Array(byLiteral.size)
  const numbers = new Map([...byLiteral.keys()].map((literal, number) => [literal, number]))
  const wordBits = detectors.map(({ words }) => {
    if (words === undefined) return undefined
    const bits = new Int32Array(byLiteral.size)
    for (const [bit, word] of words.entries()) {
      const number = numbers.get(word.toLowerCase()) ?? 0
      bits[number] = 1 << bit
      isWord[number] = 1
    }
    return bits
  })
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
    isWord,
    wordBits,
    triggers,
    triggerTable: toTable(triggers.map(({ trigger }) => trigger)),
    seeks,
    reachBack: back(detectors),
    lookBack: back(detectors.filter(({ shapes }) => !shapes)),
  }
}

const back = (some: readonly Detector[]): number => some.reduce((most, { reach }) => Math.max(most, reach.before), -1)
