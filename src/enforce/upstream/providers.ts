// The providers that are known by name: where they are, how they want their key, and which formats they speak where.
// A new provider is a row.
import type { WireId } from '../wire/wire.ts'

export interface Provider {
  id: string
  title: string
  /** Up to the version; undefined where each customer has an address of his own. */
  url: string | undefined
  /** Follows a configured address that has no path. */
  version: string
  auth: 'bearer' | 'x-api-key' | 'x-goog-api-key' | 'api-key' | 'sigv4' | 'none'
  headers?: Readonly<Record<string, string>>
  /** Below the address; `{model}` stands for the model's name. */
  paths: Partial<Record<WireId, string>>
  /** Where WebSockets of OpenAI's realtime API are opened. */
  realtime?: string
  /** Where streams have a path of their own. */
  streamPaths?: Partial<Record<WireId, string>>
}

const CHAT_ONLY = { 'openai-chat': '/chat/completions' } as const
const COMPATIBLE = { ...CHAT_ONLY, 'openai-completions': '/completions', 'openai-embeddings': '/embeddings' } as const
const OPENAI = { ...COMPATIBLE, 'openai-responses': '/responses', 'openai-moderations': '/moderations' } as const

const compatible = (
  id: string,
  title: string,
  url: string | undefined,
  paths: Provider['paths'] = COMPATIBLE,
): Provider => ({
  id,
  title,
  url,
  version: '/v1',
  auth: 'bearer',
  paths,
})

const bedrock = (id: string, how: string, auth: Provider['auth']): Provider => ({
  id,
  title: `Amazon Bedrock (Converse, ${how})`,
  url: undefined,
  version: '',
  auth,
  paths: { 'bedrock-converse': '/model/{model}/converse' },
  streamPaths: { 'bedrock-converse': '/model/{model}/converse-stream' },
})

export const PROVIDERS: readonly Provider[] = [
  { ...compatible('openai', 'OpenAI', 'https://api.openai.com/v1', OPENAI), realtime: '/realtime' },
  {
    id: 'anthropic',
    title: 'Anthropic',
    url: 'https://api.anthropic.com/v1',
    version: '/v1',
    auth: 'x-api-key',
    headers: { 'anthropic-version': '2023-06-01' },
    paths: { 'anthropic-messages': '/messages', 'anthropic-count-tokens': '/messages/count_tokens' },
  },
  {
    id: 'gemini',
    title: 'Google Gemini',
    url: 'https://generativelanguage.googleapis.com/v1beta',
    version: '/v1beta',
    auth: 'x-goog-api-key',
    paths: {
      'gemini-generate': '/models/{model}:generateContent',
      'gemini-embed': '/models/{model}:embedContent',
      'gemini-batch-embed': '/models/{model}:batchEmbedContents',
      'gemini-count-tokens': '/models/{model}:countTokens',
    },
    streamPaths: { 'gemini-generate': '/models/{model}:streamGenerateContent?alt=sse' },
  },
  bedrock('bedrock', 'with an API key', 'bearer'),
  bedrock('bedrock-access-key', 'with an access key', 'sigv4'),
  {
    ...compatible('azure', 'Azure OpenAI', undefined, OPENAI),
    version: '/openai/v1',
    auth: 'api-key',
    realtime: '/realtime',
  },
  compatible('mistral', 'Mistral', 'https://api.mistral.ai/v1'),
  compatible('groq', 'Groq', 'https://api.groq.com/openai/v1'),
  compatible('deepseek', 'DeepSeek', 'https://api.deepseek.com/v1', CHAT_ONLY),
  compatible('xai', 'xAI', 'https://api.x.ai/v1'),
  compatible('together', 'Together', 'https://api.together.xyz/v1'),
  compatible('fireworks', 'Fireworks', 'https://api.fireworks.ai/inference/v1'),
  compatible('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1'),
  compatible('cerebras', 'Cerebras', 'https://api.cerebras.ai/v1'),
  compatible('ollama', 'Ollama', 'http://127.0.0.1:11434/v1'),
  compatible('vllm', 'vLLM', undefined),
  {
    id: 'demo',
    title: 'The demo model: a script inside Parapet',
    url: 'http://demo.invalid/v1',
    version: '/v1',
    auth: 'none',
    paths: CHAT_ONLY,
  },
  {
    ...compatible('openai-compatible', 'Any server that speaks OpenAI’s formats', undefined, OPENAI),
    realtime: '/realtime',
  },
]
