// The product of a graph and the patterns of one rule, as far as it can be reached: a state is a node and how much of the
// pattern is behind it. Ways through the product are exactly the ways that the rule means.
import type { IndexedGraph } from './indexed-graph.ts'
import type { PathRule, Step } from './rule.ts'

/** Links of the product; beyond them a rule is not followed any further and says so. */
const MOST_LINKS = 4_000_000

type Plain = Extract<Step, { step: 'once' | 'maybe' | 'any' }>

interface Slot {
  step: Plain | undefined
  /** Where to go on after the step. */
  next: number
  /** The first slot of a detour that begins here. */
  enter: number | undefined
  /** The slot in which the way goes on where the detour began. */
  leave: number | undefined
  isEnd: boolean
}

export interface Product {
  /** Of each state: its node, and whether it is a beginning or an end. */
  readonly nodes: Int32Array
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  /** Links by number: state, state, and the edge that is gone along, or -1. */
  readonly from: Int32Array
  readonly to: Int32Array
  readonly edge: Int32Array
  /** First link into a state, and the next one of the same; -1 ends. */
  readonly firstIn: Int32Array
  readonly nextIn: Int32Array
  readonly firstOut: Int32Array
  readonly nextOut: Int32Array
  readonly isTruncated: boolean
}

export function walk(rule: PathRule, graph: IndexedGraph): Product {
  const { slots, begins } = compile(rule)
  const count = graph.nodes.length
  const numbers = new Map<number, number>()
  const [nodes, origins, at]: [number[], number[], number[]] = [[], [], []]
  const [from, to, edge]: [number[], number[], number[]] = [[], [], []]
  const [starts, ends]: [number[], number[]] = [[], []]

  function state(slot: number, origin: number, node: number): number {
    const key = (slot * (count + 1) + origin + 1) * count + node
    let number = numbers.get(key)
    if (number === undefined) {
      numbers.set(key, (number = nodes.length))
      nodes.push(node)
      origins.push(origin)
      at.push(slot)
      if (slots[slot]?.isEnd) ends.push(number)
    }
    return number
  }

  function link(a: number, b: number, along: number): void {
    from.push(a)
    to.push(b)
    edge.push(along)
  }

  for (const { slot, test } of begins) {
    for (let i = 0; i < count; i++) {
      const one = graph.nodes[i]
      if (one !== undefined && test(one)) starts.push(state(slot, -1, i))
    }
  }
  // States found on the way join the end of the list.
  let isTruncated = false
  for (let here = 0; here < nodes.length; here++) {
    if (from.length > MOST_LINKS) {
      isTruncated = true
      break
    }
    const slot = slots[at[here] ?? 0]
    const [node = 0, origin = -1] = [nodes[here], origins[here]]
    if (slot === undefined) continue
    if (slot.enter !== undefined) link(here, state(slot.enter, node, node), -1)
    if (slot.leave !== undefined) link(here, state(slot.leave, -1, origin), -1)
    if (slot.step === undefined) continue
    const { step } = slot
    if (step.step !== 'once') link(here, state(slot.next, origin, node), -1)
    for (const number of (step.back ? graph.in[node] : graph.out[node]) ?? []) {
      const one = graph.edges[number]
      if (one === undefined || !step.kinds.includes(one.kind) || graph.isClosed(number)) continue
      const other = (step.back ? graph.from[number] : graph.to[number]) ?? 0
      const target = graph.nodes[other]
      if (target === undefined || !step.to(target) || !step.when(one, graph)) continue
      link(here, state(step.step === 'any' ? (at[here] ?? 0) : slot.next, origin, other), number)
    }
  }
  const [firstOut, nextOut] = chains(from, nodes.length)
  const [firstIn, nextIn] = chains(to, nodes.length)
  return {
    nodes: Int32Array.from(nodes),
    starts,
    ends,
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    edge: Int32Array.from(edge),
    firstOut,
    nextOut,
    firstIn,
    nextIn,
    isTruncated,
  }
}

function compile({ patterns }: PathRule) {
  const slots: Slot[] = []
  const begins: { slot: number; test: PathRule['patterns'][number]['from'] }[] = []
  const add = (slot: Partial<Slot>): number =>
    slots.push({ step: undefined, next: -1, enter: undefined, leave: undefined, isEnd: false, ...slot }) - 1
  // From the end, so that each slot knows where it leads.
  const chain = (steps: readonly Step[], last: number): number =>
    steps.toReversed().reduce((next, step) => {
      if (step.step !== 'detour') return add({ step, next })
      return add({ enter: chain(step.steps, add({ leave: next })) })
    }, last)
  for (const { from, steps } of patterns) begins.push({ slot: chain(steps, add({ isEnd: true })), test: from })
  return { slots, begins }
}

function chains(ends: readonly number[], states: number): [Int32Array, Int32Array] {
  const first = new Int32Array(states).fill(-1)
  const next = new Int32Array(ends.length).fill(-1)
  for (let i = ends.length - 1; i >= 0; i--) {
    const end = ends[i] ?? 0
    next[i] = first[end] ?? -1
    first[end] = i
  }
  return [first, next]
}
