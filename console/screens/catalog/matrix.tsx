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

type Data = Reply<'GET', '/api/catalog/matrix'>
type Row = Data['rows'][number]
type Goal = 'deceive' | 'disclose' | 'disrupt'

const GOALS: Readonly<Record<Goal, { name: string; says: string; edge: string; tile: string; dot: string }>> = {
  deceive: { name: 'Deceive', says: 'integrity', edge: 'border-l-fam-5', tile: 'bg-fam-5-soft', dot: 'bg-fam-5' },
  disclose: {
    name: 'Disclose',
    says: 'confidentiality',
    edge: 'border-l-fam-6',
    tile: 'bg-fam-6-soft',
    dot: 'bg-fam-6',
  },
  disrupt: { name: 'Disrupt', says: 'availability', edge: 'border-l-fam-4', tile: 'bg-fam-4-soft', dot: 'bg-fam-4' },
}
const ANY = { name: 'Any', says: 'all three', edge: 'border-l-line-strong', tile: 'bg-sunken', dot: 'bg-line-strong' }

function goalOf(property: string): Goal | undefined {
  if (property === 'integrity') return 'deceive'
  if (property === 'confidentiality') return 'disclose'
  return property === 'availability' ? 'disrupt' : undefined
}

export function Matrix() {
  const query = useQuery({ ...read('/api/catalog/matrix'), staleTime: Number.POSITIVE_INFINITY })
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
  const { data } = useQuery({
    ...read('/api/catalog/threats', { query: { limit: 200 } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return useMemo(() => new Map(data?.items.map(({ id, controlCount }) => [id, controlCount])), [data])
}

function Board({ data }: { data: Data }) {
  const narrow = useMedia(NARROW)
  const counts = useControlCounts()
  const [goal, setGoal] = useState<Goal>()
  const rows = groupBy(data.rows, (row) => `${row.asset.id}/${row.property}`)
  return (
    <>
      <Legend goal={goal} onChoose={setGoal} />
      {narrow ? (
        <Stack rows={rows} goal={goal} counts={counts} />
      ) : (
        <Grid data={data} rows={rows} goal={goal} counts={counts} />
      )}
      {data.missingThreats.length > 0 && (
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
      )}
    </>
  )
}

function Legend({ goal, onChoose }: { goal: Goal | undefined; onChoose: (goal: Goal | undefined) => void }) {
  return (
    <div role="group" aria-label="What the attacker wants" className="mb-4 flex flex-wrap items-center gap-1.5 text-sm">
      <span className="mr-1 text-ink-3">The attacker wants to</span>
      {(Object.keys(GOALS) as Goal[]).map((id) => {
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

interface GridProps {
  data: Data
  rows: ReadonlyMap<string, readonly Row[]>
  goal: Goal | undefined
  counts: ReadonlyMap<string, number>
}

function Grid({ data, rows, goal, counts }: GridProps) {
  const columns = [...groupBy(data.rows, (row) => `${row.lifecycle}/${row.attackSurface}`).values()].flatMap(
    ([row]) => row ?? [],
  )
  const runtime = columns.filter(({ lifecycle }) => lifecycle === 'runtime')
  const development = columns.filter(({ lifecycle }) => lifecycle !== 'runtime')
  const ordered = [...runtime, ...development]
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by key
    <div
      tabIndex={0}
      role="region"
      aria-label="Matrix, scrolls sideways"
      className="scroll-x rounded-md border border-line"
    >
      <table className="w-full min-w-[66rem] table-fixed border-collapse text-left">
        <caption className="sr-only">Threats by asset and impact (rows) and attack surface (columns)</caption>
        <colgroup>
          <col className="w-32" />
          {ordered.map((column) => (
            <col
              key={column.lifecycle + column.attackSurface}
              className={column.attackSurface === 'Input attack' ? 'w-[19%]' : ''}
            />
          ))}
        </colgroup>
        <thead className="text-xs">
          <tr className="border-b border-line">
            <td className="bg-sunken" />
            <th
              scope="colgroup"
              colSpan={runtime.length}
              className="border-l border-line bg-sunken px-2.5 py-1.5 font-semibold"
            >
              Run time
            </th>
            <th
              scope="colgroup"
              colSpan={development.length}
              className="border-l border-line bg-sunken px-2.5 py-1.5 font-semibold"
            >
              Development
            </th>
          </tr>
          <tr className="border-b border-line">
            <th scope="col" className="bg-sunken px-3 py-2 align-bottom font-medium text-ink-3">
              Asset and impact
            </th>
            {ordered.map(({ lifecycle, attackSurface }) => (
              <th
                key={lifecycle + attackSurface}
                scope="col"
                className="border-l border-line bg-sunken px-1.5 py-2 align-bottom text-2xs font-medium text-ink-2 hyphens-auto"
              >
                {attackSurface.replace('/', ' / ')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].map(([key, cells]) => {
            const [head] = cells
            if (!head) return null
            return (
              <tr key={key} className="border-b border-line last:border-b-0">
                <th scope="row" className="bg-sunken px-3 py-2.5 align-top text-sm font-medium">
                  {shortAsset(head.asset.name)}
                  <span className="block text-xs font-normal text-ink-3">{propertyWord(head.property)}</span>
                </th>
                {ordered.map((column) => (
                  <td key={column.lifecycle + column.attackSurface} className="border-l border-line p-1 align-top">
                    <div
                      className={cx(
                        'grid auto-rows-min gap-1',
                        column.attackSurface === 'Input attack' ? 'grid-cols-2' : 'grid-cols-[minmax(0,1fr)]',
                      )}
                    >
                      {cells
                        .filter(
                          (cell) => cell.lifecycle === column.lifecycle && cell.attackSurface === column.attackSurface,
                        )
                        .map((cell) => (
                          <Cell key={cell.threat.id} cell={cell} goal={goal} controls={counts.get(cell.threat.id)} />
                        ))}
                    </div>
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Stack({ rows, goal, counts }: Omit<GridProps, 'data'>) {
  return (
    <div className="grid gap-6">
      {[...rows].map(([key, cells]) => (
        <section key={key} aria-label={`${cells[0]?.asset.name} ${propertyWord(cells[0]?.property ?? '')}`}>
          <h2 className="mb-2 text-sm font-semibold">
            {shortAsset(cells[0]?.asset.name ?? '')}{' '}
            <span className="font-normal text-ink-3">{propertyWord(cells[0]?.property ?? '')}</span>
          </h2>
          <ul className="grid gap-1.5">
            {cells.map((cell) => (
              <li key={cell.threat.id + cell.attackSurface}>
                <Cell cell={cell} goal={goal} controls={counts.get(cell.threat.id)} surface />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

interface CellProps {
  cell: Row
  goal: Goal | undefined
  controls: number | undefined
  surface?: boolean
}

function Cell({ cell, goal, controls, surface = false }: CellProps) {
  const own = goalOf(cell.property)
  const look = own ? GOALS[own] : ANY
  return (
    <Link
      to="/catalog/threats/$id"
      params={{ id: cell.threat.id }}
      title={toWords(cell.harm)}
      className={cx(
        'block rounded-xs border-l-3 py-1.5 pr-1 pl-1.5 text-xs leading-snug hyphens-auto transition-opacity hover:brightness-97 dark:hover:brightness-115',
        look.edge,
        look.tile,
        goal !== undefined && goal !== own && 'opacity-40',
      )}
    >
      <span className="font-medium">{cell.threat.name}</span>
      <span className="mt-0.5 block text-2xs text-ink-2">
        {surface && cell.attackSurface}
        {surface && controls ? ', ' : ''}
        {controls ? plural(controls, 'control') : !surface && 'Conventional security'}
      </span>
    </Link>
  )
}

/** What stands in brackets explains the asset; the page of a threat says it in full. */
const shortAsset = (name: string) => name.replace(/\s*\(.*\)$/, '')
const propertyWord = (property: string) => (property === 'CIA' ? 'any property' : property)

function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row])
  return groups
}
