// Reads what the API answered: a value, or the problem that it reports.
import { Failure, type FailureCode, type Issue } from '../../lib/failure.ts'

export function toReply(status: number, text: string): unknown {
  const value = valueOf(text)
  if (status >= 200 && status < 300 && value !== undefined) return value
  if (status === 204) return {}
  throw toFailure(status, value)
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function toFailure(status: number, value: unknown): Failure {
  const { code, detail, hint, issues } = (value ?? {}) as Record<string, unknown>
  if (typeof detail !== 'string') {
    return new Failure('unavailable', `the server answered ${status} with something else than Parapet's API does`, {
      hint: 'does --url point to Parapet, and not to a proxy or another program?',
    })
  }
  return new Failure(codeOf(code), detail, {
    hint: typeof hint === 'string' ? hint : undefined,
    issues: Array.isArray(issues) ? issues.flatMap(toIssue) : [],
  })
}

/** Codes of a newer server are passed on as they are: they are only shown. */
function codeOf(code: unknown): FailureCode {
  return typeof code === 'string' ? (code as FailureCode) : 'unavailable'
}

function toIssue(issue: unknown): Issue[] {
  const { path, message, suggestion } = (issue ?? {}) as Record<string, unknown>
  if (typeof path !== 'string' || typeof message !== 'string') return []
  return [{ path, message, ...(typeof suggestion === 'string' ? { suggestion } : {}) }]
}
