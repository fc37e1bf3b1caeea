// Where scans and traffic met an asset that came from them, or that people said is the same.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'
import { TextLink } from '../../ui/link.tsx'
import { Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { SourceName } from '../discovery/filter-source.tsx'
import { FirstPlace } from '../discovery/place-list.tsx'

const MOST = 10

export function FoundAt({ asset }: { asset: string }) {
  const may = useMay()
  const { data } = useQuery({
    ...read('/api/discoveries', { query: { asset, limit: MOST } }),
    enabled: may('scan:read'),
  })
  if (!data || data.items.length === 0) return null
  return (
    <Section title="Where it was found">
      <ul className="divide-y divide-line rounded-md border border-line bg-panel text-sm">
        {data.items.map(({ id, name, source, evidence, lastSeen, goneSince }) => (
          <li key={id} className="grid gap-x-6 gap-y-0.5 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <span className="min-w-0">
              <TextLink
                to="/inventory"
                search={{ tab: 'discovered', state: 'any', thing: id }}
                className="wrap-anywhere"
              >
                {name}
              </TextLink>
              <span className="block text-xs text-ink-3">
                in <SourceName id={source} />,{' '}
                {goneSince === undefined ? (
                  <>
                    last seen <Time at={lastSeen} />
                  </>
                ) : (
                  <>
                    not found any more since <Time at={goneSince} />
                  </>
                )}
              </span>
            </span>
            <FirstPlace places={evidence} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
