// How long a call may take, from its first byte to its last: streams too. When its time is over the upstream is let go of,
// the client is told in its own format, and what was used is settled like the use of any answer that broke off.
import { Failure } from '../lib/failure.ts'
import type { Policy } from '../model/policy.ts'
import type { Verdict } from '../model/verdict.ts'
import { decide } from './decide.ts'
import type { TimeLimit, Visit } from './visit.ts'

/** Where it is only observed, the call goes on, and what would have been done is on record. */
export function limitTime(visit: Visit, guard: string, seconds: number, policy: Policy): TimeLimit {
  const { context, record } = visit
  const isEnforced = policy.guards[guard]?.mode === 'enforce'
  let isOver = false
  const over = () => {
    isOver = true
    if (!isEnforced) return
    visit.head['x-should-retry'] = 'false'
    visit.cut(new Failure('upstream_timeout', `the call took longer than the ${seconds} s that ${guard} allows`))
  }
  const timer = setTimeout(over, Math.max(0, visit.began + seconds * 1000 - context.clock()))
  return {
    close() {
      clearTimeout(timer)
      if (!isOver) return
      const verdict = lateVerdict(guard, seconds)
      record.verdicts = [...record.verdicts, verdict]
      record.decisions = [...record.decisions, decide([verdict], policy)]
      if (isEnforced && isCut(visit)) record.outcome = 'blocked'
    },
  }
}

/** It had to end, and not because its client went away. */
export function isCut({ signal }: Pick<Visit, 'signal'>): boolean {
  return signal.aborted && signal.reason instanceof Failure
}

export function lateVerdict(guard: string, seconds: number): Verdict {
  const note = `It took longer than ${seconds} s`
  const hit = { detector: guard, kind: 'seconds', severity: 'medium', confidence: 1, note } as const
  const hits = [{ ...hit, origin: 'assistant', place: '' } as const]
  return { guard, stage: 'answer', outcome: 'hit', remedy: 'block', changes: 0, hits, more: 0 }
}
