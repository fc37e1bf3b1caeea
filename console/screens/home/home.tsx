// What this installation has today, and what to do next. Every number leads to its rows; nothing is made up.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { read } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { useMay, useSession } from '../../session.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { SkeletonLines } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Exposure } from '../log/exposure.tsx'
import { useNames } from '../log/names.tsx'
import { Checks } from '../settings/system.tsx'
import { NextSteps } from './next-steps.tsx'
import { Numbers } from './numbers.tsx'
import { Queue } from './queue.tsx'
import { WorstSystems } from './worst-systems.tsx'

export function Home() {
  const { account } = useSession()
  const may = useMay()
  const first = account?.name.trim().split(/\s+/)[0]
  return (
    <Page title={first ? `Good to see you, ${first}` : 'Home'} lead="What waits for you, and where things stand.">
      <Numbers />
      <div className="mt-9 grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          {may('risk:read') && <Queue />}
          {may('risk:read') && <WorstSystems />}
          <NextSteps />
          {may('log:read') && <Recent />}
        </div>
        <div className="grid content-start gap-8">
          {may('system:read') && <Health />}
          {may('log:read') && <Outside />}
        </div>
      </div>
    </Page>
  )
}

function Recent() {
  const query = useQuery(read('/api/log/entries', { query: { limit: 8 } }))
  const nameOf = useNames()
  return (
    <Section title="Recorded lately" actions={<More to="/log">The whole log</More>}>
      <Loaded query={query} waiting={<SkeletonLines lines={6} />}>
        {({ items }) => (
          <ol className="divide-y divide-line rounded-md border border-line">
            {items.map(({ index, kind, at, actor, subject }) => (
              <li key={index} className="relative flex items-baseline gap-3 px-4 py-2 text-sm hover:bg-hover">
                <div className="min-w-0 grow">
                  <Link
                    to="/log"
                    search={{ entry: String(index) }}
                    data-row=""
                    className="font-medium outline-none after:absolute after:inset-0 hover:text-accent-word focus-visible:underline"
                  >
                    {toWords(kind)}
                  </Link>
                  <span className="ml-2 text-ink-3">
                    {nameOf(actor.kind, actor.id) ?? actor.id}
                    {subject.id !== actor.id &&
                      nameOf(subject.kind, subject.id) &&
                      `, about ${nameOf(subject.kind, subject.id)}`}
                  </span>
                </div>
                <span className="shrink-0 text-xs text-ink-3">
                  <Time at={at} />
                </span>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Section>
  )
}

function Health() {
  const query = useQuery(read('/api/system'))
  return (
    <Section title="Health" actions={<More to="/settings/system">System</More>}>
      <Loaded query={query}>{({ checks }) => <Checks checks={checks} />}</Loaded>
    </Section>
  )
}

function Outside() {
  const query = useQuery(read('/api/log'))
  return (
    <Section title="Vouched for outside" actions={<More to="/log/checkpoints">Checkpoints</More>} above="none">
      <Loaded query={query}>{({ exposure }) => <Exposure exposure={exposure} />}</Loaded>
    </Section>
  )
}

function More({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className="inline-flex items-center gap-1 rounded-xs text-xs text-ink-2 hover:text-accent-word">
      {children}
      <ArrowRight size={13} aria-hidden />
    </Link>
  )
}
