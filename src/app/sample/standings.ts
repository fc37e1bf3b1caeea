// How far the made-up company has come with its controls, system by system, so that every status has its place.
// What is not listed has no evidence at all.

export interface Standings {
  /** What its proofs are counted in, and the names of it. */
  population: { of: string; names: readonly string[] }
  proven: readonly string[]
  /** The last of the population is not covered. */
  partial?: readonly string[]
  stale?: readonly string[]
  /** Control → what failed. */
  failing?: Readonly<Record<string, string>>
  /** Proven by the supplier's papers. */
  assured?: readonly string[]
}

export const STANDINGS: Readonly<Record<string, Standings>> = {
  'claims-assistant': {
    population: { of: 'route', names: ['ask', 'summarise', 'draft-letter', 'search'] },
    proven: [
      'ai-program',
      'model-access-control',
      'rate-limit',
      'monitor-use',
      'sensitive-output-handling',
      'limit-resources',
      'supply-chain-manage',
      'runtime-model-io-integrity',
      'ai-transparency',
      'sec-educate',
    ],
    partial: [
      'prompt-injection-io-handling',
      'input-segregation',
      'model-input-confidentiality',
      'dos-input-validation',
    ],
    stale: ['continuous-validation', 'augmentation-data-integrity'],
    failing: {
      'augmentation-data-confidentiality': 'A handler without access to medical files was answered from one.',
    },
    assured: ['model-alignment'],
  },
  'customer-chat': {
    population: { of: 'page', names: ['help', 'quote', 'claim-status'] },
    proven: ['ai-program', 'ai-transparency', 'check-compliance'],
    partial: ['rate-limit'],
    stale: ['sec-program'],
    failing: { 'encode-model-output': 'A link from a question came back as a live link on the quote page.' },
    assured: ['model-access-control', 'monitor-use', 'prompt-injection-io-handling', 'supply-chain-manage'],
  },
  'payment-fraud-score': {
    population: { of: 'stage', names: ['ingest', 'train', 'score'] },
    proven: [
      'ai-program',
      'sec-program',
      'dev-program',
      'sec-dev-program',
      'dev-security',
      'segregate-data',
      'data-quality-control',
      'runtime-model-integrity',
      'runtime-model-confidentiality',
      'model-access-control',
      'monitor-use',
      'rate-limit',
      'obscure-confidence',
      'oversight',
      'sec-educate',
      'data-minimize',
    ],
    partial: ['continuous-validation', 'short-retain'],
    stale: ['unwanted-bias-testing', 'evasion-robust-model', 'explainability'],
  },
  'underwriting-copilot': {
    population: { of: 'route', names: ['draft', 'review'] },
    proven: [
      'ai-program',
      'dev-security',
      'runtime-model-integrity',
      'runtime-model-confidentiality',
      'model-access-control',
      'limit-resources',
      'supply-chain-manage',
    ],
    partial: ['monitor-use', 'sensitive-output-handling'],
    stale: ['data-quality-control', 'poison-robust-model'],
  },
  'procurement-agent': {
    population: { of: 'tool', names: ['read-mail', 'compare-offers', 'send-mail', 'place-order'] },
    proven: ['ai-program', 'model-access-control', 'rate-limit', 'limit-resources', 'monitor-use'],
    partial: ['oversight', 'least-model-privilege', 'prompt-injection-io-handling', 'agent-sandboxing'],
    failing: { 'input-segregation': 'A sentence in a supplier’s mail was taken for an order of the buyer.' },
    stale: ['augmentation-data-integrity'],
  },
  'developer-copilot': {
    population: { of: 'server', names: ['repository', 'tickets'] },
    proven: ['ai-program', 'sec-educate'],
    partial: ['supply-chain-manage', 'least-model-privilege'],
    assured: ['model-alignment', 'model-input-confidentiality'],
  },
  'document-intake': {
    population: { of: 'queue', names: ['letters', 'invoices', 'forms'] },
    proven: [
      'ai-program',
      'runtime-model-integrity',
      'model-access-control',
      'rate-limit',
      'dos-input-validation',
      'monitor-use',
      'supply-chain-manage',
      'short-retain',
    ],
    partial: ['evasion-input-handling'],
    stale: ['evasion-robust-model'],
  },
  'call-summary': {
    population: { of: 'route', names: ['summary', 'promises'] },
    proven: [
      'ai-program',
      'model-access-control',
      'model-input-confidentiality',
      'sensitive-output-handling',
      'monitor-use',
      'short-retain',
      'data-minimize',
      'rate-limit',
      'limit-resources',
    ],
    partial: ['prompt-injection-io-handling'],
    assured: ['model-alignment', 'supply-chain-manage'],
  },
  'tariff-rules': {
    population: { of: 'rule set', names: ['car', 'home', 'travel'] },
    proven: [
      'ai-program',
      'sec-program',
      'dev-program',
      'sec-dev-program',
      'dev-security',
      'runtime-model-integrity',
      'runtime-model-confidentiality',
      'explainability',
      'model-access-control',
      'monitor-use',
      'oversight',
      'rate-limit',
    ],
    partial: ['unwanted-bias-testing'],
  },
  'campaign-images': {
    population: { of: 'route', names: ['generate'] },
    proven: ['ai-program', 'oversight', 'model-access-control', 'limit-resources', 'ai-transparency'],
    assured: ['model-alignment', 'supply-chain-manage'],
  },
  'incident-triage': {
    population: { of: 'agent', names: ['triage', 'lookup', 'runner'] },
    proven: ['ai-program', 'model-access-control', 'monitor-use', 'limit-resources'],
    partial: ['agent-sandboxing', 'least-model-privilege'],
    stale: ['oversight'],
    failing: {
      'augmentation-data-integrity': 'A note written by one agent was believed by another without its source.',
    },
  },
}
