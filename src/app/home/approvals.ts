// Calls that wait for a person, for those who may approve them. They wait minutes, so they come first.
import { whyNotApprove } from '../../enforce/oversight/approval.ts'
import { MOST_ROWS } from '../../model/page.ts'
import type { WaitingSource } from './waiting.ts'

export const callsToDecide: WaitingSource = async function* ({ app, actor, email, now }, after) {
  const { items } = await app.store.read.approvals.list({ limit: MOST_ROWS, state: 'waiting' })
  for (const approval of items.toReversed()) {
    const { id, asset, route, stage, askedAt, expiresAt } = approval
    if (id <= after || whyNotApprove(approval, actor, now) !== undefined) continue
    yield {
      kind: 'call-to-decide',
      key: id,
      title: stage === 'request' ? `Let a request on ${route} reach the model?` : `Let an answer on ${route} go out?`,
      since: askedAt,
      due: expiresAt,
      system: asset,
      owner: email,
      about: { kind: 'approval', id },
    }
  }
}
