// Where calls go: each route with its models and upstreams, and how each upstream is doing on the replica that answers.
import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, CircleDashed, type LucideIcon, TriangleAlert } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { formatNumber } from '../../lib/format.ts'
import { Badge } from '../../ui/status.tsx'
import { Section } from '../../ui/page.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { toMs } from './words.ts'

type Upstream = Reply<'GET', '/api/gateway/upstreams'>['items'][number]
type Route = Reply<'GET', '/api/gateway/routes'>['items'][number]

const STATES: Readonly<
  Record<Upstream['state'], { word: string; tone: 'good' | 'warn' | 'bad' | 'neutral'; icon: LucideIcon }>
> = {
  well: { word: 'Well', tone: 'good', icon: CircleCheck },
  failing: { word: 'Failing', tone: 'warn', icon: TriangleAlert },
  resting: { word: 'Left alone for a while', tone: 'bad', icon: CircleAlert },
  probing: { word: 'Being tried again', tone: 'warn', icon: CircleDashed },
  unknown: { word: 'Not asked yet', tone: 'neutral', icon: CircleDashed },
}

export function Upstreams() {
  const routes = useQuery(read('/api/gateway/routes'))
  const upstreams = useQuery(read('/api/gateway/upstreams'))
  return (
    <>
      <Section
        title="Routes"
        note="The model that a client names decides. The first upstream that is well gets the call."
      >
        <DataTable
          label="Routes"
          columns={ROUTES}
          rows={routes.data?.items}
          rowKey={({ id }) => id}
          error={routes.error}
          retry={() => void routes.refetch()}
          waitingRows={3}
          empty={<p className="text-sm text-ink-2">No route is served. Write one in parapet.yaml or in a draft.</p>}
        />
      </Section>
      <Section title="Upstreams">
        <DataTable
          label="Upstreams"
          columns={UPSTREAMS}
          rows={upstreams.data?.items}
          rowKey={({ id }) => id}
          error={upstreams.error}
          retry={() => void upstreams.refetch()}
          waitingRows={3}
          empty={<p className="text-sm text-ink-2">There is no upstream. Name one in parapet.yaml or in a draft.</p>}
        />
      </Section>
    </>
  )
}

const ROUTES: readonly Column<Route>[] = [
  { id: 'id', head: 'Route', className: 'w-24 md:w-48', cell: ({ id }) => <span className="font-medium">{id}</span> },
  { id: 'models', head: 'Models', cell: ({ models }) => <span className="break-words">{models.join(', ')}</span> },
  {
    id: 'to',
    head: 'Goes to',
    cell: ({ upstreams }) => upstreams.map(({ id, model }) => (model ? `${id} as ${model}` : id)).join(', then '),
  },
  {
    id: 'guards',
    head: 'Guards that enforce',
    hide: 'md',
    end: true,
    className: 'tabular w-44',
    cell: ({ guards }) => `${guards.filter(({ mode }) => mode === 'enforce').length} of ${guards.length}`,
  },
]

const UPSTREAMS: readonly Column<Upstream>[] = [
  {
    id: 'id',
    head: 'Upstream',
    cell: ({ id, provider, origin }) => (
      <>
        <span className="font-medium">{id}</span>
        <span className="block text-xs wrap-anywhere text-ink-3">
          {provider === 'demo' ? 'a script inside Parapet, offline' : `${provider}, ${origin}`}
        </span>
      </>
    ),
  },
  {
    id: 'state',
    head: 'State',
    className: 'w-28 md:w-40',
    cell: ({ state, lastTrouble }) => {
      const { word, tone, icon: Icon } = STATES[state]
      return (
        <>
          <Badge tone={tone}>
            <Icon size={11} aria-hidden />
            {word}
          </Badge>
          {lastTrouble && (
            <span className="block text-xs text-ink-3">
              {lastTrouble.kind}, <Time at={lastTrouble.at} />
            </span>
          )}
        </>
      )
    },
  },
  {
    id: 'asked',
    head: 'Asked',
    hide: 'md',
    end: true,
    className: 'tabular w-28',
    cell: ({ asked }) => formatNumber(asked),
  },
  {
    id: 'failed',
    head: 'Failed',
    end: true,
    className: 'tabular w-20 md:w-28',
    cell: ({ failed }) => formatNumber(failed),
  },
  {
    id: 'average',
    head: 'First byte',
    hide: 'lg',
    end: true,
    className: 'tabular w-28',
    cell: ({ averageMs }) => (averageMs === undefined ? '' : toMs(averageMs)),
  },
]
