// A level of risk: five bars of which some are full, and the word. Bars, so that the order shows without colour.
import type { Level as LevelName } from '../../src/model/risk.ts'
import { toWords } from '../lib/format.ts'
import { cx } from './class.ts'

interface Look {
  ink: string
  tile: string
}

/** Least to most. */
export const LEVELS: readonly LevelName[] = ['very-low', 'low', 'medium', 'high', 'very-high']

export const LEVEL_LOOK: Readonly<Record<LevelName, Look>> = {
  'very-low': { ink: 'text-ink-2', tile: 'bg-sunken' },
  low: { ink: 'text-good', tile: 'bg-good-soft' },
  medium: { ink: 'text-warn', tile: 'bg-warn-soft' },
  high: { ink: 'text-bad', tile: 'bg-bad-soft' },
  'very-high': { ink: 'text-on-accent', tile: 'bg-bad-fill' },
}

export function LevelTag({ is, children }: { is: LevelName; children?: string }) {
  const full = LEVELS.indexOf(is) + 1
  const { ink, tile } = LEVEL_LOOK[is]
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 rounded-xs px-1.5 py-px text-xs font-medium whitespace-nowrap',
        ink,
        tile,
      )}
    >
      <svg viewBox="0 0 14 10" width="14" height="10" aria-hidden>
        {LEVELS.map((level, i) => (
          <rect
            key={level}
            x={i * 3}
            y={8 - i * 2}
            width="2"
            height={2 + i * 2}
            fill="currentColor"
            opacity={i < full ? 1 : 0.28}
          />
        ))}
      </svg>
      {toWords(children ?? is)}
    </span>
  )
}

/** Where it was and where it is, as in inherent → proven. */
export function LevelChange({ from, to }: { from: LevelName; to: LevelName }) {
  if (from === to) return <LevelTag is={to} />
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap max-md:flex-wrap">
      <LevelTag is={from} />
      <span aria-hidden className="text-ink-3">
        →
      </span>
      <span className="sr-only">to</span>
      <LevelTag is={to} />
    </span>
  )
}
