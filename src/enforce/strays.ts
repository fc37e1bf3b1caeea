// Where clients of model APIs knock and nothing is served: an API that nobody speaks here, or a base URL without its end or
// with too much of it. They hear so in the words of the API that they speak, and what to do.
import type { Family } from './error-bodies.ts'

export interface Stray {
  family: Family
  path: RegExp
  hint: string
  /** The console has pages there. */
  isPostOnly?: true
}

const OPENAI_BASE = 'the base URL ends in /v1'
const ANTHROPIC_BASE = 'the base URL ends before /v1'

export const STRAYS: readonly Stray[] = [
  {
    family: 'ollama',
    path: /^\/api\/(?:chat|generate|embed|embeddings|tags|ps|show|version|pull|push|create|copy|delete|blobs\/[\w:.-]{1,200})$/,
    hint: 'ask POST /v1/chat/completions, which Ollama has as well',
  },
  {
    family: 'openai',
    path: /^\/(?:v1|api)\/v1\/(?:chat\/completions|completions|responses|embeddings|models|moderations)$/,
    hint: OPENAI_BASE,
  },
  {
    family: 'openai',
    path: /^\/(?:chat\/completions|completions|responses|embeddings|moderations)$/,
    hint: OPENAI_BASE,
    isPostOnly: true,
  },
  { family: 'openai', path: /^\/(?:v1|openai)$/, hint: OPENAI_BASE },
  { family: 'openai', path: /^\/\/+(?:v1|openai)\//, hint: 'the address has a slash too many' },
  {
    family: 'anthropic',
    path: /^\/(?:v1\/v1|api\/v1|anthropic|anthropic\/v1)\/messages(?:\/\w{1,40})?$/,
    hint: ANTHROPIC_BASE,
  },
  { family: 'anthropic', path: /^\/messages(?:\/\w{1,40})?$/, hint: ANTHROPIC_BASE, isPostOnly: true },
  { family: 'gemini', path: /^\/+v1beta$|^\/\/+v1beta\//, hint: 'the base URL ends before /v1beta' },
  {
    family: 'gemini',
    path: /^\/v1(?:alpha|beta\d|internal)\/|^\/v1\/projects\//,
    hint: 'ask POST /v1beta/models/{model}:generateContent',
  },
  {
    family: 'bedrock',
    path: /^\/model\/[^/]{1,300}\/(?:converse|converse-stream|invoke|invoke-with-response-stream|count-tokens)$/,
    hint: 'ask POST /v1/messages or POST /v1/chat/completions; a route may bring them to Bedrock',
  },
  { family: 'cohere', path: /^\/v2\/(?:chat|embed|rerank)$/, hint: 'ask POST /v1/chat/completions' },
]

/** `path` has no query. */
export function strayAt(method: string | undefined, path: string): Stray | undefined {
  return STRAYS.find((one) => one.path.test(path) && (one.isPostOnly !== true || method === 'POST'))
}
