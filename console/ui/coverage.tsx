// How much of what there is to cover is covered, as one mark for each member while they can be counted by eye, and the
// gaps by name. A bar alone would hide which one is missing.
import type { Coverage as CoverageData } from '../../src/model/status.ts'
import { plural } from '../lib/format.ts'
import { cx } from './class.ts'

const MOST_MARKS = 24

export function Coverage({ coverage, wordless = false }: { coverage: CoverageData; wordless?: boolean }) {
  const { covered, of, what, uncovered } = coverage
  const marks = of <= MOST_MARKS ? of : MOST_MARKS
  const full = of === 0 ? 0 : covered === of ? marks : Math.min(marks - 1, Math.round((covered / of) * marks))
  const said = `${covered} of ${plural(of, what)}`
  const unnamed = of - covered - uncovered.length
  return (
    <div className="min-w-0">
      <div role="img" aria-label={`${said} covered`} className="flex h-2 w-full max-w-60 gap-px">
        {Array.from({ length: marks }, (_, i) => (
          <span
            key={i}
            className={cx(
              'min-w-0 grow first:rounded-l-xs last:rounded-r-xs',
              i < full ? 'bg-good-mark' : 'border border-line-strong bg-transparent',
            )}
          />
        ))}
      </div>
      {!wordless && (
        <p className="mt-1 text-xs text-ink-2">
          {said} covered
          {uncovered.length > 0 && (
            <>
              ; not{' '}
              {uncovered.map((name, i) => (
                <span key={name}>
                  {i > 0 && (i === uncovered.length - 1 && unnamed <= 0 ? ' and ' : ', ')}
                  <b className="font-medium text-ink">{name}</b>
                </span>
              ))}
              {unnamed > 0 && ` and ${unnamed} more`}
            </>
          )}
        </p>
      )}
    </div>
  )
}
