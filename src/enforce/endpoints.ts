// The addresses that clients may call, and nothing else: a path that is not here is denied before anything is read.
import type { IncomingMessage } from 'node:http'
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import { type Family, isServed, type ModelFamily } from './error-bodies.ts'
import { isWebSocket } from './realtime/handshake.ts'
import { strayAt } from './strays.ts'
import type { Addressed, WireId } from './wire/wire.ts'

export type Call = { family: ModelFamily } & (
  | { does: 'ask'; wire: WireId; addressed: Addressed; frames: 'sse' | 'array' }
  /** Which models there are; all of them unless one is named. */
  | { does: 'list'; model: string | undefined }
  /** A WebSocket. */
  | { does: 'realtime'; model: string }
)

const POSTS: Readonly<Record<string, WireId>> = {
  '/v1/chat/completions': 'openai-chat',
  '/v1/responses': 'openai-responses',
  '/v1/completions': 'openai-completions',
  '/v1/embeddings': 'openai-embeddings',
  '/v1/moderations': 'openai-moderations',
  '/v1/messages': 'anthropic-messages',
  '/v1/messages/count_tokens': 'anthropic-count-tokens',
}

/** Where clients of Azure look for the same: below a deployment, which is what the model is called there, or without one. */
const AZURE = /^\/(?:openai(?:\/v1)?|v1)(?:\/deployments\/(?<model>[^/?#]{1,300}))?(?<rest>\/[a-z/]{1,40})$/
const AZURE_ONLY = '/openai/'

const GEMINI: Readonly<Record<string, WireId>> = {
  generateContent: 'gemini-generate',
  streamGenerateContent: 'gemini-generate',
  embedContent: 'gemini-embed',
  batchEmbedContents: 'gemini-batch-embed',
  countTokens: 'gemini-count-tokens',
}

const PREFIXES = ['/v1/', '/v1beta/', '/openai/', '/mcp/'] as const

/** Whether the request is for the door of models, and nothing else of the server may look at it. */
export function isForModels({ method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>): boolean {
  for (const prefix of PREFIXES) if (url.startsWith(prefix)) return true
  return strayAt(method, pathOf(url)) !== undefined
}

/** For the reference. */
export const SERVED: readonly [request: string, wire: WireId | undefined][] = [
  ...Object.entries(POSTS).map(([path, wire]): [string, WireId] => [`POST ${path}`, wire]),
  ['POST /openai/deployments/{model}/chat/completions, …/completions, …/embeddings', undefined],
  ['POST /openai/v1/…, /openai/responses, as under /v1', undefined],
  ...Object.entries(GEMINI).map(([action, wire]): [string, WireId] => [`POST /v1beta/models/{model}:${action}`, wire]),
  ['GET /v1/realtime?model={model} (WebSocket, where the route says so)', undefined],
  ['GET /v1/models', undefined],
  ['GET /v1beta/models', undefined],
]
const REALTIME = '/v1/realtime'
const GEMINI_PATH = /^\/v1(?:beta)?\/models\/(?<model>[^?#]{1,300}):(?<action>\w{1,40})$/
const MODELS_PATH = /^\/(?<version>v1|v1beta|openai\/v1|openai)\/models(?:\/(?<model>[^?#:]{1,300}))?$/
const MODEL = /^[\w.:/@+ -]{1,256}$/

/** Some paths are common to several formats; then the headers that only one kind of client sends tell them apart. */
export function familyOf({ method, url = '', headers }: IncomingMessage): Family {
  const path = pathOf(url)
  if (Object.hasOwn(POSTS, path)) return path.startsWith('/v1/messages') ? 'anthropic' : 'openai'
  if (path.startsWith('/mcp/')) return 'mcp'
  if (path.startsWith('/v1beta/') || (path.includes(':') && GEMINI_PATH.test(path))) return 'gemini'
  if (path.startsWith('/v1/messages')) return 'anthropic'
  if (path.startsWith(AZURE_ONLY)) return 'openai'
  const stray = strayAt(method, path)
  if (stray !== undefined) return stray.family
  if (headers['anthropic-version'] !== undefined) return 'anthropic'
  return headers['x-goog-api-key'] === undefined ? 'openai' : 'gemini'
}

export function callOf(request: IncomingMessage, family = familyOf(request)): Call {
  const { method, url = '' } = request
  const path = pathOf(url)
  if (family === 'mcp') {
    throw new Failure('not_found', 'MCP servers are not served yet', { hint: 'connect to the server itself' })
  }
  if (!isServed(family)) throw nothingAt(family, method, path)
  const isPost = method === 'POST'
  const wire = Object.hasOwn(POSTS, path) ? POSTS[path] : undefined
  if (wire !== undefined && isPost) {
    return { family, does: 'ask', wire, addressed: { model: undefined, stream: false }, frames: 'sse' }
  }
  const azure = wire === undefined ? azureCall(path) : undefined
  if (azure !== undefined && isPost) return azure
  const gemini = GEMINI_PATH.exec(path)?.groups
  const list = MODELS_PATH.exec(path)?.groups
  if (gemini && isPost) return geminiCall(gemini['model'] ?? '', gemini['action'] ?? '', queryOf(url))
  if (list && (method === 'GET' || method === 'HEAD'))
    return { family, does: 'list', model: list['model'] && named(list['model']) }
  if (wire ?? azure ?? gemini ?? list) {
    throw new Failure('method_not_allowed', `${method} does not go with this path`, {
      hint: wire || azure || gemini ? 'use POST' : 'use GET',
    })
  }
  if (isRealtime(request)) return { family, does: 'realtime', model: realtimeModel(queryOf(url)) }
  if (path === REALTIME || path.startsWith('/v1/realtime/')) {
    throw new Failure('forbidden', 'the realtime API is not let through, because no control could look into it', {
      hint: 'use chat completions or responses, streamed; or a WebSocket, where the route says `realtime: unguarded`',
    })
  }
  throw nothingAt(family, method, path)
}

function nothingAt(family: Family, method: string | undefined, path: string): Failure {
  const hint = strayAt(method, path)?.hint ?? servedTo(family, path)
  return new Failure('not_found', 'no model API is served at this path', { hint })
}

function servedTo(family: Family, path: string): string {
  const near = suggest(path, Object.keys(POSTS))
  if (near !== undefined) return `did you mean POST ${near}?`
  const mine = SERVED.flatMap(([request, wire]) => (wire?.startsWith(family) ? [request] : []))
  return `served are ${mine.join(', ')}, and ${family === 'gemini' ? 'GET /v1beta/models' : 'GET /v1/models'}`
}

/** How what stands at the path of a request is asked, where it was asked in another way. */
export function methodAt({ url = '' }: IncomingMessage): 'GET' | 'POST' {
  return MODELS_PATH.test(pathOf(url)) ? 'GET' : 'POST'
}

export function isRealtime(request: IncomingMessage): boolean {
  return pathOf(request.url ?? '') === REALTIME && isWebSocket(request)
}

function pathOf(url: string): string {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}

const queryOf = (url: string): string => url.split('?', 2)[1] ?? ''

function realtimeModel(query: string): string {
  const models = new URLSearchParams(query).getAll('model')
  const [model = ''] = models
  if (models.length === 1 && MODEL.test(model)) return model
  throw new Failure('input_invalid', 'the address has to name one model', { hint: '/v1/realtime?model=…' })
}

/** Whatever version of the API the query names: what is asked is read as it stands. */
function azureCall(path: string): Call | undefined {
  const { model, rest = '' } = AZURE.exec(path)?.groups ?? {}
  const wire = Object.hasOwn(POSTS, `/v1${rest}`) ? POSTS[`/v1${rest}`] : undefined
  if (wire === undefined || !wire.startsWith('openai-')) return undefined
  const addressed = { model: model === undefined ? undefined : named(model), stream: false }
  return { family: 'openai', does: 'ask', wire, addressed, frames: 'sse' }
}

function geminiCall(model: string, action: string, query: string): Call {
  const wire = Object.hasOwn(GEMINI, action) ? GEMINI[action] : undefined
  if (wire === undefined) {
    throw new Failure('not_found', `the action ${action} is not served`, {
      hint: `served are ${Object.keys(GEMINI).join(', ')}`,
    })
  }
  const stream = action === 'streamGenerateContent'
  const frames = stream && new URLSearchParams(query).get('alt') !== 'sse' ? 'array' : 'sse'
  return { family: 'gemini', does: 'ask', wire, addressed: { model: named(model), stream }, frames }
}

function named(text: string): string {
  let model: string
  try {
    model = decodeURIComponent(text)
  } catch (cause) {
    throw new Failure('input_invalid', 'the name of the model in the address is not readable', { cause })
  }
  if (MODEL.test(model) && !model.includes('..')) return model
  throw new Failure('input_invalid', 'the name of the model in the address has characters that no model has')
}
