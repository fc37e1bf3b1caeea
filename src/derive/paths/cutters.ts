// Which controls of the AI Exchange close which kind of edge, the likeliest first. An edge of a kind that no control
// closes can only be taken away.
import type { EdgeGuard, EdgeKind, TraversedEdge } from '../../model/graph.ts'

export const CUTTERS: Readonly<Record<TraversedEdge, readonly string[]>> = {
  exposes: ['model-access-control', 'rate-limit'],
  calls: ['model-access-control', 'prompt-injection-io-handling'],
  'uses-tool': ['least-model-privilege', 'oversight'],
  delegates: ['least-model-privilege', 'oversight'],
  connects: ['supply-chain-manage', 'least-model-privilege'],
  provides: ['supply-chain-manage', 'least-model-privilege'],
  retrieves: ['least-model-privilege', 'augmentation-data-integrity', 'augmentation-data-confidentiality'],
  indexes: ['augmentation-data-integrity', 'augmentation-data-confidentiality', 'data-quality-control'],
  ingests: ['input-segregation', 'prompt-injection-io-handling'],
  reads: ['least-model-privilege', 'segregate-data', 'augmentation-data-confidentiality'],
  writes: ['least-model-privilege', 'oversight', 'agent-sandboxing'],
  'sends-to': ['encode-model-output', 'sensitive-output-handling', 'model-input-confidentiality', 'agent-sandboxing'],
  'runs-as': ['least-model-privilege', 'agent-sandboxing'],
  'has-grant': ['dev-security', 'segregate-data', 'least-model-privilege'],
  'can-assume': ['dev-security', 'sec-program'],
  holds: ['dev-security', 'discrete'],
  unlocks: ['dev-security', 'sec-program'],
  loads: ['supply-chain-manage', 'runtime-model-integrity'],
  'trained-on': ['data-quality-control', 'more-train-data', 'segregate-data'],
  'derived-from': ['supply-chain-manage', 'data-quality-control'],
  'stored-in': ['supply-chain-manage', 'dev-security'],
  publishes: ['dev-security', 'supply-chain-manage'],
  builds: ['dev-security', 'supply-chain-manage'],
  remembers: ['input-segregation', 'least-model-privilege', 'short-retain'],
  'served-by': ['model-input-confidentiality', 'supply-chain-manage'],
}

/** Those of these controls that close an edge of this kind. */
export const guardsOn = (kind: EdgeKind, guards: readonly EdgeGuard[]): EdgeGuard[] =>
  guards.filter(({ control }) => kind in CUTTERS && CUTTERS[kind as keyof typeof CUTTERS].includes(control))
