// Six systems that people really run, as their register would hold them: what is derived from each is kept as a text
// beside this file, so that a change of any rule shows as a change that can be read.
import type { AssetBody } from '../../model/asset.ts'
import type { FactValue } from '../../model/fact.ts'
import type { SystemInput } from '../analyse.ts'
import { reportOf } from '../arbitrary.ts'
import { asset, catalog, inputOf } from '../testing.ts'

interface Example {
  system: [string, Partial<AssetBody>]
  components?: [string, Partial<AssetBody>][]
  facts: Readonly<Record<string, FactValue>>
  /** Controls with all their measures. */
  proven?: readonly string[]
  chosen?: readonly string[]
}

const HARMLESS = { 'physical-safety-impact': false, 'decides-about-people': false, 'multimodal-input': false } as const
const NO_AGENCY = {
  autonomy: 'none',
  'triggers-actions': false,
  'multi-agent': false,
  'uses-external-tools': false,
} as const
const NO_AUGMENTATION = {
  'augments-input': false,
  'augmentation-stored': false,
  'persistent-memory': false,
  'untrusted-data-in-prompt': false,
} as const

const EXAMPLES: Readonly<Record<string, Example>> = {
  'rag-assistant': {
    system: [
      'handbook-assistant',
      {
        name: 'Handbook assistant',
        exposure: 'organisation',
        dataClass: 'internal',
        deploymentModel: 'provider-hosted-api',
        links: [
          { kind: 'uses', to: 'claude' },
          { kind: 'retrievesFrom', to: 'handbook-index' },
          { kind: 'uses', to: 'handbook-prompt' },
        ],
      },
    ],
    components: [
      ['claude', { kind: 'model', links: [{ kind: 'servedBy', to: 'anthropic' }] }],
      ['anthropic', { kind: 'provider' }],
      ['handbook-index', { kind: 'vector-store', dataClass: 'confidential' }],
      ['handbook-prompt', { kind: 'prompt' }],
    ],
    facts: {
      ...HARMLESS,
      ...NO_AGENCY,
      'model-kind': 'llm',
      'attacker-can-supply-input': true,
      'untrusted-writers-to-corpus': true,
      'output-rendered-or-executed': true,
      'persistent-memory': false,
      'classification-task': false,
      'harmful-output-possible': false,
      'personal-data': true,
      'paid-per-use': true,
      'eu-market': true,
      'eu-ai-act-tier': 'limited',
    },
    proven: ['encode-model-output', 'prompt-injection-io-handling', 'rate-limit'],
    chosen: ['augmentation-data-confidentiality', 'input-segregation', 'least-model-privilege'],
  },
  'tool-using-agent': {
    system: [
      'service-desk',
      {
        name: 'Service desk agent',
        exposure: 'public',
        dataClass: 'restricted',
        deploymentModel: 'provider-hosted-api',
        links: [{ kind: 'uses', to: 'desk-agent' }],
      },
    ],
    components: [
      [
        'desk-agent',
        {
          kind: 'agent',
          links: [
            { kind: 'calls', to: 'mail-tool' },
            { kind: 'reads', to: 'tickets' },
            { kind: 'reads', to: 'customers' },
            { kind: 'uses', to: 'desk-memory' },
          ],
        },
      ],
      ['mail-tool', { kind: 'tool', exposure: 'public' }],
      ['tickets', { kind: 'knowledge-base', exposure: 'public', dataClass: 'internal' }],
      ['customers', { kind: 'dataset', dataClass: 'restricted' }],
      ['desk-memory', { kind: 'memory' }],
    ],
    facts: {
      'model-kind': 'llm',
      autonomy: 'loops',
      'untrusted-data-in-prompt': true,
      'can-send-data-out': true,
      'harmful-output-possible': true,
      'physical-safety-impact': false,
      'personal-data': true,
      'input-sensitive': true,
      'eu-market': true,
    },
  },
  'fraud-model': {
    system: [
      'card-fraud',
      {
        name: 'Card fraud model',
        exposure: 'partners',
        dataClass: 'restricted',
        deploymentModel: 'self-trained-self-hosted',
        links: [{ kind: 'uses', to: 'fraud-forest' }],
      },
    ],
    components: [
      ['fraud-forest', { kind: 'model', links: [{ kind: 'trainedOn', to: 'card-history' }] }],
      ['card-history', { kind: 'dataset', dataClass: 'restricted' }],
    ],
    facts: {
      ...NO_AUGMENTATION,
      ...NO_AGENCY,
      'model-kind': 'predictive-ml',
      'classification-task': true,
      'attacker-can-supply-input': true,
      'training-data-source': 'own',
      'training-data-collected-at-runtime': true,
      'model-public': false,
      'model-is-ip': true,
      'output-is-text': false,
      'decides-about-people': true,
      'input-sensitive': true,
      'physical-safety-impact': false,
      'eu-market': true,
      'eu-ai-act-tier': 'high',
    },
  },
  'fine-tuned-open-model': {
    system: [
      'contract-writer',
      {
        name: 'Contract writer',
        exposure: 'team',
        dataClass: 'confidential',
        deploymentModel: 'fine-tuned-self-hosted',
      },
    ],
    facts: {
      ...NO_AUGMENTATION,
      ...NO_AGENCY,
      ...HARMLESS,
      'model-kind': 'llm',
      'training-data-source': 'both',
      'training-data-sensitive': true,
      'output-can-contain-training-data': true,
      'training-membership-sensitive': false,
      'model-public': false,
      'model-is-ip': true,
      'classification-task': false,
      'attacker-can-supply-input': true,
      'harmful-output-possible': true,
      'input-sensitive': true,
      'output-rendered-or-executed': false,
      'paid-per-use': false,
    },
  },
  'saas-chatbot': {
    system: [
      'web-chat',
      {
        name: 'Chatbot of a supplier',
        exposure: 'public',
        dataClass: 'internal',
        deploymentModel: 'saas-ai-application',
      },
    ],
    facts: {
      'model-kind': 'llm',
      ...NO_AGENCY,
      'harmful-output-possible': true,
      'personal-data': true,
      'paid-per-use': true,
    },
  },
  'heuristic-system': {
    system: [
      'claims-rules',
      {
        name: 'Claims rules',
        exposure: 'isolated',
        dataClass: 'internal',
        deploymentModel: 'self-trained-self-hosted',
      },
    ],
    facts: {
      ...NO_AUGMENTATION,
      ...NO_AGENCY,
      ...HARMLESS,
      'model-kind': 'heuristic',
      'training-data-source': 'own',
      'training-data-sensitive': false,
      'training-membership-sensitive': false,
      'classification-task': true,
      'attacker-can-supply-input': true,
      'model-is-ip': false,
      'model-public': false,
      'output-is-text': false,
      'input-sensitive': false,
      'paid-per-use': false,
      'eu-market': false,
    },
  },
}

export const examples: ReadonlyMap<string, SystemInput> = new Map(
  Object.entries(EXAMPLES).map(
    ([
      name,
      {
        system: [id, body],
        components = [],
        facts,
        proven = [],
        chosen = [],
      },
    ]) => {
      const input = inputOf(facts, {
        system: asset(id, body),
        components: components.map(([part, of]) => asset(part, of)),
        statuses: new Map(measuresOf(proven).map((measure) => [measure, reportOf('proven')])),
        selections: new Map(measuresOf(chosen).map((measure) => [measure, { decision: 'chosen', reason: 'planned' }])),
        appetite: 'medium',
      })
      return [name, input]
    },
  ),
)

function measuresOf(controls: readonly string[]): string[] {
  return catalog.measures.filter(({ control }) => controls.includes(control)).map(({ id }) => id)
}
