// The keys that programs show: for which models and routes each is good, whose calls they are, and the way to end one.
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { formatNumber, toWords } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useWords } from '../../lib/words.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import type { Column } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { SystemLink } from '../system/system-names.tsx'
import { AgentLink } from './agents.tsx'

type Key = Reply<'GET', '/api/keys'>['items'][number]

const TONE = { active: 'good', expired: 'neutral', revoked: 'bad' } as const

export function GatewayKeys() {
  const [, set] = useWords()
  const may = useMay()
  const refresh = useRefresh()
  const [revoking, setRevoking] = useState<Key>()
  const query = usePage((page) => read('/api/keys', { query: { ...page } }))
  const create = may('key:write') && (
    <Button variant="primary" icon={Plus} onClick={() => set({ new: 'key' })}>
      Make a key
    </Button>
  )
  return (
    <>
      {query.data && query.data.items.length > 0 && <div className="mb-3 flex justify-end">{create}</div>}
      <List
        label="Gateway keys"
        columns={may('key:write') ? [...COLUMNS, actions(setRevoking)] : COLUMNS}
        page={query}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={KeyRound} title="No gateway keys yet" action={create}>
            A key lets a program call models through the gateway. Make one for each system, so that its calls prove its
            controls.
          </EmptyState>
        }
      />
      {revoking && (
        <Confirm
          title={`Revoke ${revoking.name}?`}
          typed={revoking.name}
          action="Revoke the key"
          onClose={() => setRevoking(undefined)}
          onConfirm={async () => {
            await api.post('/api/keys/:id/revoke', { params: { id: revoking.id } })
            await refresh()
          }}
        >
          Programs that show it are refused at once. A revoked key never works again.
        </Confirm>
      )}
    </>
  )
}

const COLUMNS: readonly Column<Key>[] = [
  {
    id: 'name',
    head: 'Key',
    cell: ({ id, name }) => (
      <>
        <TextLink to="/gateway" search={{ key: id }} className="font-medium text-ink!">
          {name}
        </TextLink>
        <span className="block text-xs break-all text-ink-3 max-md:hidden">{id}</span>
      </>
    ),
  },
  {
    id: 'state',
    head: 'State',
    className: 'w-24',
    cell: ({ state }) => <Badge tone={TONE[state]}>{toWords(state)}</Badge>,
  },
  {
    id: 'asset',
    head: 'System and agent',
    hide: 'md',
    cell: ({ asset, agent }) => (
      <>
        <span className="block">
          {asset === undefined ? <span className="text-ink-3">none: proves nothing</span> : <SystemLink id={asset} />}
        </span>
        {agent !== undefined && (
          <span className="block text-xs text-ink-3">
            only for <AgentLink id={agent} />
          </span>
        )}
      </>
    ),
  },
  {
    id: 'good',
    head: 'Good for',
    hide: 'lg',
    cell: ({ models, routes, limits }) => (
      <>
        <span className="block break-words">
          {all(models) ? 'every model' : models.join(', ')}
          {all(routes) ? '' : ` on ${routes.join(', ')}`}
        </span>
        <span className="block text-xs text-ink-3">{limitsOf(limits)}</span>
      </>
    ),
  },
  {
    id: 'used',
    head: 'Last used',
    hide: 'md',
    className: 'w-32',
    cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : <span className="text-ink-3">never</span>),
  },
  {
    id: 'ends',
    head: 'Ends',
    hide: 'xl',
    className: 'w-32',
    cell: ({ expiresAt }) => (expiresAt ? <Time at={expiresAt} /> : <span className="text-ink-3">never</span>),
  },
]

const actions = (revoke: (key: Key) => void): Column<Key> => ({
  id: 'do',
  head: 'Actions',
  end: true,
  className: 'w-24',
  cell: (key) =>
    key.state === 'active' && (
      <Button small onClick={() => revoke(key)} aria-label={`Revoke ${key.name}`}>
        Revoke
      </Button>
    ),
})

const all = (patterns: readonly string[]) => patterns.includes('*')

function limitsOf({ requestsPerMinute, tokensPerMinute, concurrent }: Key['limits']): string {
  const limits = [
    requestsPerMinute === undefined ? '' : `${formatNumber(requestsPerMinute)} requests a minute`,
    tokensPerMinute === undefined ? '' : `${formatNumber(tokensPerMinute)} tokens a minute`,
    concurrent === undefined ? '' : `${formatNumber(concurrent)} at once`,
  ].filter(Boolean)
  return limits.length === 0 ? 'as often as its routes allow' : limits.join(', ')
}
