// How approvals are worded.
import type { Reply } from '../../api.ts'

export type Listed = Reply<'GET', '/api/approvals'>['items'][number]
export type Approval = Reply<'GET', '/api/approvals/:id'>

export const STATE_WORDS = {
  waiting: { word: 'Waiting', tone: 'accent' },
  approved: { word: 'Approved', tone: 'good' },
  refused: { word: 'Refused', tone: 'bad' },
  expired: { word: 'Nobody decided', tone: 'warn' },
  closed: { word: 'Closed', tone: 'neutral' },
} as const satisfies Record<Listed['state'], { word: string; tone: 'accent' | 'good' | 'bad' | 'warn' | 'neutral' }>

/** What would happen, in a few words. */
export function toDeed({ tools, stage, state }: Pick<Listed, 'tools' | 'stage' | 'state'>): string {
  if (tools.length > 0) return `Call ${tools.join(', ')}`
  if (stage === 'request') return 'Send a request to the model'
  return state === 'waiting' ? 'Let an answer go out' : 'Let an answer or its tool calls go out'
}
