// API tokens: made here, shown once, revoked for good.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { gather } from '../../lib/gather.ts'
import { plural, toWords } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import type { Column } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { CreateToken } from './create-token.tsx'

type Token = Reply<'GET', '/api/tokens'>['items'][number]

const STATE_TONE = { active: 'good', expired: 'neutral', revoked: 'bad' } as const

export function Tokens() {
  const { new: creating } = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMay()
  const [revoking, setRevoking] = useState<Token>()
  const query = usePage((page) => read('/api/tokens', { query: { ...page } }))
  const refresh = () => client.invalidateQueries({ queryKey: ['/api/tokens'] })
  const showCreate = (on: boolean) =>
    void navigate({ to: '/settings/tokens', search: on ? { new: '1' } : {}, replace: true })
  const create = may('token:write') && (
    <Button variant="primary" icon={Plus} onClick={() => showCreate(true)}>
      Create a token
    </Button>
  )
  const columns: Column<Token>[] = [
    {
      id: 'name',
      head: 'Token',
      cell: (token) => (
        <>
          <span className="font-medium">{token.name}</span>
          <span className="block text-xs text-ink-3" title={token.scopes.join(', ')}>
            {token.scopes.length <= 3 ? token.scopes.join(', ') : plural(token.scopes.length, 'permission')}
          </span>
        </>
      ),
    },
    { id: 'state', head: 'State', cell: ({ state }) => <Badge tone={STATE_TONE[state]}>{toWords(state)}</Badge> },
    { id: 'expires', head: 'Ends', hide: 'md', cell: ({ expiresAt }) => <Time at={expiresAt} /> },
    {
      id: 'used',
      head: 'Last used',
      hide: 'lg',
      cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : <span className="text-ink-3">never</span>),
    },
    { id: 'made', head: 'Made', hide: 'lg', cell: ({ createdAt }) => <Time at={createdAt} /> },
    ...(may('token:write')
      ? [
          {
            id: 'do',
            head: 'Actions',
            end: true,
            cell: (token: Token) =>
              token.state === 'active' && (
                <Button small onClick={() => setRevoking(token)} aria-label={`Revoke ${token.name}`}>
                  Revoke
                </Button>
              ),
          },
        ]
      : []),
  ]
  return (
    <Page
      title="API tokens"
      lead="For scripts, pipelines and agents. A token does no more than you ticked, and ends by itself."
      actions={
        <>
          <ExportMenu
            name="tokens"
            rows={() =>
              gather(
                (page) => api.get('/api/tokens', { query: { ...page } }),
                ({ id, name, role, state, scopes, createdBy, createdAt, expiresAt, lastUsedAt }) => {
                  return {
                    id,
                    name,
                    role,
                    state,
                    scopes: scopes.join(' '),
                    createdBy,
                    createdAt,
                    expiresAt,
                    lastUsedAt,
                  }
                },
              )
            }
          />
          {create}
        </>
      }
    >
      <List
        label="API tokens"
        columns={columns}
        page={query}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={KeyRound} title="No tokens yet" action={create}>
            A token lets software call the API in your name:{' '}
            <code className="font-mono">Authorization: Bearer pp_…</code>
          </EmptyState>
        }
      />
      {creating && may('token:write') && (
        <CreateToken onClose={() => showCreate(false)} onDone={() => void refresh()} />
      )}
      {revoking && (
        <Confirm
          title={`Revoke ${revoking.name}?`}
          typed={revoking.name}
          action="Revoke the token"
          onClose={() => setRevoking(undefined)}
          onConfirm={async () => {
            await api.post('/api/tokens/:id/revoke', { params: { id: revoking.id } })
            await refresh()
          }}
        >
          Whatever uses it stops working at once. A revoked token never works again.
        </Confirm>
      )}
    </Page>
  )
}
