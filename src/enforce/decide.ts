// Turns what the guards saw into what the gateway does. Pure.
// Invariant: silence is not consent. A guard without a rule counts as enforced, and a failure blocks unless the policy
// says otherwise; what waits for a person goes on only when it was approved.
import type { Decision, Settled, Verdict } from '../model/verdict.ts'
import type { Policy } from '../model/policy.ts'

type Action = Decision['action']

const STRONGEST_FIRST: readonly Action[] = ['block', 'hold', 'rewrite', 'forward']

/** `approval`: what a person said of it, where one was asked. */
export function decide(verdicts: readonly Verdict[], policy: Policy, approval?: Settled): Decision {
  if (approval === undefined && verdicts.every(passed)) return forward(policy)
  const isApproved = approval?.outcome === 'approved'
  const asked = verdicts.map((verdict) => ({ guard: verdict.guard, action: actionOf(verdict, policy, isApproved) }))
  const action = STRONGEST_FIRST.find((one) => asked.some((ask) => ask.action === one)) ?? 'forward'
  const because = action === 'forward' ? [] : asked.filter((ask) => ask.action === action).map(({ guard }) => guard)
  const decision = { action, because: [...new Set(because)], policy: policy.hash }
  if (approval === undefined) return decision
  return { ...decision, action: action === 'hold' ? 'block' : action, approval }
}

const passed = ({ outcome, changes }: Verdict): boolean => outcome === 'pass' && changes === 0
const forwards = new WeakMap<Policy, Decision>()

/** What most decisions are, once for each policy. */
function forward(policy: Policy): Decision {
  let decision = forwards.get(policy)
  if (decision === undefined)
    forwards.set(policy, (decision = Object.freeze({ action: 'forward', because: [], policy: policy.hash })))
  return decision
}

function actionOf({ guard, outcome, remedy, changes }: Verdict, { guards }: Policy, isApproved: boolean): Action {
  const { mode, onFailure } = guards[guard] ?? { mode: 'enforce', onFailure: 'block' }
  if (mode !== 'enforce') return 'forward'
  if (outcome === 'failed' && onFailure === 'block') return 'block'
  if (outcome === 'hit' && remedy !== 'note' && !(remedy === 'hold' && isApproved)) return remedy
  return changes > 0 ? 'rewrite' : 'forward'
}
