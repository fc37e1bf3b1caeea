// The versions of the policy, newest first: who put each into force and why, what it changed, and the way back to it.
import { History } from 'lucide-react'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Hash } from '../../ui/code.tsx'
import { Confirm, Dialog } from '../../ui/dialog.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { useNames, Who } from '../log/names.tsx'
import { PolicyDifference } from './policy-difference.tsx'

type Version = Reply<'GET', '/api/policy/versions'>['items'][number]

const SOURCE_WORDS: Readonly<Record<Version['source'], string>> = {
  configuration: 'from the configuration',
  published: 'published',
  'rolled-back': 'rolled back',
}

export function PolicyVersions({ current }: { current: number | undefined }) {
  const [{ version }, set] = useWords()
  const nameOf = useNames()
  const query = usePage((page) => read('/api/policy/versions', { query: { ...page } }))
  const columns: readonly Column<Version>[] = [
    {
      id: 'number',
      head: 'Version',
      cell: ({ number, source, note }) => (
        <>
          <RowLink to="." search={(before: Search) => ({ ...before, version: String(number) })} resetScroll={false}>
            {number}
          </RowLink>{' '}
          {number === current && <Badge tone="good">In force</Badge>}
          <span className="block text-xs text-ink-3">{note || SOURCE_WORDS[source]}</span>
        </>
      ),
    },
    {
      id: 'who',
      head: 'By',
      hide: 'md',
      className: 'w-48',
      cell: ({ author }) => <Who kind={author.kind} id={author.id} name={nameOf(author.kind, author.id)} />,
    },
    {
      id: 'hash',
      head: 'Hash',
      hide: 'lg',
      className: 'max-w-48',
      cell: ({ hash }) => <span className="font-mono text-xs">{hash.slice(0, 16)}</span>,
    },
    { id: 'at', head: 'In force from', end: true, className: 'w-40', cell: ({ at }) => <Time at={at} /> },
  ]
  return (
    <>
      <List
        label="Versions of the policy"
        columns={columns}
        page={query}
        rowKey={({ number }) => String(number)}
        empty={
          <EmptyState icon={History} title="No version yet">
            The defaults are in force. The first policy that is published, or written in parapet.yaml, is version 1.
          </EmptyState>
        }
      />
      {version && current !== undefined && (
        <VersionDrawer
          shown={query.data?.items.find(({ number }) => String(number) === version)}
          number={version}
          isCurrent={String(current) === version}
          onClose={() => set({ version: undefined })}
        />
      )}
    </>
  )
}

interface VersionDrawerProps {
  shown: Version | undefined
  number: string
  isCurrent: boolean
  onClose: () => void
}

function VersionDrawer({ shown, number, isCurrent, onClose }: VersionDrawerProps) {
  const may = useMay()
  const refresh = useRefresh()
  const [going, setGoing] = useState(false)
  const before = Number(number) - 1
  return (
    <Dialog
      drawer
      title={`Version ${number}`}
      description={shown?.note}
      onClose={onClose}
      actions={!isCurrent && may('policy:write') && <Button onClick={() => setGoing(true)}>Go back to it</Button>}
    >
      {shown && <Hash value={shown.hash} label="Copy the hash of the policy" />}
      {before >= 1 ? (
        <PolicyDifference from={String(before)} to={number} />
      ) : (
        <p className="mt-4 text-sm text-ink-2">It is the first, so there is nothing it changed.</p>
      )}
      {going && (
        <Confirm
          title={`Go back to version ${number}?`}
          typed={number}
          action="Put it into force"
          onClose={() => setGoing(false)}
          onConfirm={async () => {
            const made = await api.post('/api/policy/versions/:number/rollback', {
              params: { number: Number(number) },
              body: {},
            })
            toast(`Version ${made.number} is in force: what version ${number} said.`)
            await refresh()
            onClose()
          }}
        >
          It comes into force again as a new version. Calls under way end under the policy they began with.
        </Confirm>
      )}
    </Dialog>
  )
}
