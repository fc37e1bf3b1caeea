// How the people fare who decide about calls that wait: by route and system within the bounds of its policy, and all in all.
import { oversight } from '../enforce/guards/oversight.ts'
import {
  ReviewerBounds,
  type Reviewer,
  reviewerHealth,
  type ReviewerHealth,
} from '../enforce/oversight/reviewer-health.ts'
import type { Route } from '../enforce/routes.ts'
import type { Approval } from '../model/approval.ts'
import type { Store } from '../store/store.ts'

/** Enough to tell, and few enough to read at once. */
const MOST_APPROVALS = 5000
const HOUR_MS = 3_600_000

export interface ReviewedRoute extends Omit<ReviewerHealth, 'reviewers'> {
  route: string
  asset: string | undefined
  bounds: ReviewerBounds
  /** Of the oldest question that counts. */
  from: Date
}

export interface Reviewed {
  reviewers: Reviewer[]
  routes: ReviewedRoute[]
}

interface Parts {
  store: { read: Pick<Store['read'], 'approvals'> }
  routes: readonly Route[]
  now: Date
}

export async function reviewed({ store, routes, now }: Parts): Promise<Reviewed> {
  const boundsOf = new Map(routes.flatMap((route) => boundsIn(route)))
  const overall = ReviewerBounds.parse({})
  const hours = Math.max(overall.hours, ...Array.from(boundsOf.values(), (one) => one.hours))
  const since = new Date(now.getTime() - hours * HOUR_MS).toISOString()
  const approvals = await store.read.approvals.ended(since, MOST_APPROVALS)
  const groups = Map.groupBy(approvals, ({ route, asset }) => `${route}\n${asset ?? ''}`)
  return {
    reviewers: reviewerHealth(approvals, { ...overall, hours }, now).reviewers,
    routes: Array.from(groups.values()).flatMap((own) => {
      const bounds = boundsOf.get(own[0]?.route ?? '')
      return bounds === undefined ? [] : [routeOf(own, bounds, now)]
    }),
  }
}

function boundsIn({ id, enforcement }: Route): [string, ReviewerBounds][] {
  const rule = enforcement.policy.guards[oversight.id]
  if (rule === undefined || rule.mode === 'off') return []
  const { reviewers } = oversight.settings.parse(rule.settings)
  return [[id, ReviewerBounds.parse(reviewers)]]
}

function routeOf(own: readonly Approval[], bounds: ReviewerBounds, now: Date): ReviewedRoute {
  const [{ route = '', asset } = {}] = own
  const { reviewers: _people, ...health } = reviewerHealth(own, bounds, now)
  const from = own.reduce((oldest, { askedAt }) => (askedAt < oldest ? askedAt : oldest), now.toISOString())
  return { route, asset, bounds, from: new Date(from), ...health }
}
