// One provider in the traffic: who uses it most, through which hosts, and what waits to be decided about it.
import { useQuery } from '@tanstack/react-query'
import { read, type Reply } from '../../api.ts'
import { formatBytes, formatNumber } from '../../lib/format.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { STANDING_WORDS, STATE_WORDS } from './words.ts'

type Provider = Reply<'GET', '/api/scans/:id/traffic'>['items'][number]
type Use = Provider['uses'][number]

interface ProviderDrawerProps {
  provider: Provider
  source: string
  onClose: () => void
}

const COLUMNS: readonly Column<Use>[] = [
  {
    id: 'who',
    head: 'Who',
    cell: ({ who, department }) => (
      <>
        <span className="wrap-anywhere">{who}</span>
        {department && <span className="block text-xs text-ink-3">{department}</span>}
      </>
    ),
  },
  { id: 'host', head: 'Through', hide: 'md', cell: ({ host }) => <span className="wrap-anywhere">{host}</span> },
  { id: 'calls', head: 'Calls', end: true, className: 'w-20', cell: ({ calls }) => formatNumber(calls) },
  {
    id: 'sent',
    head: 'Sent',
    end: true,
    className: 'w-24',
    cell: ({ sent }) => sent !== undefined && formatBytes(sent),
  },
]

export function ProviderDrawer({ provider, source, onClose }: ProviderDrawerProps) {
  const { standing, sanctioned, users, hosts, calls, blocked, sent, received, first, last, uses } = provider
  const things = useQuery(
    read('/api/discoveries', {
      query: { source, kind: 'providers', text: provider.provider.slice(0, 200), limit: 50 },
    }),
  )
  const thing = things.data?.items.find(({ name }) => name === provider.provider)
  return (
    <Dialog drawer title={provider.provider} description={STANDING_WORDS[standing]} onClose={onClose}>
      <Facts
        rows={[
          ['Allowed', sanctioned === undefined ? 'nobody said' : sanctioned ? 'yes' : 'no'],
          ['Users', formatNumber(users)],
          ['Calls', `${formatNumber(calls)}${blocked > 0 ? `, ${formatNumber(blocked)} of them blocked` : ''}`],
          sent !== undefined && ['Sent out', formatBytes(sent)],
          received !== undefined && ['Came back', formatBytes(received)],
          ['Hosts', hosts.join(', ')],
          first !== undefined && ['First', <Time key="first" at={first} absolute />],
          last !== undefined && ['Last', <Time key="last" at={last} absolute />],
          thing !== undefined && [
            'In the queue',
            <TextLink key="thing" to="." search={(before) => ({ ...before, provider: undefined, thing: thing.id })}>
              {thing.state === 'new' ? 'Accept, link or ignore it' : STATE_WORDS[thing.state]}
            </TextLink>,
          ],
        ]}
      />
      <Section title="Who sends most" above="less">
        <DataTable
          label={`Users of ${provider.provider}`}
          columns={COLUMNS}
          rows={uses}
          rowKey={({ who, host }) => `${who} ${host}`}
          empty={<p className="text-sm text-ink-2">The log names nobody.</p>}
        />
      </Section>
    </Dialog>
  )
}
