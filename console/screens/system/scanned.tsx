// What scans of a system's sources found: how much is wrong, what nobody has said anything about, and when they looked.
import { useQuery } from '@tanstack/react-query'
import { read, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { TextLink } from '../../ui/link.tsx'
import { Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { SeverityTiles } from '../discovery/severity-tiles.tsx'

type Source = Reply<'GET', '/api/scan-sources'>['items'][number]

const MOST_SOURCES = 5

export function Scanned({ system }: { system: string }) {
  const may = useMay()
  const { data } = useQuery({
    ...read('/api/scan-sources', { query: { system, limit: MOST_SOURCES } }),
    enabled: may('scan:read'),
  })
  if (!data) return null
  return (
    <Section
      title="What scans found"
      above="none"
      actions={
        data.items.length > 0 && (
          <TextLink to="/discovery/findings" search={{ system }} className="text-xs">
            All findings
          </TextLink>
        )
      }
    >
      {data.items.length === 0 ? (
        <p className="max-w-[68ch] text-sm text-pretty text-ink-2">
          No source of it was scanned.{' '}
          <TextLink to="/discovery/scans" search={{ new: 'source' }}>
            Add its repository
          </TextLink>{' '}
          to learn what it is made of and what is wrong with it.
        </p>
      ) : (
        <>
          <SeverityTiles system={system} />
          <ul className="mt-3 grid gap-1 text-sm text-ink-2">
            {data.items.map((source) => (
              <LastScan key={source.id} source={source} />
            ))}
          </ul>
          <Waiting system={system} />
        </>
      )}
    </Section>
  )
}

function LastScan({ source: { id, name } }: { source: Source }) {
  const { data } = useQuery(read('/api/scans', { query: { source: id, limit: 1 } }))
  const scan = data?.items[0]
  if (!scan) return <li>{name} was not scanned yet.</li>
  return (
    <li className="wrap-anywhere">
      <TextLink to="/discovery/scans/$id" params={{ id: scan.id }}>
        {name}
      </TextLink>{' '}
      {scan.state === 'done' ? 'was scanned' : 'is being scanned, asked for'} <Time at={scan.createdAt} />
      {scan.summary !== undefined && scan.summary.missed > 0
        ? `; ${plural(scan.summary.missed, 'file')} could not be looked at.`
        : '.'}
    </li>
  )
}

const COUNTED = 200

function Waiting({ system }: { system: string }) {
  const { data } = useQuery(read('/api/discoveries', { query: { system, state: 'new', limit: COUNTED } }))
  const count = data?.items.length ?? 0
  if (count === 0) return null
  return (
    <p className="mt-1 text-sm text-ink-2">
      <TextLink to="/inventory" search={{ tab: 'discovered', system }}>
        {data?.next === undefined ? plural(count, 'thing') : `More than ${COUNTED} things`}
      </TextLink>{' '}
      {count === 1 ? 'waits' : 'wait'} until somebody says what {count === 1 ? 'it is' : 'they are'}.
    </p>
  )
}
