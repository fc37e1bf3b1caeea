// Holds a call until a person has decided, and says in words of ours how it ended. A client learns who may approve and what
// to name to them; not which rule it was, nor what anybody said of it.
import { Failure } from '../../lib/failure.ts'
import type { ApproverRole } from '../../model/approval.ts'
import type { Stage } from '../../model/verdict.ts'
import type { Turn } from '../../model/turn.ts'
import type { Inspection } from '../inspection.ts'
import type { Caller, Route } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { listed } from './approval.ts'
import { gistOf, hiddenUnder } from './gist.ts'

export interface Held {
  stage: Stage
  turn: Turn
  route: Route
  caller: Caller
  inspection: Inspection
  /** Those that wait; asked for only where all of it does. */
  words(): string
}

/** Resolves when it may go on; throws where it may not. Afterwards the inspection has decided. */
export async function holdCall(visit: Visit, { stage, turn, route, caller, inspection, words }: Held): Promise<void> {
  const { context, record, signal } = visit
  const { holds, decision } = inspection
  const hold = holds.all
  if (decision.action !== 'hold' || hold === undefined) return
  const content = route.record.content ?? context.record.content
  const hidden = hiddenUnder(route.enforcement.policy)
  const settled = await context.desk.ask(
    {
      ...hold,
      stage,
      callId: record.id,
      keyId: caller.keyId,
      asset: caller.asset,
      route: route.id,
      model: turn.model,
      policy: decision.policy,
      askers: caller.owners ?? [],
      isKept: content === 'full' || (content === 'redacted' && hidden === 'secrets-and-personal'),
      gist: gistOf(turn, holds.calls, holds.areWordsHeld ? words() : '', hidden),
    },
    signal,
    (id) => {
      visit.head['x-parapet-approval'] = id
    },
  )
  inspection.settle(settled)
  visit.lap('person')
  signal.throwIfAborted()
  if (settled.outcome !== 'approved') throw notApproved(settled.outcome, settled.id, hold.needs, stage)
}

function notApproved(outcome: string, id: string, needs: readonly ApproverRole[], stage: Stage): Failure {
  const what = stage === 'request' ? 'this request' : 'this answer'
  const how =
    outcome === 'refused'
      ? 'and was refused'
      : outcome === 'expired'
        ? 'and nobody approved it in time'
        : 'and nobody could approve it any more'
  return new Failure('blocked', `${what} waited for a person, ${how}`, {
    hint: `it takes ${listed(needs)}; name ${id} to them`,
  })
}
