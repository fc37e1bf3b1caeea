// The evidence log, newest first. New entries come in by themselves while the first page is open; an entry opens beside
// the list and has an address of its own.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { FileDown, ScrollText } from 'lucide-react'
import { useCallback, useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { download } from '../../lib/export.ts'
import { formatNumber, plural, toWords } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import type { Search } from '../../routes.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterDate, FilterText } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { toast, toastError } from '../../ui/toast.tsx'
import { EntryBody } from './entry-body.tsx'
import { useNames, Who } from './names.tsx'
import { isNarrowed, toSelection } from './selection.ts'

type Entry = Reply<'GET', '/api/log/entries'>['items'][number]

export function Entries() {
  const search = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const nameOf = useNames()
  const selection = toSelection(search)
  const clear = isNarrowed(search) ? () => void navigate({ to: '/log', search: {} }) : undefined
  const log = useQuery(read('/api/log'))
  const query = usePage((page) => read('/api/log/entries', { query: { ...selection, ...page } }))
  const go = useCallback(
    (change: Search) =>
      void navigate({
        to: '/log',
        search: (before: Search) => ({ ...before, cursor: undefined, entry: undefined, ...change }),
        replace: true,
      }),
    [navigate],
  )
  const setKind = useCallback((kind: string | undefined) => go({ kind }), [go])
  const setActor = useCallback((actorId: string | undefined) => go({ actorId }), [go])
  const setSubject = useCallback((subjectId: string | undefined) => go({ subjectId }), [go])

  const kinds = [...new Set(query.data?.items.map(({ kind }) => kind))].toSorted()
  const columns: Column<Entry>[] = [
    {
      id: 'index',
      head: '#',
      className: 'w-16',
      hide: 'md',
      cell: ({ index }) => <span className="text-ink-3">{formatNumber(index)}</span>,
    },
    {
      id: 'what',
      head: 'What',
      cell: ({ index, kind, at }) => (
        <>
          <RowLink to="/log" search={(before: Search) => ({ ...before, entry: String(index) })} resetScroll={false}>
            {toWords(kind)}
          </RowLink>
          <span className="block font-mono text-2xs text-ink-3 max-md:hidden">{kind}</span>
          <span className="block text-xs text-ink-3 md:hidden">
            <Time at={at} /> · {formatNumber(index)}
          </span>
        </>
      ),
    },
    {
      id: 'who',
      head: 'Who',
      className: 'max-w-56',
      cell: ({ actor }) => <Who {...actor} name={nameOf(actor.kind, actor.id)} />,
    },
    {
      id: 'subject',
      head: 'About',
      hide: 'lg',
      className: 'max-w-64',
      cell: ({ subject }) => <Who {...subject} name={nameOf(subject.kind, subject.id)} />,
    },
    { id: 'at', head: 'When', end: true, hide: 'md', cell: ({ at }) => <Time at={at} /> },
  ]
  const open = search['entry']
  return (
    <Page
      title="Log"
      lead={
        <>
          Everything that was done here, append-only and sealed.{' '}
          {log.data && (
            <span className="tabular">
              {plural(log.data.size, 'entry', 'entries')}, the last{' '}
              <Time at={log.data.lastAt || new Date(0).toISOString()} />.
            </span>
          )}
        </>
      }
      actions={
        <>
          <ReportButton selection={selection} />
          <ExportMenu
            name="log"
            rows={() =>
              gather(
                (page) => api.get('/api/log/entries', { query: { ...selection, ...page } }),
                ({ index, at, kind, actor, subject, data }) => ({
                  index,
                  at,
                  kind,
                  actorKind: actor.kind,
                  actorId: actor.id,
                  subjectKind: subject.kind,
                  subjectId: subject.id,
                  data: JSON.stringify(data),
                }),
              )
            }
          />
        </>
      }
    >
      <FilterBar label="Filter the log" clear={clear}>
        <FilterText
          main
          label="Kind, as in account.invited"
          value={search['kind']}
          onChange={setKind}
          suggestions={kinds}
        />
        <FilterText label="Who, by id" value={search['actorId']} onChange={setActor} />
        <FilterText label="About, by id" value={search['subjectId']} onChange={setSubject} />
        <FilterDate label="From" value={search['since']} onChange={(since) => go({ since })} />
        <FilterDate label="Until" value={search['until']} onChange={(until) => go({ until })} />
      </FilterBar>
      <List
        label="Log entries"
        columns={columns}
        page={query}
        rowKey={({ index }) => String(index)}
        waitingRows={12}
        noun="entry"
        clear={clear}
        empty={
          <EmptyState
            icon={ScrollText}
            title="Nothing is recorded yet"
            action={<ButtonLink to="/settings/people">Invite someone</ButtonLink>}
          >
            Each change made here, and each sign-in, leaves an entry that nobody can edit or remove unnoticed.
          </EmptyState>
        }
      />
      {open !== undefined && /^\d+$/.test(open) && (
        <Dialog
          drawer
          title={`Entry ${formatNumber(Number(open))}`}
          onClose={() =>
            void navigate({
              to: '/log',
              search: (before: Search) => ({ ...before, entry: undefined }),
              resetScroll: false,
            })
          }
          actions={
            <ButtonLink small to="/log/$index" params={{ index: open }}>
              Open as page
            </ButtonLink>
          }
        >
          <EntryBody index={Number(open)} />
        </Dialog>
      )}
    </Page>
  )
}

function ReportButton({ selection }: { selection: ReturnType<typeof toSelection> }) {
  const [busy, setBusy] = useState(false)
  async function run() {
    setBusy(true)
    try {
      const report = await api.post('/api/log/report', { body: selection })
      download('parapet-report.json', 'application/json', `${JSON.stringify(report, null, 1)}\n`)
      if (report.omitted)
        toast(
          `The report holds the first ${plural(report.entries.length, 'entry', 'entries')}.`,
          'bad',
          'Narrow the filters for the rest.',
        )
      else toast(`Report with ${plural(report.entries.length, 'entry', 'entries')} made.`)
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      icon={FileDown}
      busy={busy}
      onClick={() => void run()}
      title="What the filters show, with proofs that anyone can check offline"
    >
      Report with proofs
    </Button>
  )
}
