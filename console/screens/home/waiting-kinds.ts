// What can wait for somebody: in which words, how urgent it looks, and the one thing to do about it.
import {
  BadgeCheck,
  CalendarClock,
  CircleX,
  FileQuestionMark,
  Gavel,
  Hourglass,
  type LucideIcon,
  Scale,
  ScanSearch,
  TimerOff,
  UserRoundCheck,
  UserX,
} from 'lucide-react'
import type { Reply } from '../../api.ts'
import { placeOfAsset } from '../../ui/asset-kind.tsx'

export type Waiting = Reply<'GET', '/api/home'>['items'][number]
type Kind = Waiting['kind']

interface Words {
  name: string
  icon: LucideIcon
  tone: string
  /** What one does about it, as on a button. */
  action: string
}

const BAD = 'text-bad-mark'
const WARN = 'text-warn-mark'
const NOTE = 'text-note-mark'

export const WAITING_WORDS: Readonly<Record<Kind, Words>> = {
  'call-to-decide': { name: 'Calls on hold', icon: UserRoundCheck, tone: BAD, action: 'Decide' },
  'acceptance-to-decide': { name: 'Decisions', icon: Gavel, tone: BAD, action: 'Decide' },
  'acceptance-ended': { name: 'Risks open again', icon: TimerOff, tone: BAD, action: 'See the risk' },
  'control-failing': { name: 'Failing controls', icon: CircleX, tone: BAD, action: 'See why' },
  'scan-findings-open': { name: 'Findings of scans', icon: ScanSearch, tone: BAD, action: 'See them' },
  'review-overdue': { name: 'Overdue reviews', icon: CalendarClock, tone: BAD, action: 'Review it' },
  'finding-overdue': { name: 'Overdue findings', icon: CalendarClock, tone: BAD, action: 'See it' },
  'acceptance-expiring': { name: 'Acceptances that end soon', icon: Hourglass, tone: WARN, action: 'Look again' },
  'control-stale': { name: 'Stale controls', icon: TimerOff, tone: WARN, action: 'Prove it anew' },
  'assurance-to-review': { name: 'Answers of suppliers', icon: FileQuestionMark, tone: WARN, action: 'Read them' },
  'assurance-unanswered': { name: 'Unanswered questions', icon: FileQuestionMark, tone: WARN, action: 'See which' },
  'review-due': { name: 'Reviews due', icon: CalendarClock, tone: NOTE, action: 'Review it' },
  'things-discovered': { name: 'Discovered', icon: ScanSearch, tone: NOTE, action: 'Say what it is' },
  'facts-in-conflict': { name: 'Disputed facts', icon: Scale, tone: WARN, action: 'Settle it' },
  'asset-unowned': { name: 'Without owners', icon: UserX, tone: NOTE, action: 'Name owners' },
  'asset-unconfirmed': { name: 'To confirm', icon: BadgeCheck, tone: NOTE, action: 'Confirm it' },
}

export const isWaitingKind = (word: string | undefined): word is Kind => word !== undefined && word in WAITING_WORDS
export const WAITING_KINDS: readonly Kind[] = Object.keys(WAITING_WORDS).filter(isWaitingKind)

/** Where the one thing is done. */
export function placeOfWaiting({ kind, about, system }: Waiting): { to: string; search?: Record<string, string> } {
  if (about.kind === 'approval') return { to: `/gateway/approvals/${about.id}` }
  if (about.kind === 'acceptance' && kind !== 'acceptance-ended') return { to: '/', search: { acceptance: about.id } }
  const ofSystem = `/systems/${system ?? about.id}`
  if (kind === 'acceptance-ended') return { to: ofSystem, search: { tab: 'threats', show: 'above' } }
  if (kind === 'control-failing') return { to: ofSystem, search: { tab: 'controls', status: 'failing' } }
  if (kind === 'control-stale') return { to: ofSystem, search: { tab: 'controls', status: 'stale' } }
  if (about.kind === 'assurance') return { to: ofSystem, search: { tab: 'decisions', assurance: about.id } }
  if (kind === 'review-due' || kind === 'review-overdue')
    return { to: ofSystem, search: { tab: 'decisions', review: 'new' } }
  if (about.kind === 'review') return { to: ofSystem, search: { tab: 'decisions' } }
  if (kind === 'scan-findings-open') return { to: '/discovery/findings', search: { source: about.id } }
  if (kind === 'things-discovered') return { to: '/inventory', search: { tab: 'discovered', source: about.id } }
  if (kind === 'facts-in-conflict') return { to: placeOfAsset(about.id), search: { tab: 'facts', show: 'contested' } }
  return { to: placeOfAsset(about.id), search: kind === 'asset-unowned' ? { edit: '1' } : {} }
}
