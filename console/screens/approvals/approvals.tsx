// Calls that wait for a person, most pressing first, and those that waited.
import { UserRoundCheck } from 'lucide-react'
import { read } from '../../api.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import { SystemName } from '../system/system-names.tsx'
import { Reviewers } from './reviewers.tsx'
import { type Listed, STATE_WORDS, toDeed } from './words.ts'

const COLUMNS: readonly Column<Listed>[] = [
  {
    id: 'deed',
    head: 'What would happen',
    cell: (row) => (
      <RowLink to="/gateway/approvals/$id" params={{ id: row.id }}>
        <span className="block font-medium break-words">{toDeed(row)}</span>
        <span className="block text-xs text-ink-3">
          {row.model} on {row.route}
          {row.asset !== undefined && (
            <>
              {' '}
              for <SystemName id={row.asset} />
            </>
          )}
        </span>
      </RowLink>
    ),
  },
  {
    id: 'state',
    head: 'State',
    className: 'w-36',
    cell: ({ state, given, needs }) => (
      <>
        <Badge tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].word}</Badge>
        {state === 'waiting' && needs.length > 1 && (
          <span className="block text-xs text-ink-3">
            {given.length} of {needs.length} approved
          </span>
        )}
      </>
    ),
  },
  {
    id: 'needs',
    head: 'Needs',
    hide: 'md',
    className: 'w-40',
    cell: ({ needs }) => needs.join(' and '),
  },
  { id: 'asked', head: 'Asked', hide: 'md', className: 'w-32', cell: ({ askedAt }) => <Time at={askedAt} /> },
  {
    id: 'until',
    head: 'Until',
    className: 'w-32',
    cell: ({ expiresAt, endedAt }) => <Time at={endedAt ?? expiresAt} />,
  },
]

export function Approvals() {
  const tab = useTab(['waiting', 'all', 'reviewers'])
  return (
    <Page
      title="Approvals"
      lead="Calls that wait until a person decides, because the policy says so. What nobody approves in time is refused."
      tabs={
        <Tabs
          label="Approvals"
          chosen={tab}
          tabs={[
            { id: 'waiting', name: 'Waiting' },
            { id: 'all', name: 'All' },
            { id: 'reviewers', name: 'Reviewers' },
          ]}
        />
      }
    >
      {tab === 'reviewers' ? <Reviewers /> : <Calls isWaiting={tab === 'waiting'} />}
    </Page>
  )
}

function Calls({ isWaiting }: { isWaiting: boolean }) {
  const query = usePage((page) =>
    read('/api/approvals', { query: { ...page, state: isWaiting ? 'waiting' : undefined } }),
  )
  return (
    <List
      label="Approvals"
      columns={COLUMNS}
      page={query}
      rowKey={({ id }) => id}
      empty={
        <EmptyState
          icon={UserRoundCheck}
          title={isWaiting ? 'Nothing waits for a person' : 'No call has waited for a person yet'}
          action={<ButtonLink to="/gateway/policy">Open the policy</ButtonLink>}
        >
          Rules of the guard “Oversight” say which tool calls, findings or requests need somebody’s approval.
        </EmptyState>
      }
    />
  )
}
