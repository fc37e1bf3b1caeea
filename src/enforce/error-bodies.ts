// Trouble in the words of each family of formats, so that every client's own library knows what happened.
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Trouble } from './trouble.ts'

export type ModelFamily = 'openai' | 'anthropic' | 'gemini'
/** The others are spoken to in errors only: what their clients ask for is not served. */
export type Family = ModelFamily | 'mcp' | 'ollama' | 'bedrock' | 'cohere'

export function isServed(family: Family): family is ModelFamily {
  return family === 'openai' || family === 'anthropic' || family === 'gemini'
}

const OPENAI: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
}
const ANTHROPIC: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
}
const GEMINI: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

/** Of those that JSON-RPC leaves to servers. */
const MCP_ERROR = -32_000

export function errorBody(
  family: Family,
  { status, code, message, param, retryAfter }: Trouble,
  requestId: string,
): JsonObject {
  const isServer = status >= 500
  if (family === 'openai') {
    const type = OPENAI[status] ?? (isServer ? 'server_error' : 'invalid_request_error')
    return { error: { message, type, param: param ?? null, code } }
  }
  if (family === 'anthropic') {
    const type = ANTHROPIC[status] ?? (isServer ? 'api_error' : 'invalid_request_error')
    return { type: 'error', error: { type, message }, request_id: requestId }
  }
  // What was asked is not known when it is refused, so the answer belongs to no request.
  if (family === 'mcp') return { jsonrpc: '2.0', id: null, error: { code: MCP_ERROR, message, data: { code } } }
  if (family === 'ollama') return { error: message }
  if (family === 'bedrock' || family === 'cohere') return { message }
  const reason = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: code, domain: 'parapet' }
  return {
    error: {
      code: status,
      message,
      status: GEMINI[status] ?? (isServer ? 'INTERNAL' : 'INVALID_ARGUMENT'),
      details: retryAfter === undefined ? [reason] : [reason, retryInfo(retryAfter)],
    },
  }
}

function retryInfo(seconds: number): JsonObject {
  return { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` }
}
