// How a proof ages: from when it was observed to when it stops counting, with a mark at today. A proof that time alone
// does not end has an open line.
import { useNow } from '../lib/clock.ts'
import { formatDay } from '../lib/format.ts'
import { cx } from './class.ts'

interface DecayLineProps {
  observedAt: string
  validUntil?: string | undefined
  /** The time the page speaks of, where it is not now. */
  at?: string | undefined
}

export function DecayLine({ observedAt, validUntil, at }: DecayLineProps) {
  const now = useNow()
  const start = Date.parse(observedAt)
  const end = validUntil === undefined ? undefined : Date.parse(validUntil)
  const today = at === undefined ? now : Date.parse(at)
  const share = end === undefined || end <= start ? undefined : (today - start) / (end - start)
  const over = end !== undefined && today >= end
  const late = share !== undefined && share > 0.8
  const x = share === undefined ? (over ? 100 : 62) : Math.min(100, Math.max(0, share * 100))
  return (
    <div className="grid max-w-80 gap-1 text-2xs text-ink-3">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-full overflow-visible" aria-hidden>
        <line
          x1="0"
          x2="100"
          y1="4"
          y2="4"
          className="stroke-line-strong"
          strokeWidth="2"
          strokeDasharray={end === undefined ? '3 3' : undefined}
          vectorEffect="non-scaling-stroke"
        />
        <line
          x1="0"
          x2={x}
          y1="4"
          y2="4"
          className={over ? 'stroke-note-mark' : late ? 'stroke-warn-mark' : 'stroke-good-mark'}
          strokeWidth="4"
          vectorEffect="non-scaling-stroke"
        />
        <line x1={x} x2={x} y1="-2" y2="10" className="stroke-ink" strokeWidth="2" vectorEffect="non-scaling-stroke" />
      </svg>
      <div className="flex justify-between gap-4">
        <span>observed {formatDay(observedAt)}</span>
        <span className={cx(over && 'font-medium text-note', !over && late && 'font-medium text-warn')}>
          {validUntil === undefined
            ? 'until the next release'
            : `${over ? 'ran out' : 'valid until'} ${formatDay(validUntil)}`}
        </span>
      </div>
    </div>
  )
}
