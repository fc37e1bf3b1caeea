// Work that outlives a request: what waits, what runs and how far it is, what failed and why.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ListChecks } from 'lucide-react'
import { api, read, type Reply } from '../../api.ts'
import { gather } from '../../lib/gather.ts'
import { toWords } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import type { Column } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { toast, toastError } from '../../ui/toast.tsx'

type Job = Reply<'GET', '/api/jobs'>['items'][number]

const STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
const TONE = { queued: 'neutral', running: 'note', done: 'good', failed: 'bad', cancelled: 'neutral' } as const
const isState = (text: string | undefined): text is Job['state'] => STATES.some((state) => state === text)

export function Jobs() {
  const { state: chosen } = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMay()
  const state = isState(chosen) ? chosen : undefined
  const query = usePage((page) => read('/api/jobs', { query: { ...page, state } }))
  async function cancel(job: Job) {
    try {
      await api.post('/api/jobs/:id/cancel', { params: { id: job.id } })
      await client.invalidateQueries({ queryKey: ['/api/jobs'] })
      toast('The job is being cancelled.')
    } catch (error) {
      toastError(error)
    }
  }
  const columns: Column<Job>[] = [
    {
      id: 'kind',
      head: 'Job',
      cell: ({ kind, id, error }) => (
        <>
          <span className="font-medium">{toWords(kind)}</span>
          <span className="block font-mono text-2xs break-all text-ink-3">{id}</span>
          {error && <span className="block text-xs text-bad">{error}</span>}
        </>
      ),
    },
    { id: 'state', head: 'State', cell: ({ state }) => <Badge tone={TONE[state]}>{toWords(state)}</Badge> },
    { id: 'progress', head: 'Progress', hide: 'md', cell: (job) => <Progress job={job} /> },
    { id: 'at', head: 'Asked for', hide: 'lg', cell: ({ createdAt }) => <Time at={createdAt} /> },
    ...(may('job:write')
      ? [
          {
            id: 'do',
            head: 'Actions',
            end: true,
            cell: (job: Job) =>
              (job.state === 'queued' || job.state === 'running') && (
                <Button small onClick={() => void cancel(job)}>
                  Cancel
                </Button>
              ),
          },
        ]
      : []),
  ]
  return (
    <Page
      title="Jobs"
      lead="Long work waits here, runs one after another, and goes on after a crash."
      actions={
        <ExportMenu
          name="jobs"
          rows={() =>
            gather(
              (page) => api.get('/api/jobs', { query: { ...page, state } }),
              ({ id, kind, state, attempts, createdAt, endedAt, error }) => ({
                id,
                kind,
                state,
                attempts,
                createdAt,
                endedAt,
                error,
              }),
            )
          }
        />
      }
    >
      <FilterBar
        label="Filter the jobs"
        clear={state ? () => void navigate({ to: '/settings/jobs', search: {} }) : undefined}
      >
        <FilterSelect
          label="Any state"
          value={state}
          options={STATES.map((value) => ({ value, label: toWords(value) }))}
          onChange={(value) => void navigate({ to: '/settings/jobs', search: value ? { state: value } : {} })}
        />
      </FilterBar>
      <List
        label="Jobs"
        columns={columns}
        page={query}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={ListChecks} title={state ? `No job is ${state}` : 'No jobs'}>
            Scans, reports and attack runs that take longer than a moment stand here with their progress.
          </EmptyState>
        }
      />
    </Page>
  )
}

function Progress({ job }: { job: Job }) {
  const { done, total, note } = job.progress
  if (total === undefined) return <span className="text-ink-2">{note}</span>
  return (
    <span className="block min-w-32">
      <progress
        value={done}
        max={total}
        aria-label={`Progress of ${job.kind}`}
        className="block h-1.5 w-full overflow-hidden rounded-full accent-accent"
      />
      <span className="mt-1 block text-xs text-ink-3">
        {done} of {total} {note}
      </span>
    </span>
  )
}
