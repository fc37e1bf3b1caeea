// Guards by routes: the mode of each guard everywhere and on each route. Whoever may, changes a mode here, into the draft.
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Mode } from '../../../src/model/policy.ts'
import { api, read, type Reply } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useWords } from '../../lib/words.ts'
import { toTitleOfId } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { cx } from '../../ui/class.ts'
import { Select } from '../../ui/field.tsx'
import { FilterBar, FilterText } from '../../ui/filter-bar.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Problem } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { ofDraft } from './of-draft.ts'
import { type InForce, modeFor, type PolicyBody, toBody, withMode } from './policy-body.ts'
import { MODE_WORDS, MODES } from './words.ts'

type Route = Reply<'GET', '/api/gateway/routes'>['items'][number]

const TONE = { enforce: 'good', observe: 'note', off: 'neutral' } as const
/** More would not be read. */
const MOST_COLUMNS = 12

export function PolicyMatrix({ inForce }: { inForce: InForce }) {
  const routes = useQuery(read('/api/gateway/routes'))
  const draft = useQuery(ofDraft(read('/api/policy', { query: { which: 'draft' } }), inForce))
  const [{ route }, set] = useWords()
  const body = toBody((inForce.draft && draft.data?.policy) ?? inForce.policy)
  return (
    <Loaded query={routes}>
      {({ items }) => {
        const found = items.filter(({ id }) => id.includes(route ?? ''))
        return (
          <>
            {items.length > MOST_COLUMNS && (
              <FilterBar label="Filter routes" clear={route ? () => set({ route: undefined }) : undefined}>
                <FilterText main label="Route" value={route} onChange={(text) => set({ route: text })} />
                <span className="text-xs text-ink-3">
                  {Math.min(found.length, MOST_COLUMNS)} of {items.length} routes
                </span>
              </FilterBar>
            )}
            <Grid routes={found.slice(0, MOST_COLUMNS)} body={body} isDraft={inForce.draft !== undefined} />
          </>
        )
      }}
    </Loaded>
  )
}

function Grid({ routes, body: saved, isDraft }: { routes: readonly Route[]; body: PolicyBody; isDraft: boolean }) {
  const may = useMay()
  const refresh = useRefresh()
  const save = useMutation({
    mutationFn: (next: PolicyBody) => api.put('/api/policy/draft', { body: next as never }),
    onSettled: refresh,
  })
  // A second change builds on the first, though that one is still on its way.
  const body = save.isPending ? save.variables : saved
  const guards = [...new Set([...Object.keys(body.guards), ...routes.flatMap((one) => one.guards.map(({ id }) => id))])]
  const cell = (guard: string, route: Route | undefined) => (
    <ModeCell
      key={route?.id ?? ''}
      label={`${toTitleOfId(guard)} ${route === undefined ? 'everywhere' : `on ${route.id}`}`}
      now={route?.guards.find(({ id }) => id === guard)?.mode}
      said={modeFor(body, guard, route?.id)}
      everywhere={modeFor(body, guard, undefined)}
      isEverywhere={route === undefined}
      isFixed={!may('policy:write') || (route !== undefined && body.routes[route.id] === undefined)}
      onChange={(mode) => save.mutate(withMode(body, guard, route?.id, mode))}
    />
  )
  return (
    <>
      <p className="mb-3 max-w-[78ch] text-sm text-pretty text-ink-2">
        Enforce stops or changes a call. Observe lets it through and writes down what was found.{' '}
        {isDraft ? (
          <>
            This is the draft.{' '}
            <TextLink to="." search={{ tab: 'draft' }}>
              Check and publish it
            </TextLink>
            .
          </>
        ) : (
          'This is in force. What you change here goes into a draft.'
        )}
      </p>
      <Problem error={save.error} />
      <div
        role="region"
        aria-label="Guards by routes"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by key
        tabIndex={0}
        className="overflow-x-auto rounded-md border border-line bg-panel"
      >
        <table className="w-full border-collapse text-left text-sm">
          <caption className="sr-only">The mode of each guard on each route</caption>
          <thead>
            <tr className="border-b border-line bg-sunken text-xs text-ink-3">
              <th
                scope="col"
                className="sticky left-0 z-10 min-w-32 bg-sunken px-3 py-2 font-medium md:min-w-36 md:px-4"
              >
                Guard
              </th>
              <th scope="col" className="min-w-28 px-2 py-2 font-medium md:min-w-36 md:px-3">
                Everywhere
              </th>
              {routes.map(({ id, models }) => (
                <th
                  key={id}
                  scope="col"
                  title={models.join(', ')}
                  className="min-w-28 px-2 py-2 font-medium md:min-w-36 md:px-3"
                >
                  {id}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {guards.map((guard) => (
              <tr key={guard} className="border-b border-line last:border-b-0">
                <th scope="row" className="sticky left-0 z-10 bg-panel px-3 py-2 font-normal md:px-4">
                  <TextLink to="/catalog/controls/$id" params={{ id: guard }} className="text-ink!">
                    {toTitleOfId(guard)}
                  </TextLink>
                </th>
                {cell(guard, undefined)}
                {routes.map((route) => cell(guard, route))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

interface ModeCellProps {
  label: string
  /** In force on the route. */
  now: Mode | undefined
  /** What is written at this place. */
  said: Mode | undefined
  everywhere: Mode | undefined
  isEverywhere: boolean
  isFixed: boolean
  onChange: (mode: Mode | undefined) => void
}

function ModeCell({ label, now, said, everywhere, isEverywhere, isFixed, onChange }: ModeCellProps) {
  const mode = said ?? everywhere ?? now ?? 'off'
  if (isFixed)
    return (
      <td className="px-2 py-2 md:px-3">
        <Badge tone={TONE[mode]}>{MODE_WORDS[mode]}</Badge>
      </td>
    )
  const modes = MODES.map((value) => ({ value, label: MODE_WORDS[value] }))
  return (
    <td className={cx('px-2 py-1.5 md:px-3', said !== undefined && !isEverywhere && 'bg-accent-soft/50')}>
      <Select
        aria-label={label}
        small
        value={said ?? ''}
        options={
          isEverywhere && said !== undefined ? modes : [{ value: '', label: `As everywhere: ${mode}` }, ...modes]
        }
        onChange={({ target }) => onChange(MODES.find((one) => one === target.value))}
      />
    </td>
  )
}
