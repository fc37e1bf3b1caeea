// Why a call was stopped, for whoever made it: something was found in it, or a guard could not do its work. The second is
// told in a header as well, also where the policy lets such calls pass: nobody may take silence for a check.
import { Failure } from '../lib/failure.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Inspection } from './inspection.ts'
import type { Visit } from './visit.ts'

export const FAILED_HEADER = 'x-parapet-failed'

export function stopped(what: 'request' | 'answer', { decision, verdicts }: Inspection): Failure {
  const failed = failedOf(verdicts).filter((guard) => decision.because.includes(guard))
  const found = decision.because.filter((guard) => !failed.includes(guard))
  const why = [
    ...(found.length === 0 ? [] : [`was stopped by ${found.join(' and ')}`]),
    ...(failed.length === 0 ? [] : [`was stopped because ${failed.join(' and ')} could not do its work`]),
  ]
  return new Failure('blocked', `the ${what} ${why.join(', and ')}`)
}

/** To be called before the head of a response is written. */
export function tellFailed({ head, record }: Visit): void {
  const failed = failedOf(record.verdicts)
  if (failed.length > 0) head[FAILED_HEADER] = failed.join(', ')
}

function failedOf(verdicts: readonly Verdict[]): string[] {
  const failed = verdicts.filter(({ outcome }) => outcome === 'failed')
  return failed.length === 0 ? [] : [...new Set(failed.map(({ guard }) => guard))]
}
