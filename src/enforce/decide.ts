// Turns what the guards saw into what the gateway does. Pure.
// Invariant: silence is not consent. A guard without a rule counts as enforced, and a failure blocks unless the policy
// says otherwise.
import type { Decision, Verdict } from '../model/verdict.ts'
import type { Policy } from '../model/policy.ts'

type Action = Decision['action']

const STRONGEST_FIRST: readonly Action[] = ['block', 'rewrite', 'forward']

export function decide(verdicts: readonly Verdict[], policy: Policy): Decision {
  if (verdicts.every(({ outcome, changes }) => outcome === 'pass' && changes === 0)) return forward(policy)
  const asked = verdicts.map((verdict) => ({ guard: verdict.guard, action: actionOf(verdict, policy) }))
  const action = STRONGEST_FIRST.find((one) => asked.some((ask) => ask.action === one)) ?? 'forward'
  const because = action === 'forward' ? [] : asked.filter((ask) => ask.action === action).map(({ guard }) => guard)
  return { action, because: [...new Set(because)], policy: policy.hash }
}

const forwards = new WeakMap<Policy, Decision>()

/** What most decisions are, once for each policy. */
function forward(policy: Policy): Decision {
  let decision = forwards.get(policy)
  if (decision === undefined)
    forwards.set(policy, (decision = Object.freeze({ action: 'forward', because: [], policy: policy.hash })))
  return decision
}

function actionOf({ guard, outcome, remedy, changes }: Verdict, { guards }: Policy): Action {
  const { mode, onFailure } = guards[guard] ?? { mode: 'enforce', onFailure: 'block' }
  if (mode !== 'enforce') return 'forward'
  if (outcome === 'failed' && onFailure === 'block') return 'block'
  if (outcome === 'hit' && remedy !== 'note') return remedy
  return changes > 0 ? 'rewrite' : 'forward'
}
