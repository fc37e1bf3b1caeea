// Ways that begin with words: what an agent reads becomes what it does.
import { any, definePathRule, maybe, node, once } from '../rule.ts'
import {
  actingTool,
  executingTool,
  openEndpoint,
  publicEndpoint,
  readsSensitive,
  sensitiveStore,
  spread,
  toTool,
  unsandboxed,
  untrusted,
  writingTool,
} from './words.ts'

const agent = node('agent')

export const contentRules = [
  definePathRule({
    id: 'AP-01',
    title: 'Untrusted content, sensitive data and a way out meet in one agent',
    goal: 'exfiltration',
    severity: 'critical',
    effect: 'read',
    threats: ['lethal-trifecta', 'indirect-prompt-injection'],
    patterns: [
      {
        from: untrusted,
        steps: [
          once('ingests', { to: agent }),
          ...spread,
          readsSensitive,
          ...spread,
          maybe('connects'),
          maybe(['uses-tool', 'provides']),
          once('sends-to', { to: node('external-host') }),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-02',
    title: 'Anybody can have an agent write into sensitive data',
    goal: 'tampering',
    severity: 'critical',
    effect: 'write',
    threats: ['direct-prompt-injection', 'excessive-agency'],
    patterns: [
      {
        from: openEndpoint,
        steps: [
          once('exposes', { to: agent }),
          ...spread,
          ...toTool(writingTool),
          once('writes', { to: sensitiveStore }),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-03',
    title: 'Words from outside run as code where nothing contains them',
    goal: 'takeover',
    severity: 'critical',
    effect: 'exec',
    threats: ['output-contains-conventional-injection', 'agent-escape'],
    patterns: [
      {
        from: (one) => publicEndpoint(one) || untrusted(one),
        steps: [
          once(['exposes', 'ingests'], { to: agent }),
          ...spread,
          ...toTool(executingTool),
          once(['writes', 'reads'], { to: unsandboxed }),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-07',
    title: 'Others write what an agent retrieves and acts on',
    goal: 'indirect-injection',
    severity: 'high',
    effect: 'write',
    threats: ['stored-injection', 'augmentation-data-manipulation'],
    patterns: [
      {
        from: node(['data-store', 'dataset', 'content-source'], { writableBy: ['external', 'public', 'anyone'] }),
        steps: [
          once('indexes', { back: true, to: node('vector-store') }),
          once('retrieves', { back: true, to: node(['agent', 'retriever']) }),
          maybe('retrieves', { back: true, to: agent }),
          ...spread,
          ...toTool(actingTool),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-12',
    title: 'An agent that strangers can steer hands over to one that may do more',
    goal: 'privilege',
    severity: 'high',
    effect: 'write',
    threats: ['delegation-chain-abuse', 'multi-agent-propagation'],
    patterns: [
      {
        from: (one) => untrusted(one) || publicEndpoint(one),
        steps: [
          once(['ingests', 'exposes'], { to: agent }),
          any('delegates', { when: ({ attributes }) => attributes['reauthorises'] !== true }),
          once('delegates', {
            to: node('agent', { privilege: 'high' }),
            when: ({ attributes }) => attributes['reauthorises'] !== true,
          }),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-13',
    title: 'What a stranger leaves in a shared memory comes back in the sessions of others',
    goal: 'persistence',
    severity: 'high',
    effect: 'write',
    threats: ['persistent-memory-poisoning', 'cross-session-state-persistence'],
    patterns: [
      {
        from: untrusted,
        steps: [
          once('ingests', { to: agent }),
          any('delegates'),
          once('remembers', { to: node('memory', { shared: true }) }),
          once('remembers', { back: true, to: agent }),
          any('delegates'),
          ...toTool(writingTool),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-17',
    title: 'A model is reached past what should guard it',
    goal: 'bypass',
    severity: 'medium',
    effect: 'write',
    threats: ['prompt-injection', 'unsafe-fallback-on-failure'],
    patterns: [
      {
        from: (one) => publicEndpoint(one) || untrusted(one),
        steps: [
          once(['exposes', 'ingests'], { to: agent }),
          ...spread,
          once('calls', {
            to: node('model'),
            when: ({ guards, attributes, to }, graph) => {
              const isHalf = attributes['guarded'] === 'request' || attributes['guarded'] === 'answer'
              const onlyWatches = guards.length > 0 && guards.every(({ mode }) => mode !== 'enforce')
              const isPast = attributes['throughGateway'] === false && othersGoThrough(graph, to)
              return isHalf || onlyWatches || isPast
            },
          }),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-08',
    title: 'An agent retrieves for one tenant what belongs to another',
    goal: 'disclosure',
    severity: 'high',
    effect: 'read',
    threats: ['direct-augmentation-data-leak', 'disclosure-in-output'],
    patterns: [
      {
        from: node('user-group'),
        steps: [
          once('has-grant', { to: node(['agent', 'endpoint']) }),
          maybe('exposes', { to: agent }),
          maybe('retrieves', { to: node('retriever') }),
          once('retrieves', { to: node('vector-store', { tenantFilter: 'none' }) }),
          once('indexes', { to: node(['dataset', 'data-store']) }),
        ],
      },
    ],
    accept: ({ attributes: { tenant } }, { attributes: { tenants } }) =>
      Array.isArray(tenants) &&
      (tenant === undefined ? tenants.length > 1 : tenants.some((one: string) => one !== tenant)),
  }),
]

function othersGoThrough(graph: { edges: readonly { kind: string; to: string; attributes: object }[] }, model: string) {
  return graph.edges.some(
    (edge) =>
      edge.kind === 'calls' &&
      edge.to === model &&
      'throughGateway' in edge.attributes &&
      edge.attributes.throughGateway === true,
  )
}
