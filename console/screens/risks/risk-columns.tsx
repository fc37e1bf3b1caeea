// The columns of the risk register, for all systems and for one.
import { formatDay, toTitleOfId } from '../../lib/format.ts'
import type { Search } from '../../routes.tsx'
import { LevelChange } from '../../ui/level.tsx'
import { Badge } from '../../ui/status.tsx'
import { countStatuses, StatusCounts } from '../../ui/status-counts.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { RISK_STATUS, type RiskRow, TREATMENT_WORDS } from './words.ts'

const LEFT: Column<RiskRow> = {
  id: 'left',
  head: 'Risk left, as proven',
  className: 'w-56 max-md:w-32',
  cell: ({ severity, residualSeverity, aboveAppetite }) => (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <LevelChange from={severity} to={residualSeverity} />
      {aboveAppetite && <Badge tone="bad">above appetite</Badge>}
    </span>
  ),
}

const CONTROLS: Column<RiskRow> = {
  id: 'controls',
  head: 'Controls',
  hide: 'lg',
  className: 'w-32',
  cell: ({ threat, controls }) => (
    <span className="block pt-1.5">
      <StatusCounts brief label={`Controls against ${toTitleOfId(threat)}`} counts={countStatuses(controls)} />
    </span>
  ),
}

const DECISION: Column<RiskRow> = {
  id: 'decision',
  head: 'Decision',
  hide: 'md',
  className: 'w-40',
  cell: ({ treatment, status, acceptedUntil }) => (
    <>
      {treatment ? TREATMENT_WORDS[treatment] : <span className="text-ink-3">undecided</span>}
      {status !== 'open' && (
        <span className="mt-0.5 block text-xs">
          <Badge tone={RISK_STATUS[status].tone}>{RISK_STATUS[status].name}</Badge>{' '}
          {acceptedUntil && <span className="text-ink-3">until {formatDay(acceptedUntil)}</span>}
        </span>
      )}
    </>
  ),
}

const SINCE: Column<RiskRow> = {
  id: 'since',
  head: 'Open since',
  hide: 'xl',
  end: true,
  className: 'w-32',
  cell: ({ openSince }) => openSince && <Time at={openSince} />,
}

const OWNER: Column<RiskRow> = {
  id: 'owner',
  head: 'Risk owner',
  hide: 'xl',
  className: 'w-52 max-w-52',
  cell: ({ owner }) => (owner ? <span className="block truncate">{owner}</span> : <Badge tone="warn">nobody</Badge>),
}

export const REGISTER_COLUMNS: readonly Column<RiskRow>[] = [
  {
    id: 'risk',
    head: 'Risk',
    cell: ({ scenario, asset, threat, verdict }) => (
      <>
        <RowLink to="/risks/$system" params={{ system: asset }} search={{ threat }}>
          {threatIn(scenario, asset)}
        </RowLink>
        <span className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
          <code className="font-mono text-2xs break-all">{asset}</code>
          {verdict === 'unknown' && <Verdict is={verdict} />}
        </span>
      </>
    ),
  },
  LEFT,
  CONTROLS,
  DECISION,
  OWNER,
  SINCE,
]

export const SYSTEM_COLUMNS: readonly Column<RiskRow>[] = [
  {
    id: 'risk',
    head: 'Risk',
    cell: ({ scenario, asset, threat, verdict }) => (
      <>
        <RowLink to="." search={(before: Search) => ({ ...before, threat })} resetScroll={false}>
          {threatIn(scenario, asset)}
        </RowLink>
        {verdict === 'unknown' && (
          <span className="block">
            <Verdict is={verdict} />
          </span>
        )}
      </>
    ),
  },
  LEFT,
  CONTROLS,
  DECISION,
  SINCE,
]

/** A scenario reads “Direct prompt injection on support-assistant”. */
const threatIn = (scenario: string, system: string) => scenario.slice(0, -` on ${system}`.length)
