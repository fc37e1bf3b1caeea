// A few numbers of this installation, each the door to its rows. Those that one may not see are left out.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { read } from '../../api.ts'
import { formatNumber, plural, toWords } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { Skeleton } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'

export function Numbers() {
  const may = useMay()
  const log = useQuery({ ...read('/api/log'), enabled: may('log:read') })
  const people = useQuery({ ...read('/api/accounts', { query: { limit: 200 } }), enabled: may('account:read') })
  const tokens = useQuery({ ...read('/api/tokens', { query: { limit: 200 } }), enabled: may('token:read') })
  const catalog = useQuery({ ...read('/api/catalog'), enabled: may('catalog:read'), staleTime: Infinity })
  const active = tokens.data?.items.filter(({ state }) => state === 'active').length ?? 0
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line lg:grid-flow-col lg:auto-cols-fr lg:grid-cols-none">
      {may('log:read') && (
        <NumberTile
          to="/log"
          name="entries in the log"
          value={log.data && formatNumber(log.data.size)}
          note={
            log.data?.checkpoint ? (
              <>
                {sealed(log.data.size - log.data.checkpoint.size)} <Time at={log.data.checkpoint.at} />
              </>
            ) : (
              'not sealed yet'
            )
          }
        />
      )}
      {may('account:read') && (
        <NumberTile
          to="/settings/people"
          name={people.data?.items.length === 1 ? 'person' : 'people'}
          value={people.data && count(people.data)}
          note={people.data && roles(people.data.items.map(({ role }) => role))}
        />
      )}
      {may('token:read') && (
        <NumberTile
          to="/settings/tokens"
          name="API tokens"
          value={tokens.data && count(tokens.data)}
          note={tokens.data && `${active} active`}
        />
      )}
      {may('catalog:read') && (
        <NumberTile
          to="/catalog"
          name="controls in the catalogue"
          value={catalog.data && formatNumber(catalog.data.counts.controls)}
          note={catalog.data && `version ${catalog.data.version}, ${plural(catalog.data.counts.measures, 'measure')}`}
        />
      )}
    </ul>
  )
}

interface NumberProps {
  to: string
  name: string
  value: string | undefined
  note: ReactNode
}

function NumberTile({ to, name, value, note }: NumberProps) {
  return (
    <li className="bg-panel">
      <Link to={to} className="block h-full px-4 py-3.5 hover:bg-sunken focus-visible:outline-offset-[-2px]">
        {value === undefined ? (
          <Skeleton className="my-1.5 h-5 w-10" />
        ) : (
          <span className="tabular block text-xl font-semibold tracking-[-0.02em]">{value}</span>
        )}
        <span className="block text-sm font-medium">{name}</span>
        <span className="block text-xs text-ink-3">{note}</span>
      </Link>
    </li>
  )
}

const sealed = (open: number) => (open === 0 ? 'all sealed' : `all but ${formatNumber(open)} sealed`)
const count = ({ items, next }: { items: readonly unknown[]; next?: string | undefined }) =>
  `${items.length}${next ? '+' : ''}`

function roles(all: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const role of all) counts.set(role, (counts.get(role) ?? 0) + 1)
  return [...counts].map(([role, number]) => plural(number, toWords(role).toLowerCase())).join(', ')
}
