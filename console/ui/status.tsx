// Status is never colour alone: each has a shape and a word of its own, so that it survives print, a monochrome screen
// and any colour vision.
import type { ReactNode } from 'react'
import type { Status as StatusName } from '../../src/model/status.ts'
import { cx } from './class.ts'

export const STATUS_WORDS: Readonly<Record<StatusName, string>> = {
  proven: 'Proven',
  partial: 'Partial',
  stale: 'Stale',
  failing: 'Failing',
  missing: 'Missing',
  'not-needed': 'Not needed',
}

const LOOK: Record<StatusName, string> = {
  proven: 'text-good bg-good-soft',
  partial: 'text-warn bg-warn-soft',
  stale: 'text-note bg-note-soft',
  failing: 'text-bad bg-bad-soft',
  missing: 'text-ink-2 bg-sunken',
  'not-needed': 'text-ink-3 bg-transparent',
}

const SHAPE: Record<StatusName, ReactNode> = {
  proven: (
    <path
      d="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm3.2 4L7 9.8 4.9 7.7l-1 1L7 11.8l5.2-5.3Z"
      fill="currentColor"
      fillRule="evenodd"
    />
  ),
  partial: (
    <>
      <circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 4.2a3.8 3.8 0 0 1 0 7.6Z" fill="currentColor" />
    </>
  ),
  stale: (
    <>
      <circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 4.8V8l2.2 1.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  failing: (
    <path
      d="M5 1.5h6l3.5 3.5v6L11 14.5H5L1.5 11V5Zm.9 3.4-1 1L7 8l-2.1 2.1 1 1L8 9l2.1 2.1 1-1L9 8l2.1-2.1-1-1L8 7Z"
      fill="currentColor"
      fillRule="evenodd"
    />
  ),
  missing: <circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 2" />,
  'not-needed': <path d="M3.5 8h9" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />,
}

export function Status({ is, children }: { is: StatusName; children?: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 rounded-full py-px pr-2 pl-1.5 text-xs font-medium whitespace-nowrap',
        LOOK[is],
      )}
    >
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden>
        {SHAPE[is]}
      </svg>
      {children ?? STATUS_WORDS[is]}
    </span>
  )
}

type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'note'

const TONE: Record<Tone, string> = {
  neutral: 'text-ink-2 bg-sunken border-line',
  accent: 'text-accent-word bg-accent-soft border-transparent',
  good: 'text-good bg-good-soft border-transparent',
  warn: 'text-warn bg-warn-soft border-transparent',
  bad: 'text-bad bg-bad-soft border-transparent',
  note: 'text-note bg-note-soft border-transparent',
}

export function Badge({ tone = 'neutral', children, title }: { tone?: Tone; children: ReactNode; title?: string }) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex items-center gap-1 rounded-xs border px-1.5 text-2xs font-medium whitespace-nowrap',
        TONE[tone],
      )}
    >
      {children}
    </span>
  )
}
