// What a thing that waits for somebody looks like, and who is asking.
import type { Review } from '../../govern/review.ts'
import type { Actor } from '../../model/actor.ts'
import type { App } from '../app.ts'
import type { View } from '../posture.ts'

/** Most urgent first: the order of the queue. */
export const WAITING_KINDS = [
  'call-to-decide',
  'acceptance-to-decide',
  'acceptance-ended',
  'control-failing',
  'scan-findings-open',
  'review-overdue',
  'finding-overdue',
  'acceptance-expiring',
  'control-stale',
  'assurance-to-review',
  'assurance-unanswered',
  'review-due',
  'things-discovered',
  'facts-in-conflict',
  'asset-unowned',
  'asset-unconfirmed',
] as const
export type WaitingKind = (typeof WAITING_KINDS)[number]

export interface Waiting {
  kind: WaitingKind
  /** Unique within its kind; the queue goes on after it. */
  key: string
  title: string
  /** Since when it waits; absent where nobody knows. */
  since?: string | undefined
  /** Evidence since which it waits, where no time is given: read for what is shown only. */
  proof?: string | undefined
  /** When it becomes more than a reminder. */
  due?: string | undefined
  system?: string | undefined
  /** E-mail address or team of whoever it waits for; absent: nobody owns it. */
  owner?: string | undefined
  /** What to open. */
  about: { kind: 'approval' | 'acceptance' | 'system' | 'review' | 'assurance' | 'asset' | 'scan-source'; id: string }
}

export interface Asking {
  app: App
  actor: Actor
  /** E-mail address of the one who asks, in lower case. */
  email: string | undefined
  view: View
  now: string
  /** By system; read once, however often it is asked for. */
  lastReviews: () => Promise<ReadonlyMap<string, Review>>
}

/** Gives what waits of one kind in the order of the keys, from after a key on. */
export type WaitingSource = (asking: Asking, after: string) => AsyncIterable<Waiting>
