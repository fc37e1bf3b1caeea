// The way into the catalogue: search over everything, what there is, and where it comes from.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Grid3x3, SearchX, TableProperties } from 'lucide-react'
import { useCallback } from 'react'
import { read, type Reply } from '../../api.ts'
import { formatNumber, plural, toTitle } from '../../lib/format.ts'
import type { Search } from '../../routes.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { EmptyState, SkeletonLines } from '../../ui/states.tsx'
import { FAMILIES } from './families.ts'
import { cx } from '../../ui/class.ts'
import { type Kind, KIND_ICONS, KIND_WORDS } from './kinds.ts'
import { RefLink } from './parts.tsx'

export function Overview() {
  const { q, kind } = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const set = useCallback(
    (change: Search) =>
      void navigate({ to: '/catalog', search: (before: Search) => ({ ...before, ...change }), replace: true }),
    [navigate],
  )
  const setText = useCallback((text: string | undefined) => set({ q: text }), [set])
  return (
    <Page
      title="Catalogue"
      lead="The OWASP AI Exchange as data: threats, the controls against them, what proves a control, and what 25 other frameworks call all that."
    >
      <FilterBar
        label="Search the catalogue"
        clear={q ? () => void navigate({ to: '/catalog', search: {} }) : undefined}
      >
        <FilterText main label="Search by name, word or id, as LLM01:2026" value={q} onChange={setText} />
        {q && (
          <FilterSelect
            label="Everything"
            value={kind}
            options={(Object.keys(KIND_WORDS) as Kind[]).map((value) => ({ value, label: KIND_WORDS[value] }))}
            onChange={(value) => set({ kind: value })}
          />
        )}
      </FilterBar>
      {q ? <Results q={q} kind={isKind(kind) ? kind : undefined} /> : <Contents />}
    </Page>
  )
}

const isKind = (text: string | undefined): text is Kind => text !== undefined && text in KIND_WORDS
const MOST = 50

function Results({ q, kind }: { q: string; kind: Kind | undefined }) {
  const query = useQuery({
    ...read('/api/catalog/search', { query: { q, kind, limit: MOST } }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
  return (
    <Loaded query={query}>
      {({ items, total }) =>
        items.length === 0 ? (
          <EmptyState icon={SearchX} title={`Nothing matches “${q}”`}>
            Search knows names, old names, ids of the Exchange and of the frameworks. All words must occur.
          </EmptyState>
        ) : (
          <>
            <p role="status" className="mb-2 text-xs text-ink-3">
              {plural(total, 'result')}
              {total > items.length && `, the best ${items.length} shown`}
            </p>
            <ul className="divide-y divide-line rounded-md border border-line">
              {items.map((hit) => {
                const Icon = KIND_ICONS[hit.kind]
                return (
                  <li key={hit.kind + (hit.of ?? '') + hit.id} className="flex gap-3 px-4 py-2.5 text-sm">
                    <Icon size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
                    <div className="min-w-0">
                      <RefLink to={hit}>{toTitle(hit.name)}</RefLink>
                      <span className="ml-2 text-xs text-ink-3">
                        {KIND_WORDS[hit.kind]} <span className="font-mono">{hit.id}</span>
                        {hit.ofName && `, ${toTitle(hit.ofName)}`}
                      </span>
                      {hit.text !== hit.ofName && <p className="line-clamp-2 text-xs text-ink-2">{hit.text}</p>}
                    </div>
                  </li>
                )
              })}
            </ul>
          </>
        )
      }
    </Loaded>
  )
}

function Contents() {
  const query = useQuery({ ...read('/api/catalog'), staleTime: Infinity })
  const controls = useQuery({
    ...read('/api/catalog/controls', { query: { limit: 200 } }),
    staleTime: Infinity,
  })
  return (
    <Loaded query={query} waiting={<SkeletonLines lines={8} />}>
      {(data) => (
        <>
          <div className="grid gap-3 md:grid-cols-2">
            <Way to="/catalog/matrix" icon={Grid3x3} title="Matrix">
              What an attacker wants, against where the attack comes in.
            </Way>
            <Way to="/catalog/periodic-table" icon={TableProperties} title="Periodic table">
              Which control counters which threat, one tile an element.
            </Way>
          </div>
          <Section title="What it holds">
            <Numbers data={data} />
          </Section>
          <Section title="Controls by family">
            <Loaded query={controls}>
              {({ items }) => (
                <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
                  {FAMILIES.map(({ id, name, tile, ink }) => (
                    <li key={id}>
                      <Link
                        to="/catalog/controls"
                        search={{ family: id }}
                        className={cx(
                          'flex items-baseline justify-between rounded-sm px-3.5 py-2.5 text-sm transition-[filter] hover:brightness-97 dark:hover:brightness-115',
                          tile,
                        )}
                      >
                        <span className={cx('font-medium', ink)}>{name}</span>
                        <span className="tabular">
                          {items.filter(({ group }) => group === id || group.startsWith(`${id}-`)).length}
                        </span>
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </Loaded>
          </Section>
          <Section
            title="Where it comes from"
            note={`Version ${data.version}. Names, ids and relations; texts in our own words.`}
          >
            <ul className="divide-y divide-line rounded-md border border-line text-sm">
              {data.sources.map(({ repo, date, licence, use, commit }) => (
                <li
                  key={repo + commit}
                  className="grid gap-x-6 gap-y-0.5 px-4 py-2 md:grid-cols-[minmax(0,1fr)_7rem_9rem]"
                >
                  <span className="min-w-0">
                    <span className="font-medium break-words">{repo}</span>
                    <span className="block text-xs text-ink-3">{use}</span>
                  </span>
                  <span className="text-xs text-ink-3 md:text-sm">{date}</span>
                  <span className="text-xs text-ink-3 md:text-sm">{licence}</span>
                </li>
              ))}
            </ul>
          </Section>
        </>
      )}
    </Loaded>
  )
}

function Way({
  to,
  icon: Icon,
  title,
  children,
}: {
  to: string
  icon: typeof Grid3x3
  title: string
  children: string
}) {
  return (
    <Link
      to={to}
      className="group flex items-start gap-3.5 rounded-md border border-line p-4 transition-colors hover:border-line-strong/70 hover:bg-sunken"
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-sm bg-accent-soft text-accent-word">
        <Icon size={18} strokeWidth={1.75} aria-hidden />
      </span>
      <span>
        <span className="block font-semibold group-hover:text-accent-word">{title}</span>
        <span className="text-sm text-ink-2">{children}</span>
      </span>
    </Link>
  )
}

function Numbers({ data: { counts } }: { data: Reply<'GET', '/api/catalog'> }) {
  const { threat = 0, variant = 0, 'risk-factor': factors = 0 } = counts.threats
  const numbers: readonly (readonly [string, number, string, string])[] = [
    [
      '/catalog/threats',
      threat + variant + factors,
      'threats',
      `${threat} threats, ${variant} variants, ${factors} risk factors`,
    ],
    ['/catalog/controls', counts.controls, 'controls', `${counts.retiredNames} older names still resolve`],
    ['/catalog/measures', counts.measures, 'measures', 'each with its proof and how long it counts'],
    ['/catalog/facts', counts.facts, 'facts', `answer ${counts.questions} questions of the decision tree`],
    ['/catalog/frameworks', counts.frameworks, 'frameworks', `${formatNumber(counts.frameworkItems)} items`],
  ]
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line md:grid-cols-5">
      {numbers.map(([to, count, name, note]) => (
        <li key={to} className="bg-panel last:max-md:col-span-2">
          <Link to={to} className="block h-full px-4 py-3 hover:bg-sunken focus-visible:outline-offset-[-2px]">
            <span className="tabular block text-xl font-semibold tracking-[-0.02em]">{formatNumber(count)}</span>
            <span className="block text-sm font-medium">{name}</span>
            <span className="block text-xs text-ink-3">{note}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
