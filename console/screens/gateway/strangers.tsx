// Shadow AI and misuse: traffic that no system of the register accounts for, or that a key should not make, each with what
// to do about it.
import { UserRoundCheck } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { formatNumber, sentence } from '../../lib/format.ts'
import type { Search } from '../../routes.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useKeyNames } from './use-key-names.ts'

type Sighting = Reply<'GET', '/api/sightings'>['items'][number]

const KIND_WORDS: Readonly<Record<Sighting['kind'], string>> = {
  'unknown-model': 'Unknown model',
  'unknown-key': 'Unknown key',
  'ended-key': 'Ended key',
  'key-without-system': 'Key without a system',
  'unguarded-session': 'Unguarded session',
  'stopped-often': 'Stopped often',
  'refused-often': 'Refused often',
  'sudden-use': 'Sudden use',
  'unusual-hour': 'Unusual hour',
}

const ABOUT_NO_KEY: ReadonlySet<Sighting['kind']> = new Set(['unknown-model', 'unknown-key', 'unguarded-session'])

export function Strangers() {
  const nameOf = useKeyNames()
  const query = usePage((page) => read('/api/sightings', { query: { ...page } }))
  const columns: readonly Column<Sighting>[] = [
    {
      id: 'what',
      head: 'Seen',
      className: 'w-64',
      cell: ({ kind, subject, lastCall }) => (
        <>
          <RowLink
            to="."
            search={(before: Search) => ({ ...before, call: lastCall })}
            resetScroll={false}
            className="wrap-anywhere"
          >
            {ABOUT_NO_KEY.has(kind) ? subject : nameOf(subject)}
          </RowLink>
          <span className="block text-xs text-ink-3">{KIND_WORDS[kind]}</span>
        </>
      ),
    },
    {
      id: 'why',
      head: 'What to do',
      hide: 'md',
      cell: ({ message, remedy }) => (
        <>
          <span className="block">{sentence(remedy)}</span>
          <span className="block text-xs text-ink-3">{sentence(message)}</span>
        </>
      ),
    },
    { id: 'count', head: 'Calls', end: true, className: 'tabular w-20', cell: ({ count }) => formatNumber(count) },
    { id: 'last', head: 'Last', end: true, className: 'w-32', cell: ({ lastSeen }) => <Time at={lastSeen} /> },
  ]
  return (
    <>
      <List
        label="Traffic that is unaccounted for"
        columns={columns}
        page={query}
        rowKey={({ kind, subject }) => `${kind} ${subject}`}
        empty={
          <EmptyState icon={UserRoundCheck} title="All traffic is accounted for">
            Every call came with a good key of a system in the register, asked for a model that is served, and looked
            like its usual use.
          </EmptyState>
        }
      />
    </>
  )
}
