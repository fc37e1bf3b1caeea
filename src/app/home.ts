// What waits for somebody, most urgent first: one queue over decisions, systems and the register. Nothing of it is
// kept: it is what follows from how things stand.
import { lastReviews } from '../govern/reviews.ts'
import { Failure } from '../lib/failure.ts'
import { once } from '../lib/once.ts'
import { type Actor, may } from '../model/actor.ts'
import type { Page, PageQuery } from '../model/page.ts'
import type { App } from './app.ts'
import { answersToReview, ended, expiring, findingsOverdue, toDecide, unanswered } from './home/decisions.ts'
import { callsToDecide } from './home/approvals.ts'
import { inConflict, unconfirmed, unowned } from './home/register.ts'
import { graveFindings, thingsWaiting } from './home/scans.ts'
import { failing, reviewsDue, reviewsOverdue, stale } from './home/systems.ts'
import { type Asking, type Waiting, WAITING_KINDS, type WaitingKind, type WaitingSource } from './home/waiting.ts'

const SOURCES: Readonly<Record<WaitingKind, WaitingSource>> = {
  'call-to-decide': callsToDecide,
  'acceptance-to-decide': toDecide,
  'acceptance-ended': ended,
  'control-failing': failing,
  'scan-findings-open': graveFindings,
  'review-overdue': reviewsOverdue,
  'finding-overdue': findingsOverdue,
  'acceptance-expiring': expiring,
  'control-stale': stale,
  'assurance-to-review': answersToReview,
  'assurance-unanswered': unanswered,
  'review-due': reviewsDue,
  'things-discovered': thingsWaiting,
  'facts-in-conflict': inConflict,
  'asset-unowned': unowned,
  'asset-unconfirmed': unconfirmed,
}

/** What only they may see who may read the register. */
const OF_REGISTER: ReadonlySet<WaitingKind> = new Set(['facts-in-conflict', 'asset-unowned', 'asset-unconfirmed'])
const OF_SCANS: ReadonlySet<WaitingKind> = new Set(['scan-findings-open', 'things-discovered'])

export const HOME_SCOPES = ['mine', 'all'] as const

export interface HomeQuery extends PageQuery {
  /** `mine`: what I own, and what nobody owns where it falls to me to find somebody. */
  scope: (typeof HOME_SCOPES)[number]
  kind?: WaitingKind | undefined
}

export async function whatWaits(app: App, actor: Actor, query: HomeQuery): Promise<Page<Waiting>> {
  const view = await app.posture.view()
  const account = actor.accountId === undefined ? undefined : await app.store.read.accounts.byId(actor.accountId)
  const asking: Asking = {
    app,
    actor,
    email: account?.email.toLowerCase(),
    view,
    now: app.now().toISOString(),
    lastReviews: once(() => lastReviews(app.store.read.decisions)),
  }
  const from = cursorOf(query)
  const kinds = WAITING_KINDS.filter((kind, i) => i >= from.kind && (query.kind ?? kind) === kind).filter(
    (kind) => (!OF_REGISTER.has(kind) || may(actor, 'asset:read')) && (!OF_SCANS.has(kind) || may(actor, 'scan:read')),
  )
  const items: Waiting[] = []
  for (const kind of kinds) {
    const after = WAITING_KINDS.indexOf(kind) === from.kind ? from.key : ''
    for await (const item of SOURCES[kind](asking, after)) {
      if (query.scope === 'mine' && !isMine(item, asking)) continue
      const last = items.at(-1)
      if (items.length === query.limit && last)
        return { items: await dated(app, items), next: `${WAITING_KINDS.indexOf(last.kind)}/${last.key}` }
      items.push(item)
    }
  }
  return { items: await dated(app, items) }
}

/** Since the proof that shows it, where that is what makes it wait. */
async function dated({ store }: App, items: readonly Waiting[]): Promise<Waiting[]> {
  const found: Waiting[] = []
  for (const item of items) {
    const proof = item.proof === undefined ? undefined : await store.read.evidence.byId(item.proof)
    found.push(proof === undefined ? item : { ...item, since: proof.receivedAt })
  }
  return found
}

/** What nobody owns falls to owners of Parapet and to risk owners; whoever has the machine sees everything. */
function isMine({ owner }: Waiting, { actor, email }: Asking): boolean {
  if (owner === undefined) return actor.role === 'owner' || actor.role === 'risk-owner'
  return email === undefined ? actor.role === 'owner' : owner.toLowerCase() === email
}

function cursorOf({ cursor }: PageQuery): { kind: number; key: string } {
  if (cursor === undefined) return { kind: 0, key: '' }
  const [, kind, key] = /^(\d{1,2})\/(.{1,200})$/.exec(cursor) ?? []
  if (kind === undefined || key === undefined)
    throw new Failure('input_invalid', 'cursor: not one that this list gave', { hint: 'start again without a cursor' })
  return { kind: Number(kind), key }
}
