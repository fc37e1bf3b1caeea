// Where the log was sealed, and what somebody who owns the machine could still rewrite without being noticed.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Stamp } from 'lucide-react'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { gather } from '../../lib/gather.ts'
import { formatAbsolute, formatNumber, plural } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock, Hash } from '../../ui/code.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { toast, toastError } from '../../ui/toast.tsx'
import { Exposure } from './exposure.tsx'
import { RotateKey } from './rotate-key.tsx'

type Checkpoint = Reply<'GET', '/api/log/checkpoints'>['items'][number]

export function Checkpoints() {
  const { cursor, size } = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const log = useQuery(read('/api/log'))
  const query = usePage((page) => read('/api/log/checkpoints', { query: { ...page } }))
  const open = query.data?.items.find((row) => String(row.size) === size)
  const columns: Column<Checkpoint>[] = [
    {
      id: 'size',
      head: 'Entries',
      cell: (row) => (
        <RowLink to="/log/checkpoints" search={{ cursor, size: String(row.size) }} resetScroll={false}>
          {formatNumber(row.size)}
        </RowLink>
      ),
    },
    {
      id: 'root',
      head: 'Root',
      hide: 'md',
      cell: ({ root }) => <code className="font-mono text-xs text-ink-2">{root}</code>,
    },
    { id: 'at', head: 'Sealed', end: true, cell: ({ at }) => <Time at={at} /> },
  ]
  return (
    <Page
      title="Checkpoints"
      lead="A checkpoint is the signed state of the whole log. Once one has left the house, nothing before it can be changed unnoticed."
      actions={
        <>
          <ExportMenu
            name="checkpoints"
            rows={() =>
              gather(
                (page) => api.get('/api/log/checkpoints', { query: { ...page } }),
                ({ size, root, at, note }) => ({ size, root, at, note }),
              )
            }
          />
          <SealNow />
        </>
      }
    >
      <Loaded query={log}>
        {(data) => (
          <div className="mb-8 grid gap-8 lg:grid-cols-2">
            <Section title="Exposure">
              <Exposure exposure={data.exposure} />
            </Section>
            <Section title="This log" above="none" actions={<RotateKey />}>
              <Facts
                rows={[
                  ['Origin', data.origin],
                  ['Entries', formatNumber(data.size)],
                  ['Root', <Hash key="root" value={data.root} />],
                  ['Public key', <Hash key="key" value={data.verifierKey} label="Copy the public key" />],
                  data.verifierKeys.length > 1 && ['Earlier keys', formatNumber(data.verifierKeys.length - 1)],
                ]}
              />
            </Section>
          </div>
        )}
      </Loaded>
      <List
        label="Checkpoints"
        columns={columns}
        page={query}
        rowKey={(row) => String(row.size)}
        empty={
          <EmptyState icon={Stamp} title="The log was never sealed" action={<SealNow />}>
            Parapet seals by itself, at the latest a minute after something was recorded.
          </EmptyState>
        }
      />
      {open && (
        <Dialog
          drawer
          title={`Checkpoint of ${plural(open.size, 'entry', 'entries')}`}
          description={formatAbsolute(open.at)}
          onClose={() => void navigate({ to: '/log/checkpoints', search: { cursor }, resetScroll: false })}
        >
          <p className="mb-3 text-sm text-ink-2">
            The signed note, as published. Keep a copy elsewhere: whoever has it can tell whether this log was changed
            since. <Badge>C2SP tlog-checkpoint</Badge>
          </p>
          <CodeBlock label="checkpoint" text={open.note} />
        </Dialog>
      )}
    </Page>
  )
}

function SealNow() {
  const may = useMay()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  if (!may('log:write')) return null
  async function seal() {
    setBusy(true)
    try {
      const { sealed, checkpoint } = await api.post('/api/log/checkpoints')
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/api/log') })
      toast(
        sealed && checkpoint
          ? `Sealed ${plural(checkpoint.size, 'entry', 'entries')}.`
          : 'Nothing is new since the last checkpoint.',
      )
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button variant="primary" icon={Stamp} busy={busy} onClick={() => void seal()}>
      Seal now
    </Button>
  )
}
