// Trouble we foresaw and can explain to whoever must fix it. A bug stays a plain Error.

export type FailureCode =
  | 'config_invalid'
  | 'input_invalid'
  | 'not_found'
  | 'conflict'
  | 'unauthenticated'
  | 'forbidden'
  | 'too_large'
  | 'too_many'
  | 'rate_limited'
  | 'budget_exceeded'
  | 'method_not_allowed'
  | 'unsupported_media_type'
  | 'unavailable'
  | 'storage_read_only'
  | 'storage_full'
  | 'log_damaged'
  | 'address_in_use'
  | 'upstream_unreachable'
  | 'upstream_timeout'
  | 'upstream_invalid'
  | 'blocked'

/** One place in an input that is wrong, and what would be right. */
export interface Issue {
  path: string
  message: string
  suggestion?: string
}

export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  readonly hint: string | undefined
  readonly issues: readonly Issue[]
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined

  constructor(
    code: FailureCode,
    message: string,
    options: {
      hint?: string | undefined
      issues?: readonly Issue[]
      retryAfter?: number | undefined
      cause?: unknown
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.issues = options.issues ?? []
    this.retryAfter = options.retryAfter
  }
}
