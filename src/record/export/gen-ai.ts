// The words of OpenTelemetry's conventions for generative AI, in one place, because they still change: attributes, units,
// buckets, and what our formats are called there.
import type { Exchange } from '../../model/exchange.ts'
import type { StopReason } from '../../model/turn.ts'

export const ATTRIBUTE = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  stream: 'gen_ai.request.stream',
  requestModel: 'gen_ai.request.model',
  responseId: 'gen_ai.response.id',
  responseModel: 'gen_ai.response.model',
  finishReasons: 'gen_ai.response.finish_reasons',
  agent: 'gen_ai.agent.id',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cacheRead: 'gen_ai.usage.cache_read.input_tokens',
  cacheWritten: 'gen_ai.usage.cache_creation.input_tokens',
  tokenType: 'gen_ai.token.type',
  errorType: 'error.type',
  status: 'http.response.status_code',
  client: 'client.address',
  // Our own, where the conventions have no word.
  call: 'parapet.call.id',
  route: 'parapet.route',
  system: 'parapet.system',
  key: 'parapet.key.id',
  upstream: 'parapet.upstream',
  outcome: 'parapet.outcome',
  action: 'parapet.decision',
  policy: 'parapet.policy.hash',
  cost: 'parapet.cost_micros',
} as const

export const METRIC = {
  duration: {
    name: 'gen_ai.client.operation.duration',
    description: 'GenAI operation duration.',
    unit: 's',
    bounds: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
  },
  firstChunk: {
    name: 'gen_ai.client.operation.time_to_first_chunk',
    description: 'Time to the first chunk of a streamed answer.',
    unit: 's',
    bounds: [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  },
  tokens: {
    name: 'gen_ai.client.token.usage',
    description: 'Number of input and output tokens used.',
    unit: '{token}',
    bounds: [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
  },
} as const

const OPERATIONS: Readonly<Record<string, string>> = {
  'openai-completions': 'text_completion',
  'openai-embeddings': 'embeddings',
  'openai-moderations': 'moderation',
  'anthropic-count-tokens': 'count_tokens',
  'gemini-generate': 'generate_content',
  'gemini-embed': 'embeddings',
  'gemini-batch-embed': 'embeddings',
  'gemini-count-tokens': 'count_tokens',
}

const PROVIDERS: readonly (readonly [prefix: string, name: string])[] = [
  ['openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['gemini', 'gcp.gemini'],
  ['bedrock', 'aws.bedrock'],
]

const FINISH: Readonly<Record<StopReason, string>> = {
  end: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  tools: 'tool_call',
  filtered: 'content_filter',
  malformed: 'error',
  other: 'other',
}

/** Of each choice, in the words that the conventions have for all providers. */
export function finishOf({ answer }: Pick<Exchange, 'answer'>): string[] | undefined {
  return answer === undefined || answer.stops.length === 0 ? undefined : answer.stops.map((stop) => FINISH[stop])
}

/** Conversations are chats, whatever format they are in. */
export function operationOf({ wire }: Pick<Exchange, 'wire'>): string {
  return (wire === undefined ? undefined : OPERATIONS[wire]) ?? 'chat'
}

/** By the format that the upstream was spoken to in, or else that of the client. */
export function providerOf({ upstreamWire, wire }: Pick<Exchange, 'upstreamWire' | 'wire'>): string {
  const format = upstreamWire ?? wire ?? ''
  return PROVIDERS.find(([prefix]) => format.startsWith(prefix))?.[1] ?? 'unknown'
}

export function errorOf({ outcome, code }: Pick<Exchange, 'outcome' | 'code'>): string | undefined {
  return outcome === 'answered' ? undefined : (code ?? outcome)
}
