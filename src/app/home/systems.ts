// What waits because of how systems stand: controls that fail or whose proof is stale, and reviews.
import { reviewDue } from '../../govern/review.ts'
import { seenIn } from '../posture/risk-states.ts'
import type { Waiting, WaitingSource } from './waiting.ts'

const NAMED = 3

export const failing = controlsThat('failing', 'control-failing', 'fail')
export const stale = controlsThat('stale', 'control-stale', 'are no longer proven')
export const reviewsOverdue = reviewsThat('overdue', 'review-overdue', 'is overdue for review')
export const reviewsDue = reviewsThat('due', 'review-due', 'is to be reviewed')

function controlsThat(status: 'failing' | 'stale', kind: Waiting['kind'], words: string): WaitingSource {
  return async function* ({ app, view }, after) {
    for (const { id, system, controls } of await view.standings()) {
      const some = [...controls].filter(([, report]) => report.status === status)
      if (id <= after || some.length === 0) continue
      const names = some.slice(0, NAMED).map(([control]) => app.catalog.controlsById.get(control)?.name ?? control)
      const more = some.length > NAMED ? ` and ${some.length - NAMED} more` : ''
      const [proof] = some.flatMap(([, { evidence }]) => evidence)
      const title = `Controls of ${system.name} ${words}: ${names.join(', ')}${more}`
      yield { kind, key: id, title, proof, system: id, owner: system.owners.risk, about: { kind: 'system', id } }
    }
  }
}

function reviewsThat(state: 'due' | 'overdue', kind: Waiting['kind'], words: string): WaitingSource {
  return async function* ({ app, view, now, lastReviews }, after) {
    const held = await lastReviews()
    for (const standing of await view.standings()) {
      const { id, system } = standing
      if (id <= after) continue
      const due = reviewDue(system, held.get(id), seenIn(standing), now, app.govern.policy.reviewDays)
      if (due.state !== state) continue
      const title = `${system.name} ${words}: ${due.why[0] ?? ''}`
      yield {
        kind,
        key: id,
        title,
        since: due.since,
        system: id,
        owner: system.owners.risk,
        about: { kind: 'system', id },
      }
    }
  }
}
