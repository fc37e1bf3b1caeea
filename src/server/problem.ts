// How trouble is told over HTTP: problem+json (RFC 9457) with a hint. A bug says nothing but its request id; what
// happened goes to the server's own output, never the payload.
import { Failure, type FailureCode } from '../lib/failure.ts'

export interface Problem {
  type: string
  title: string
  status: number
  code: FailureCode | 'bug'
  detail: string
  hint?: string
  issues?: readonly { path: string; message: string; suggestion?: string }[]
  requestId: string
}

const KINDS: Record<FailureCode, [status: number, title: string, todo: string]> = {
  config_invalid: [500, 'The configuration is not valid', 'An operator mends it and starts Parapet again.'],
  input_invalid: [400, 'The request is not valid', 'Look at `issues`: each names a place and what is expected there.'],
  not_found: [404, 'Not found', 'Check the id or the path; lists show what there is.'],
  conflict: [409, 'In conflict with the present state', 'Read the present state, then decide anew.'],
  unauthenticated: [401, 'Not signed in', 'Sign in, or send an API token as `Authorization: Bearer pp_…`.'],
  forbidden: [403, 'Not allowed', 'Ask an owner for another role, or use a token with this scope.'],
  too_large: [413, 'Too large', 'Send less at once.'],
  too_many: [429, 'Too many', 'Wait as long as `retry-after` says.'],
  rate_limited: [429, 'Too fast', 'Wait as long as `retry-after` says; the `x-ratelimit` headers tell what is left.'],
  budget_exceeded: [429, 'Budget used up', 'Wait for its next period, or ask who runs the gateway for more.'],
  method_not_allowed: [405, 'Method not allowed', 'Use one of the methods that `allow` names.'],
  unsupported_media_type: [415, 'Media type not supported', 'Send JSON as `content-type: application/json`.'],
  unavailable: [503, 'Not available now', 'Try again in a moment.'],
  storage_read_only: [503, 'Storage is read-only', 'Reading goes on; an operator makes the data directory writable.'],
  storage_full: [507, 'Storage is full', 'Reading goes on; an operator makes room.'],
  log_damaged: [503, 'The evidence log is damaged', 'An operator runs `parapet log audit`.'],
  address_in_use: [500, 'Address in use', 'Take another port, or stop what listens there.'],
  upstream_unreachable: [
    502,
    'Upstream not reachable',
    'Check that the upstream runs and that this machine may reach it.',
  ],
  upstream_timeout: [504, 'Upstream too slow', 'Try again, or let the operator give the upstream more time.'],
  upstream_invalid: [502, 'Upstream answered what nobody can read', 'Check that the address of the upstream is right.'],
  blocked: [403, 'Stopped by a control', 'Take out what the message names, or ask who runs the gateway.'],
}

export const PROBLEM_CODES = [...(Object.keys(KINDS) as FailureCode[]), 'bug'] as const

export function toProblem(error: unknown, requestId: string): Problem {
  const failure = asFailure(error)
  if (failure === undefined) {
    return {
      type: '/docs/errors#bug',
      title: 'Internal error',
      status: 500,
      code: 'bug',
      detail: 'something went wrong in Parapet itself',
      hint: `look for ${requestId} in the output of the server`,
      requestId,
    }
  }
  const [status, title] = KINDS[failure.code]
  return {
    type: `/docs/errors#${failure.code}`,
    title,
    status,
    code: failure.code,
    detail: failure.message,
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    ...(failure.issues.length === 0 ? {} : { issues: failure.issues }),
    requestId,
  }
}

/** What the `type` of a problem points at. */
export function renderProblemPage(): string {
  const kinds = Object.entries(KINDS).map(
    ([code, [status, title, todo]]) => `## ${code}\n\n${title} (${status}). ${todo}\n`,
  )
  const bug = '## bug\n\nInternal error (500). Look for the request id in the output of the server, and report it.\n'
  return ['# Problems\n', ...kinds, bug].join('\n')
}

export function headersOf(error: unknown): Record<string, string> {
  const failure = asFailure(error)
  return {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...(failure?.retryAfter === undefined ? {} : { 'retry-after': String(failure.retryAfter) }),
    ...(failure?.code === 'unauthenticated' ? { 'www-authenticate': 'Bearer realm="parapet"' } : {}),
  }
}

/** The framework's own refusals are foreseen as well; what is left is a bug. */
export function asFailure(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error
  if (!(error instanceof Error) || !('statusCode' in error) || !('code' in error)) return undefined
  if (typeof error.statusCode !== 'number' || error.statusCode < 400 || error.statusCode > 499) return undefined
  if (error.statusCode === 413) {
    return new Failure('too_large', 'the body is larger than this route accepts', { hint: 'send less at once' })
  }
  if (error.statusCode === 415) {
    return new Failure('unsupported_media_type', 'bodies must be JSON', {
      hint: 'send the header content-type: application/json',
    })
  }
  return new Failure('input_invalid', 'the request could not be read', { cause: error })
}
