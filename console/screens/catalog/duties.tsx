// What is asked for beyond controls: privacy obligations, the practices, and the tests of agents and retrieval. One page,
// so that each has an address; the one that was asked for is marked.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { HandHeart } from 'lucide-react'
import { useCallback, useEffect } from 'react'
import { read } from '../../api.ts'
import type { Search } from '../../routes.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/class.ts'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { OBSERVER_WORDS } from './families.ts'
import { KIND_WORDS, type Reference } from './kinds.ts'
import { RefList } from './parts.tsx'

interface Duty {
  kind: 'obligation' | 'practice' | 'test'
  id: string
  under: string
  text: string
  check: string
  observedBy: string
  controls: readonly Reference[]
  threats: readonly Reference[]
}

const KINDS = ['obligation', 'practice', 'test'] as const
const MARKED = 'duty-asked-for'
const idsOf = (items: readonly Reference[]) => items.map((item) => item.id)

export function Duties() {
  const search = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const { duties, error, retry } = useDuties()
  const asked = search['at']
  const set = useCallback(
    (change: Search) =>
      void navigate({ to: '/catalog/duties', search: (before: Search) => ({ ...before, ...change }), replace: true }),
    [navigate],
  )
  const setText = useCallback((q: string | undefined) => set({ q }), [set])
  const clear = () => void navigate({ to: '/catalog/duties', search: {} })
  const rows = duties?.filter((duty) => fits(duty, search))
  const ready = duties !== undefined
  useEffect(() => {
    if (ready && asked) document.getElementById(MARKED)?.scrollIntoView({ block: 'center' })
  }, [ready, asked])
  const columns: readonly Column<Duty>[] = [
    {
      id: 'duty',
      head: 'What is asked',
      cell: ({ id, text, check, controls, threats }) => (
        <span
          id={id === asked ? MARKED : undefined}
          className={cx('block', id === asked && '-mx-2 rounded-sm bg-accent-soft px-2')}
        >
          <span className="font-medium">{text}</span>
          {check && <span className="block text-xs text-ink-3">Shown by: {check}</span>}
          <span className="mt-1 block md:hidden">
            <RefList items={[...controls, ...threats]} />
          </span>
        </span>
      ),
    },
    {
      id: 'by',
      head: 'Observed by',
      hide: 'lg',
      className: 'w-32',
      cell: ({ observedBy }) => OBSERVER_WORDS[observedBy],
    },
    {
      id: 'links',
      head: 'Controls and threats',
      hide: 'md',
      className: 'w-80',
      cell: ({ controls, threats }) => <RefList items={[...controls, ...threats]} />,
    },
  ]
  return (
    <Page
      title="Duties and tests"
      lead="Privacy obligations, practices for running AI safely, and tests of agents and retrieval, each tied to the controls that carry it."
      actions={
        <ExportMenu
          name="duties"
          rows={() => ({
            rows: (rows ?? []).map(({ controls, threats, kind, id, under, text, check, observedBy }) => {
              return { kind, id, under, text, check, observedBy, controls: idsOf(controls), threats: idsOf(threats) }
            }),
          })}
        />
      }
    >
      <FilterBar label="Filter the duties" clear={search['q'] || search['kind'] || asked ? clear : undefined}>
        <FilterText main label="Find a duty or a test" value={search['q']} onChange={setText} />
        <FilterSelect
          label="Any kind"
          value={search['kind']}
          options={KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
          onChange={(kind) => set({ kind })}
        />
      </FilterBar>
      <DataTable
        label="Duties and tests"
        columns={columns}
        rows={rows}
        rowKey={({ kind, id }) => `${kind}/${id}`}
        error={error}
        retry={retry}
        groupOf={({ kind, under }) => `${KIND_WORDS[kind]}: ${under}`}
        waitingRows={12}
        empty={
          <EmptyState
            icon={HandHeart}
            title="Nothing matches"
            action={<Button onClick={clear}>Show all of them</Button>}
          >
            Fewer words find more.
          </EmptyState>
        }
      />
    </Page>
  )
}

function useDuties(): { duties: Duty[] | undefined; error: unknown; retry: () => void } {
  const privacy = useQuery({ ...read('/api/catalog/privacy'), staleTime: Infinity })
  const practices = useQuery({ ...read('/api/catalog/practices'), staleTime: Infinity })
  const testing = useQuery({ ...read('/api/catalog/testing'), staleTime: Infinity })
  const all = [privacy, practices, testing]
  const error = all.find((query) => query.error)?.error
  const retry = () => all.forEach((query) => void query.refetch())
  if (!privacy.data || !practices.data || !testing.data) return { duties: undefined, error, retry }
  const required = [
    ...privacy.data.principles.map(({ name, obligations }) => ({
      kind: 'obligation' as const,
      name,
      all: obligations,
    })),
    ...practices.data.bestPractices.map(({ name, requirements }) => ({
      kind: 'practice' as const,
      name,
      all: requirements,
    })),
  ]
  const tests = [
    { name: 'Agents', all: testing.data.agentic.tests },
    { name: 'Retrieval', all: testing.data.rag.tests },
  ]
  const duties = [
    ...required.flatMap(({ kind, name, all }) =>
      all.map(({ id, requirement, check, enforceableBy, controls, threats }): Duty => ({
        kind,
        id,
        under: name,
        text: requirement,
        check,
        observedBy: enforceableBy,
        controls,
        threats,
      })),
    ),
    ...tests.flatMap(({ name, all }) =>
      all.map(({ id, does, controls, threats }): Duty => ({
        kind: 'test',
        id,
        under: name,
        text: does,
        check: '',
        observedBy: 'redteam',
        controls,
        threats,
      })),
    ),
  ]
  return { duties, error, retry }
}

function fits(duty: Duty, search: Search): boolean {
  const text = `${duty.text} ${duty.id} ${duty.under}`.toLowerCase()
  const words = (search['q'] ?? '').toLowerCase().split(/\s+/)
  return words.every((word) => text.includes(word)) && (!search['kind'] || duty.kind === search['kind'])
}
