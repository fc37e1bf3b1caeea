// What waits for me, most urgent first: each with its age, who it waits for, and the one thing to do about it.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, Coffee } from 'lucide-react'
import { read } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { cx } from '../../ui/class.ts'
import { FilterSelect } from '../../ui/filter-bar.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { Pager } from '../../ui/pager.tsx'
import { SkeletonLines } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { AcceptanceDrawer } from '../risks/acceptance-drawer.tsx'
import { isWaitingKind, placeOfWaiting, type Waiting, WAITING_KINDS, WAITING_WORDS } from './waiting-kinds.ts'

export function Queue() {
  const [{ scope, waits, cursor, acceptance }, set] = useWords()
  const kind = isWaitingKind(waits) ? waits : undefined
  const query = useQuery({
    ...read('/api/home', { query: { scope: scope === 'all' ? 'all' : 'mine', kind, limit: 12, cursor } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Section
      title="Waits for you"
      actions={
        <>
          <FilterSelect
            label="Of any kind"
            value={kind}
            options={WAITING_KINDS.map((value) => ({ value, label: WAITING_WORDS[value].name }))}
            onChange={(value) => set({ waits: value })}
          />
          <FilterSelect
            label="Mine"
            value={scope}
            options={[{ value: 'all', label: 'Everybody’s' }]}
            onChange={(value) => set({ scope: value })}
          />
        </>
      }
    >
      <Loaded query={query} waiting={<SkeletonLines lines={6} />}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <Nothing isNarrowed={kind !== undefined} />}
            <ul
              className={cx(
                'divide-y divide-line rounded-md border border-line empty:hidden',
                query.isPlaceholderData && 'opacity-60',
              )}
            >
              {items.map((item) => (
                <Row key={item.id} item={item} />
              ))}
            </ul>
            <Pager cursor={cursor} next={next} onMove={(to) => set({ cursor: to })} />
          </>
        )}
      </Loaded>
      {acceptance && <AcceptanceDrawer id={acceptance} onClose={() => set({ acceptance: undefined })} />}
    </Section>
  )
}

function Row({ item }: { item: Waiting }) {
  const { kind, title, since, ageDays, due, owner } = item
  const { icon: Icon, tone, action, name } = WAITING_WORDS[kind]
  return (
    <li className="group relative flex items-start gap-3 px-4 py-2.5 text-sm hover:bg-hover">
      <Icon size={17} aria-hidden className={cx('mt-0.5 shrink-0', tone)} />
      <div className="min-w-0 grow">
        <p className="break-words">
          <span className="sr-only">{name}: </span>
          {title}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
          <span>{owner ?? 'nobody owns it'}</span>
          {since !== undefined && (
            <span>
              {ageDays === undefined || ageDays === 0 ? <Time at={since} /> : `waits for ${plural(ageDays, 'day')}`}
            </span>
          )}
          {due !== undefined && (
            <span>
              due <Time at={due} />
            </span>
          )}
        </p>
      </div>
      <Link
        {...placeOfWaiting(item)}
        resetScroll={kind !== 'acceptance-to-decide'}
        data-row=""
        aria-label={`${action}: ${title}`}
        className="inline-flex shrink-0 items-center gap-1 rounded-xs text-xs font-medium text-accent-word outline-none after:absolute after:inset-0 group-hover:underline focus-visible:underline"
      >
        {action}
        <ChevronRight size={13} aria-hidden />
      </Link>
    </li>
  )
}

function Nothing({ isNarrowed }: { isNarrowed: boolean }) {
  return (
    <p className="flex items-center gap-2.5 rounded-md border border-line px-4 py-3.5 text-sm text-ink-2">
      <Coffee size={17} aria-hidden className="shrink-0 text-ink-3" />
      {isNarrowed
        ? 'Nothing of this kind waits for you.'
        : 'Nothing waits for you. Decisions, failing and stale controls, reviews and disputed facts would stand here.'}
    </p>
  )
}
