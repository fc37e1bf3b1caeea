// What people decide about one risk: how it is treated, and whether somebody bears what is left of it, why and until when.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { read } from '../../api.ts'
import { formatDay, toWords } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { STANDING_TONE } from './acceptance-drawer.tsx'
import { ProposeAcceptance } from './propose-acceptance.tsx'
import { TreatRisk } from './treat-risk.tsx'
import { RISK_STATUS, type RiskRow, TREATMENT_WORDS } from './words.ts'

export function RiskDecisions({ system, threat }: { system: string; threat: string }) {
  const risk = useQuery(read('/api/risks', { query: { system, threat, limit: 1 } }))
  return (
    <Section title="Decisions" above="less">
      <Loaded query={risk}>{({ items: [row] }) => row && <Decided system={system} row={row} />}</Loaded>
    </Section>
  )
}

function Decided({ system, row }: { system: string; row: RiskRow }) {
  const [doing, setDoing] = useState<'treat' | 'propose'>()
  const may = useMay()
  const acceptances = useQuery(read('/api/acceptances', { query: { system, threat: row.threat, limit: 20 } }))
  const { name, tone } = RISK_STATUS[row.status]
  const done = () => setDoing(undefined)
  return (
    <div className="grid gap-3 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{name}</Badge>
        {row.treatment ? (
          TREATMENT_WORDS[row.treatment]
        ) : (
          <span className="text-ink-3">Nobody decided what to do.</span>
        )}
        {row.openSince && <span className="text-xs text-ink-3">open since {formatDay(row.openSince)}</span>}
      </p>
      {acceptances.data && acceptances.data.items.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {acceptances.data.items.map((one) => (
            <li
              key={one.id}
              className="group relative flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 hover:bg-hover"
            >
              <Link
                to="/risks/$system"
                params={{ system }}
                search={{ acceptance: one.id }}
                className="min-w-0 grow basis-48 font-medium outline-none after:absolute after:inset-0 group-hover:text-accent-word focus-visible:underline"
              >
                <span className="line-clamp-1">{one.reason}</span>
              </Link>
              <span className="text-xs text-ink-3">until {formatDay(one.until)}</span>
              <Badge tone={STANDING_TONE[one.state]}>{toWords(one.state)}</Badge>
            </li>
          ))}
        </ul>
      )}
      {may('risk:write') && doing === undefined && (
        <div className="flex flex-wrap gap-2">
          <Button small onClick={() => setDoing('treat')}>
            {row.treatment ? 'Treat it otherwise' : 'Decide what to do'}
          </Button>
          {row.status !== 'accepted' && row.status !== 'proposed' && (
            <Button small onClick={() => setDoing('propose')}>
              Propose to accept it
            </Button>
          )}
        </div>
      )}
      {doing === 'treat' && <TreatRisk system={system} row={row} onDone={done} />}
      {doing === 'propose' && <ProposeAcceptance system={system} row={row} onDone={done} />}
    </div>
  )
}
