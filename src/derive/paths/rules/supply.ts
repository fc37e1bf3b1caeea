// Ways that begin where models, servers and code come from.
import { any, definePathRule, detour, maybe, node, once } from '../rule.ts'
import {
  mayWrite,
  production,
  publicEndpoint,
  riskyArtefact,
  sensitiveStore,
  toTool,
  unpinnedServer,
  untrusted,
  writingTool,
} from './words.ts'

const agent = node('agent')
const identity = node('identity')

export const supplyRules = [
  definePathRule({
    id: 'AP-05',
    title: 'A model file that nobody vouches for runs with access to sensitive data',
    goal: 'takeover',
    severity: (sources) =>
      sources.some(({ attributes }) => attributes['verdict'] === 'malicious') ? 'critical' : 'high',
    effect: 'exec',
    threats: ['supply-chain-model-poisoning'],
    patterns: [
      {
        from: riskyArtefact,
        steps: [
          once('loads', { back: true, to: node('workload') }),
          once('runs-as', { to: identity }),
          any('can-assume', { to: identity }),
          once('has-grant', { to: sensitiveStore }),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-06',
    title: 'Whoever writes to the registry decides what production runs',
    goal: 'supply-chain',
    severity: 'high',
    effect: 'exec',
    threats: ['supply-chain-model-poisoning', 'generic-development-and-supply-chain-threats'],
    patterns: [
      {
        from: identity,
        steps: [
          any('can-assume', { to: identity }),
          once('has-grant', { to: node('registry'), when: ({ attributes }) => mayWrite(attributes['action']) }),
          once('stored-in', { back: true, to: node(['artefact', 'image']) }),
          once('loads', { back: true, to: production }),
        ],
      },
      {
        from: node('pipeline', { forkPR: true }),
        steps: [once('publishes', { to: node(['artefact', 'image']) }), once('loads', { back: true, to: production })],
      },
    ],
    accept: ({ kind, attributes }) => kind === 'pipeline' || attributes['releases'] !== true,
  }),
  definePathRule({
    id: 'AP-09',
    title: 'A tool server that can change under you holds keys or stands beside tools that write',
    goal: 'supply-chain',
    severity: 'high',
    effect: 'write',
    threats: ['tool-integration-vulnerabilities'],
    patterns: [
      {
        from: unpinnedServer,
        steps: [detour(once('connects', { back: true, to: agent })), once('holds', { to: node('credential') })],
      },
      {
        from: unpinnedServer,
        steps: [once('connects', { back: true, to: agent }), ...toTool(writingTool)],
      },
    ],
    accept: (source, target, graph) => {
      if (target.kind === 'credential') return true
      const [server, tool] = [graph.indexOf(source.id) ?? -1, graph.indexOf(target.id) ?? -1]
      const providers = (graph.in[tool] ?? []).filter((edge) => graph.edges[edge]?.kind === 'provides')
      return !providers.some((edge) => graph.from[edge] === server)
    },
  }),
  definePathRule({
    id: 'AP-15',
    title: 'A stranger steers an agent in the pipeline that may write to the code',
    goal: 'takeover',
    severity: 'critical',
    effect: 'exec',
    threats: ['indirect-prompt-injection', 'generic-development-and-supply-chain-threats'],
    patterns: [
      {
        from: untrusted,
        steps: [
          once('ingests', { to: node('pipeline', { aiAction: true }) }),
          once('holds', { to: node('credential', { scope: ['repository-write', 'admin'] }) }),
        ],
      },
      {
        from: node('repository', { public: true }),
        steps: [
          once('builds', {
            to: (one) =>
              one.kind === 'pipeline' && one.attributes['aiAction'] === true && one.attributes['forkPR'] === true,
          }),
          once('holds', { to: node('credential', { scope: ['repository-write', 'admin'] }) }),
        ],
      },
    ],
  }),
  definePathRule({
    id: 'AP-04',
    title: 'Somebody who does not own the training data can change what the public is answered',
    goal: 'poisoning',
    severity: 'high',
    effect: 'write',
    threats: ['targeted-data-poisoning', 'sabotage-data-poisoning'],
    patterns: [
      {
        from: node('identity', { type: 'human' }),
        steps: [
          any('can-assume', { to: identity }),
          once('has-grant', {
            to: node('dataset', { purpose: 'training' }),
            when: ({ attributes }) => mayWrite(attributes['action']) && attributes['owner'] !== true,
          }),
          once('trained-on', { back: true, to: node('model') }),
          any('derived-from', { back: true, to: node('model') }),
          detour(
            maybe('calls', { back: true }),
            maybe('loads', { back: true }),
            once('exposes', { back: true, to: publicEndpoint }),
          ),
        ],
      },
    ],
  }),
]
