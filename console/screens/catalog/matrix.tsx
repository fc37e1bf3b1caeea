// The Exchange's matrix: what an attacker wants (asset and impact) against where the attack comes in (surface).
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { read, type Reply } from '../../api.ts'
import { plural, toWords } from '../../lib/format.ts'
import { NARROW, useMedia } from '../../lib/media.ts'
import { cx } from '../../ui/class.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { type Goal, GOAL_OF, GOALS, Grid, lookOf, type MatrixRow, Stack } from './matrix-grid.tsx'

type Data = Reply<'GET', '/api/catalog/matrix'>

export function Matrix() {
  const query = useQuery({ ...read('/api/catalog/matrix'), staleTime: Infinity })
  return (
    <Page
      wide
      title="Matrix"
      lead="What an attacker wants, against where the attack comes in. Each cell is a threat of the AI Exchange; open it for when it applies and what counters it."
    >
      <Loaded query={query}>{(data) => <Board data={data} />}</Loaded>
    </Page>
  )
}

/** How many controls counter a threat, once that is known. */
function useControlCounts(): ReadonlyMap<string, number> {
  const { data } = useQuery({ ...read('/api/catalog/threats', { query: { limit: 200 } }), staleTime: Infinity })
  return useMemo(() => new Map(data?.items.map(({ id, controlCount }) => [id, controlCount])), [data])
}

function Board({ data }: { data: Data }) {
  const narrow = useMedia(NARROW)
  const counts = useControlCounts()
  const [goal, setGoal] = useState<Goal>()
  const View = narrow ? Stack : Grid
  return (
    <>
      <Legend goal={goal} onChoose={setGoal} />
      <View
        rows={data.rows}
        cell={(row, surface) => <Cell row={row} goal={goal} controls={counts.get(row.threat.id)} surface={surface} />}
      />
      {data.missingThreats.length > 0 && (
        <div className="mt-8">
          <Section
            title="Outside the matrix"
            count={data.missingThreats.length}
            note="Threats that the Exchange describes but its matrix does not place."
          >
            <ul className="flex flex-wrap gap-2">
              {data.missingThreats.map(({ id, name }) => (
                <li key={id}>
                  <Link
                    to="/catalog/threats/$id"
                    params={{ id }}
                    className="inline-block rounded-sm border border-line px-2.5 py-1 text-sm hover:border-line-strong hover:bg-sunken"
                  >
                    {name}
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
        </div>
      )}
    </>
  )
}

interface CellProps {
  row: MatrixRow
  goal: Goal | undefined
  controls: number | undefined
  surface: string
}

function Cell({ row, goal, controls, surface }: CellProps) {
  const own = GOAL_OF[row.property]
  const look = lookOf(row.property)
  const note = [surface, controls ? plural(controls, 'control') : '']
  return (
    <Link
      to="/catalog/threats/$id"
      params={{ id: row.threat.id }}
      title={toWords(row.harm)}
      className={cx(
        'block rounded-xs border-l-3 px-2 py-1.5 text-xs leading-snug transition-opacity hover:brightness-97 dark:hover:brightness-115',
        look.edge,
        look.tile,
        goal !== undefined && goal !== own && 'opacity-40',
      )}
    >
      <span className="font-medium">{row.threat.name}</span>
      <span className="mt-0.5 block text-2xs text-ink-2">{note.filter(Boolean).join(', ')}</span>
    </Link>
  )
}

const ORDER: readonly Goal[] = ['deceive', 'disclose', 'disrupt']

function Legend({ goal, onChoose }: { goal: Goal | undefined; onChoose: (goal: Goal | undefined) => void }) {
  return (
    <div role="group" aria-label="What the attacker wants" className="mb-4 flex flex-wrap items-center gap-1.5 text-sm">
      <span className="mr-1 text-ink-3">The attacker wants to</span>
      {ORDER.map((id) => {
        const { name, says, dot } = GOALS[id]
        return (
          <button
            key={id}
            type="button"
            aria-pressed={goal === id}
            onClick={() => onChoose(goal === id ? undefined : id)}
            className="flex h-7 items-center gap-2 rounded-full border border-line px-3 text-xs hover:border-line-strong aria-pressed:border-transparent aria-pressed:bg-pressed"
          >
            <span aria-hidden className={cx('size-2 rounded-full', dot)} />
            {name.toLowerCase()}
            <span className="text-ink-3">{says}</span>
          </button>
        )
      })}
    </div>
  )
}
