// Likelihood across impact: how many risks stand where. Each cell with risks in it is a link to them; the number and the
// words on both axes carry the meaning, the colour only repeats it.
import type { Level } from '../../src/model/risk.ts'
import { plural, toWords } from '../lib/format.ts'
import type { Search } from '../routes.tsx'
import { cx } from './class.ts'
import { LEVEL_LOOK, LEVELS } from './level.tsx'
import { CurrentLink } from './link.tsx'

interface Point {
  likelihood: Level
  impact: Level
}

interface RiskMapProps {
  label: string
  points: readonly Point[]
  /** The catalogue's matrix: which severity a likelihood and an impact make. */
  severityOf: (likelihood: Level, impact: Level) => Level
  /** What the address gets when a cell is chosen; again to let go. */
  linkTo: string
  /** What the address names. */
  chosen?: { likelihood: string | undefined; impact: string | undefined }
}

export function RiskMap({ label, points, severityOf, linkTo, chosen }: RiskMapProps) {
  return (
    <table className="w-full max-w-xl table-fixed border-separate border-spacing-0.5 text-center text-xs">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          <th scope="col" className="w-20 pb-1 text-left font-normal text-ink-3">
            Likelihood
          </th>
          {LEVELS.map((impact) => (
            <th key={impact} scope="col" className="pb-1 font-normal text-ink-3">
              <span className="sr-only">Impact </span>
              {toWords(impact)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {LEVELS.toReversed().map((likelihood) => (
          <tr key={likelihood}>
            <th scope="row" className="pr-2 text-left font-normal text-ink-3">
              {toWords(likelihood)}
            </th>
            {LEVELS.map((impact) => {
              const here = points.filter((point) => point.likelihood === likelihood && point.impact === impact).length
              const isChosen = chosen?.likelihood === likelihood && chosen.impact === impact
              const severity = severityOf(likelihood, impact)
              const { tile, ink } = LEVEL_LOOK[severity]
              return (
                <td key={impact} className={cx('h-11 rounded-xs p-0', tile, ink)}>
                  {here > 0 && (
                    <CurrentLink
                      to={linkTo}
                      search={(before: Search) => ({
                        ...before,
                        likelihood: isChosen ? undefined : likelihood,
                        impact: isChosen ? undefined : impact,
                      })}
                      resetScroll={false}
                      isCurrent={isChosen}
                      aria-label={`${plural(here, 'risk')}: likelihood ${likelihood}, impact ${impact}, severity ${severity}`}
                      className="grid h-full place-items-center rounded-xs text-sm font-semibold hover:brightness-95 aria-[current=page]:outline-2 aria-[current=page]:outline-ink dark:hover:brightness-115"
                    >
                      {here}
                    </CurrentLink>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="sr-only">
            Axis
          </th>
          <td colSpan={5} className="pt-1 text-ink-3">
            Impact
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
