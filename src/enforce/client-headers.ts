// Every header of a client that the gateway reads, in one place. A name that is not here is not read: a test records what is
// looked up while calls of every kind go through, and tries that none of these can give a call more than it has without.
// Headers of the gateway's own, `x-parapet-…`, are rows of `src/enforce/narrowing.ts`; those that name users and agents are
// chosen by the operator.

/** Where a key may stand, beside `authorization`. */
export const KEY_HEADERS = ['x-api-key', 'x-goog-api-key', 'api-key'] as const

/** They go on to an upstream of the same format. */
export const PASSED_HEADERS = ['anthropic-version', 'anthropic-beta', 'openai-beta'] as const

export const CLIENT_HEADERS: readonly string[] = [
  'authorization',
  ...KEY_HEADERS,
  ...PASSED_HEADERS,
  // Believed only from proxies that the operator named.
  'x-forwarded-for',
  'traceparent',
  'tracestate',
  'content-type',
  'content-encoding',
  'content-length',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
]
