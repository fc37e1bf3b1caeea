// Ways that begin with what somebody may already do, and end with what he should not.
import { any, definePathRule, detour, maybe, node, once } from '../rule.ts'
import {
  foreignRegion,
  highIdentity,
  lowIdentity,
  sensitiveStore,
  unlimited,
  unsanctioned,
  widelyRead,
} from './words.ts'
import type { IndexedGraph } from '../indexed-graph.ts'

const agent = node('agent')

export const accessRules = [
  definePathRule({
    id: 'AP-10',
    title: 'A key lies where more people read than own it',
    goal: 'theft',
    severity: 'high',
    effect: 'read',
    threats: ['source-code-configuration-leak'],
    patterns: [
      {
        from: widelyRead,
        steps: [
          once('holds', { to: node(['credential', 'secret']) }),
          once('unlocks', { to: node(['provider', 'data-store', 'vector-store', 'model', 'dataset']) }),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-11',
    title: 'An agent fetches for somebody what he may not fetch himself',
    goal: 'privilege',
    severity: 'high',
    effect: 'read',
    threats: ['excessive-agency', 'disclosure-in-output'],
    patterns: [
      {
        from: lowIdentity,
        steps: [
          once('has-grant', { to: node(['agent', 'endpoint']) }),
          maybe('exposes', { to: agent }),
          detour(once('runs-as', { to: highIdentity })),
          maybe('connects'),
          maybe(['uses-tool', 'provides']),
          once(['reads', 'writes'], { to: sensitiveStore }),
        ],
      },
    ],
    accept: (source, target, graph) => !isGranted(graph, source.id, target.id),
  }),
  definePathRule({
    id: 'AP-14',
    title: 'Sensitive data goes to a provider that nobody approved',
    goal: 'leak',
    severity: 'high',
    effect: 'read',
    threats: ['input-data-leak'],
    patterns: [
      {
        from: sensitiveStore,
        steps: [
          once('reads', { back: true, to: node(['workload', 'identity', 'agent', 'tool']) }),
          maybe(['uses-tool', 'provides'], { back: true }),
          maybe('connects', { back: true, to: agent }),
          once('sends-to', { to: unsanctioned }),
        ],
      },
      {
        from: sensitiveStore,
        steps: [
          once('has-grant', { back: true, to: node('identity') }),
          maybe('runs-as', { back: true, to: node(['workload', 'agent']) }),
          once('sends-to', { to: unsanctioned }),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-16',
    title: 'A model of your own can be copied by asking or by fetching',
    goal: 'theft',
    severity: 'medium',
    effect: 'read',
    threats: ['model-exfiltration', 'direct-runtime-model-leak'],
    patterns: [
      {
        from: unlimited,
        steps: [
          once('exposes', { to: node(['agent', 'workload', 'model']) }),
          maybe('calls'),
          maybe('loads'),
          // What was made of a model answers much as that does; what it was made of tells nothing of it.
          any('derived-from'),
        ],
      },
      {
        from: node('identity', { broad: true }),
        steps: [
          any('can-assume', { to: node('identity') }),
          once('has-grant', { to: node(['artefact', 'registry', 'model', 'data-store']) }),
          maybe('stored-in', { back: true, to: node('artefact') }),
        ],
      },
    ],
    accept: (_source, target) =>
      (target.kind === 'model' || target.kind === 'artefact') && target.attributes['proprietary'] === true,
  }),
  definePathRule({
    id: 'AP-18',
    title: 'Personal data goes to a provider outside the allowed regions, or one that keeps it',
    goal: 'compliance',
    severity: 'medium',
    effect: 'read',
    threats: ['input-data-leak'],
    patterns: [
      {
        from: ({ kind, attributes }) =>
          (kind === 'dataset' || kind === 'data-store') && attributes['personal'] === true,
        steps: [
          once(['reads', 'indexes'], { back: true }),
          maybe('retrieves', { back: true }),
          maybe('retrieves', { back: true }),
          maybe(['uses-tool', 'provides'], { back: true }),
          maybe('connects', { back: true }),
          maybe('calls', { to: node('model') }),
          once(['sends-to', 'served-by'], { to: foreignRegion }),
        ],
      },
    ],
  }),
]

/** By a grant of his own, or of whom he may act as. */
function isGranted(graph: IndexedGraph, identity: string, target: string): boolean {
  const begin = graph.indexOf(identity)
  const goal = graph.indexOf(target)
  const queue = begin === undefined ? [] : [begin]
  const seen = new Set(queue)
  for (const here of queue) {
    for (const edge of graph.out[here] ?? []) {
      const { kind } = graph.edges[edge] ?? {}
      const next = graph.to[edge] ?? -1
      if (kind === 'has-grant' && next === goal) return true
      if (kind !== 'can-assume' || seen.has(next)) continue
      seen.add(next)
      queue.push(next)
    }
  }
  return false
}
