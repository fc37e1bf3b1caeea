// The keys of providers: set here, encrypted at rest, sent to their upstream and never shown again.
import { useQuery } from '@tanstack/react-query'
import { LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useMay } from '../../session.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Code } from '../../ui/code.tsx'
import { Confirm, Dialog } from '../../ui/dialog.tsx'
import { PasswordField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'

type Upstream = Reply<'GET', '/api/gateway/upstreams'>['items'][number]
type Doing = { what: 'set' | 'remove'; upstream: Upstream }

export function ProviderKeys() {
  const may = useMay()
  const [doing, setDoing] = useState<Doing>()
  const query = useQuery(read('/api/gateway/upstreams'))
  return (
    <>
      <DataTable
        label="Keys of providers"
        columns={columns(may('policy:write') ? setDoing : undefined)}
        rows={query.data?.items.filter(({ provider }) => provider !== 'demo')}
        rowKey={({ id }) => id}
        error={query.error}
        retry={() => void query.refetch()}
        empty={
          <EmptyState
            icon={LockKeyhole}
            title="No upstream needs a key yet"
            action={
              <ButtonLink to="/gateway/policy" search={{ tab: 'draft' }}>
                Write a draft
              </ButtonLink>
            }
          >
            Name a provider under upstreams, in parapet.yaml or as a draft of the policy; then set its key here.
          </EmptyState>
        }
      />
      {doing?.what === 'set' && <SetKey upstream={doing.upstream} onClose={() => setDoing(undefined)} />}
      {doing?.what === 'remove' && <RemoveKey upstream={doing.upstream} onClose={() => setDoing(undefined)} />}
    </>
  )
}

function columns(act: ((doing: Doing) => void) | undefined): readonly Column<Upstream>[] {
  return [
    {
      id: 'upstream',
      head: 'Upstream',
      cell: ({ id, provider, origin }) => (
        <>
          <span className="font-medium">{id}</span>
          <span className="block text-xs break-all text-ink-3">
            {provider}, {origin}
          </span>
        </>
      ),
    },
    { id: 'key', head: 'Key', cell: ({ key }) => <KeyState of={key} /> },
    {
      id: 'set',
      head: 'Set',
      hide: 'md',
      className: 'w-32',
      cell: ({ key: { setAt } }) => setAt !== undefined && <Time at={setAt} />,
    },
    ...(act === undefined
      ? []
      : [
          {
            id: 'do',
            head: 'Actions',
            end: true,
            className: 'w-44',
            cell: (upstream: Upstream) => (
              <span className="inline-flex gap-1.5">
                <Button
                  small
                  aria-label={`Set the key of ${upstream.id}`}
                  onClick={() => act({ what: 'set', upstream })}
                >
                  {upstream.key.from === 'set' ? 'Replace' : 'Set'}
                </Button>
                {upstream.key.from === 'set' && (
                  <Button
                    small
                    aria-label={`Remove the key of ${upstream.id}`}
                    onClick={() => act({ what: 'remove', upstream })}
                  >
                    Remove
                  </Button>
                )}
              </span>
            ),
          },
        ]),
  ]
}

function KeyState({ of: { from, isSent, tail, fingerprint, origin } }: { of: Upstream['key'] }) {
  if (from === 'none') return <span className="text-ink-3">none</span>
  return (
    <>
      <Badge tone={isSent ? 'good' : 'warn'}>{isSent ? 'Sent' : 'Not sent'}</Badge> {tail && <Code>…{tail}</Code>}
      <span className="block text-xs text-ink-3">
        {from === 'configuration' ? 'from the configuration' : fingerprint && `SHA-256 ${fingerprint}…`}
        {!isSent && origin && `, for ${origin} only`}
      </span>
    </>
  )
}

function SetKey({ upstream: { id, origin }, onClose }: { upstream: Upstream; onClose: () => void }) {
  const refresh = useRefresh()
  const [key, setKey] = useState('')
  const form = useSubmit(async () => {
    await api.put('/api/gateway/upstreams/:id/key', { params: { id }, body: { key } })
    await refresh()
    onClose()
  })
  return (
    <Dialog title={`Key of ${id}`} onClose={onClose}>
      <Form form={form} action="Keep the key" onCancel={onClose}>
        <PasswordField
          label="Key"
          required
          autoComplete="off"
          spellCheck={false}
          value={key}
          error={form.errorAt('key')}
          onChange={({ target }) => setKey(target.value)}
          hint={`As the provider gave it to you. It is sent to ${origin} only, and never shown again.`}
        />
      </Form>
    </Dialog>
  )
}

function RemoveKey({ upstream: { id }, onClose }: { upstream: Upstream; onClose: () => void }) {
  const refresh = useRefresh()
  return (
    <Confirm
      title={`Forget the key of ${id}?`}
      typed={id}
      action="Forget the key"
      onClose={onClose}
      onConfirm={async () => {
        await api.delete('/api/gateway/upstreams/:id/key', { params: { id } })
        await refresh()
      }}
    >
      Calls to it go without a key from now on, or with the one in the configuration. It cannot be brought back.
    </Confirm>
  )
}
