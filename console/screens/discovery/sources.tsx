// Where AI is looked for, again and again: repositories and folders are scanned on a schedule or when asked.
import { useNavigate } from '@tanstack/react-router'
import { FolderGit2, Play } from 'lucide-react'
import { api, read, type Reply } from '../../api.ts'
import { formatDuration } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useWords } from '../../lib/words.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { toastError } from '../../ui/toast.tsx'
import { SystemName } from '../system/system-names.tsx'
import { SourceDrawer } from './source-drawer.tsx'
import { SOURCE_WORDS } from './words.ts'

type Source = Reply<'GET', '/api/scan-sources'>['items'][number]

const HOUR = 3600

/** The house goes and gets it; all others are brought. */
const isFetched = (kind: Source['kind']) => kind === 'git' || kind === 'path'

export function Sources() {
  const [words, set] = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const query = usePage((page) => read('/api/scan-sources', { query: { ...page } }))
  async function scan({ id }: Source) {
    try {
      const begun = await api.post('/api/scan-sources/:id/scan', { params: { id } })
      await refresh()
      void navigate({ to: '/discovery/scans/$id', params: { id: begun.id } })
    } catch (error) {
      toastError(error)
    }
  }
  const columns: readonly Column<Source>[] = [
    {
      id: 'name',
      head: 'Source',
      cell: ({ id, name, kind, url, path, ref, closedAt }) => (
        <>
          <RowLink to="." search={(before) => ({ ...before, about: id })} resetScroll={false} className="wrap-anywhere">
            {name}
          </RowLink>
          <span className="block text-xs wrap-anywhere text-ink-3">
            {[SOURCE_WORDS[kind], url ?? path, ref].filter(Boolean).join(' · ')}
          </span>
          {closedAt && <Badge>closed</Badge>}
        </>
      ),
    },
    { id: 'system', head: 'Part of', hide: 'md', className: 'w-44', cell: ({ system }) => system ? <SystemName id={system} /> : <span className="text-ink-3">no system</span> }, // prettier-ignore
    {
      id: 'again',
      head: 'Scanned again',
      hide: 'md',
      className: 'w-48',
      cell: ({ everyHours, nextAt, kind }) =>
        everyHours === undefined ? (
          <span className="text-ink-3">{isFetched(kind) ? 'when asked' : 'when it is sent'}</span>
        ) : (
          <>
            every {formatDuration(everyHours * HOUR)}
            {nextAt && (
              <span className="block text-xs text-ink-3">
                next <Time at={nextAt} />
              </span>
            )}
          </>
        ),
    },
    {
      id: 'do',
      head: 'Actions',
      end: true,
      className: 'w-32',
      cell: (source) =>
        may('scan:write') &&
        source.closedAt === undefined &&
        isFetched(source.kind) && (
          <span className="relative z-1">
            <Button small icon={Play} onClick={() => void scan(source)}>
              Scan now
            </Button>
          </span>
        ),
    },
  ]
  return (
    <>
      <List
        label="Sources of scans"
        columns={columns}
        page={query}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            icon={FolderGit2}
            title="No source is stated yet"
            action={
              may('scan:write') && (
                <Button variant="primary" onClick={() => set({ new: 'source' })}>
                  Add a repository
                </Button>
              )
            }
          >
            Add a repository: it is cloned without running anything of it, scanned, and scanned again as often as you
            say.
          </EmptyState>
        }
      />
      {words['about'] && <SourceDrawer id={words['about']} onClose={() => set({ about: undefined })} />}
    </>
  )
}
