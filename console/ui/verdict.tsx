// Whether a threat applies: a shape and a word each.
import { CircleDot, CircleQuestionMark, CircleSlash, type LucideIcon } from 'lucide-react'
import type { Verdict as VerdictName } from '../../src/model/applicability.ts'
import { cx } from './class.ts'

export const VERDICT_WORDS: Readonly<Record<VerdictName, string>> = {
  applies: 'Applies',
  unknown: 'Unknown, so it counts',
  'does-not-apply': 'Does not apply',
}

const LOOK: Readonly<Record<VerdictName, { icon: LucideIcon; ink: string }>> = {
  applies: { icon: CircleDot, ink: 'text-bad' },
  unknown: { icon: CircleQuestionMark, ink: 'text-warn' },
  'does-not-apply': { icon: CircleSlash, ink: 'text-ink-3' },
}

export function Verdict({ is, children }: { is: VerdictName; children?: string }) {
  const { icon: Icon, ink } = LOOK[is]
  return (
    <span className={cx('inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap', ink)}>
      <Icon size={14} aria-hidden className="shrink-0" />
      {children ?? VERDICT_WORDS[is]}
    </span>
  )
}
