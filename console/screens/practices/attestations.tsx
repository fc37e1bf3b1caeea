// What people attested in their own name: trainings done, policies read, statements made. Each ends and has to be said
// again; one that is wrong is taken back with the reason, and stays on record.
import { Signature } from 'lucide-react'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { formatDay, toWords } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useWords } from '../../lib/words.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm, Dialog } from '../../ui/dialog.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { TextArea } from '../../ui/field.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import type { Column } from '../../ui/table.tsx'
import { Attest } from '../controls/attest.tsx'
import { useNames } from '../log/names.tsx'

type Row = Reply<'GET', '/api/attestations'>['items'][number]

export function Attestations() {
  const [{ attest }, set] = useWords()
  const [ending, setEnding] = useState<Row>()
  const nameOf = useNames()
  const { account } = useSession()
  const query = usePage((page) => read('/api/attestations', { query: { ...page } }))
  const columns: readonly Column<Row>[] = [
    {
      id: 'title',
      head: 'Attested',
      cell: ({ title, version, what, measure, system }) => (
        <>
          <span className="font-medium">{title}</span> {version && <span className="text-ink-3">{version}</span>}
          <span className="block text-xs text-ink-3">
            {toWords(what)}
            {measure && system && `, proves ${measure} on ${system}`}
          </span>
        </>
      ),
    },
    {
      id: 'person',
      head: 'By',
      hide: 'md',
      className: 'w-56',
      cell: ({ person }) => nameOf('account', person) ?? person,
    },
    { id: 'done', head: 'Done', hide: 'lg', className: 'w-32', cell: ({ doneAt }) => formatDay(doneAt) },
    { id: 'until', head: 'Again by', hide: 'md', className: 'w-32', cell: ({ until }) => formatDay(until) },
    {
      id: 'state',
      head: 'State',
      end: true,
      className: 'w-44',
      cell: (row) => (
        <span className="flex flex-wrap items-center justify-end gap-2">
          {row.endedAt === undefined && row.by === account?.id && (
            <Button small variant="quiet" onClick={() => setEnding(row)}>
              Take back
            </Button>
          )}
          <Badge>{toWords(row.state)}</Badge>
        </span>
      ),
    },
  ]
  const open = (
    <Button variant="primary" icon={Signature} onClick={() => set({ attest: 'new' })}>
      Attest something
    </Button>
  )
  return (
    <>
      <div className="mb-3 flex flex-wrap justify-end gap-2">
        <ExportMenu
          name="attestations"
          rows={() =>
            gather(
              (page) => api.get('/api/attestations', { query: { ...page } }),
              (row) => row,
            )
          }
        />
        {open}
      </div>
      <List
        label="Attestations"
        columns={columns}
        page={query}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={Signature} title="Nobody attested anything yet" action={open}>
            Whoever did a training or read a policy says so here in their own name, until a day. Where nothing can be
            observed or tested, that is a proof.
          </EmptyState>
        }
      />
      {attest && (
        <Dialog title="Attest something" onClose={() => set({ attest: undefined })}>
          <Attest what="training" onDone={() => set({ attest: undefined })} />
        </Dialog>
      )}
      {ending && <TakeBack row={ending} onClose={() => setEnding(undefined)} />}
    </>
  )
}

function TakeBack({ row: { id, title }, onClose }: { row: Row; onClose: () => void }) {
  const [why, setWhy] = useState('')
  const refresh = useRefresh()
  return (
    <Confirm
      title="Take it back?"
      action="Take it back"
      ready={why.trim() !== ''}
      onClose={onClose}
      onConfirm={async () => {
        await api.post('/api/attestations/:id/withdraw', { params: { id }, body: { why } })
        await refresh()
      }}
    >
      <p className="mb-3">
        “{title}” no longer counts, and evidence that it gave is answered by evidence against. Both stay on record.
      </p>
      <TextArea label="Why" maxLength={2000} value={why} onChange={(event) => setWhy(event.target.value)} />
    </Confirm>
  )
}
