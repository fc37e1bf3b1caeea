// All threats of the catalogue for one system, those left out as well: why each applies or not, where the controls against
// it stand, and the risk that is left. A threat opens beside the list, with its whole trace.
import { keepPreviousData, useQuery } from '@tanstack/react-query'

import type { Severity } from '../../../src/model/risk.ts'
import { read, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useAt } from '../../ui/as-of.tsx'

import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { LevelChange } from '../../ui/level.tsx'
import { RiskMap } from '../../ui/risk-map.tsx'
import { NoMatch } from '../../ui/list.tsx'
import { Badge, Status } from '../../ui/status.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { useSeverityOf } from '../risks/risk-method.ts'
import { ThreatDrawer } from './threat-drawer.tsx'

type Row = Reply<'GET', '/api/systems/:id/threats'>['items'][number]

const SHOWS = [
  { value: 'above', label: 'Above the appetite' },
  { value: 'applies', label: 'Apply' },
  { value: 'unknown', label: 'Unknown yet' },
  { value: 'does-not-apply', label: 'Do not apply' },
  { value: 'all', label: 'All threats' },
]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'threat',
    head: 'Threat',
    cell: ({ threat, name, kind, because, verdict }) => (
      <div className={kind === 'variant' ? 'pl-4' : kind === 'group' ? '[&>a]:font-semibold' : ''}>
        <RowLink to="." search={(before: Search) => ({ ...before, threat })} resetScroll={false}>
          {name}
        </RowLink>
        <span className="line-clamp-2 text-xs text-ink-3">{because}</span>
        <span className="mt-1 block md:hidden">
          <Verdict is={verdict} />
        </span>
      </div>
    ),
  },
  {
    id: 'verdict',
    head: 'Verdict',
    hide: 'md',
    className: 'w-48',
    cell: ({ verdict }) => <Verdict is={verdict} />,
  },
  {
    id: 'controls',
    head: 'Controls against it',
    hide: 'lg',
    className: 'w-36',
    cell: ({ controls }) => controls && <Status is={controls} />,
  },
  {
    id: 'risk',
    head: 'Risk left, as proven',
    className: 'w-56 max-md:w-32',
    cell: ({ risk, aboveAppetite }) =>
      risk && (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <LevelChange from={risk.inherent.severity} to={risk.proven.severity} />
          {aboveAppetite && <Badge tone="bad">above appetite</Badge>}
        </span>
      ),
  },
]

export function ThreatsPanel({ system, name }: { system: string; name: string }) {
  const [{ q, show, threat, likelihood, impact }, set] = useWords()
  const at = useAt()
  const params = { id: system }
  const query = useQuery({
    ...read('/api/systems/:id/threats', { params, query: { limit: 200, at } }),
    placeholderData: keepPreviousData,
  })
  const shown = query.data?.items.filter((row) => fits(row, q, show))
  const rows = shown?.filter(({ risk }) => standsAt(risk?.proven, likelihood, impact))
  const clear = () => set({ q: undefined, show: undefined, likelihood: undefined, impact: undefined })
  return (
    <>
      <FilterBar label="Filter the threats" clear={q || show || likelihood ? clear : undefined}>
        <FilterText main label="Find a threat" value={q} onChange={(text) => set({ q: text })} />
        <FilterSelect
          label="Apply or may apply"
          value={show}
          options={SHOWS}
          onChange={(value) => set({ show: value })}
        />
        <span className="ml-auto">
          <ExportMenu
            name={`${system}-threats`}
            rows={() => ({ rows: (rows ?? []).map(toExported), cut: query.data?.next !== undefined })}
          />
        </span>
      </FilterBar>
      <Where rows={shown ?? []} />
      <DataTable
        label={`Threats to ${name}`}
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.threat}
        error={query.error}
        retry={() => void query.refetch()}
        stale={query.isPlaceholderData}
        waitingRows={12}
        empty={
          <NoMatch noun="threat" clear={clear}>
            {show === 'above'
              ? 'No risk is above the appetite, counting only what is proven.'
              : 'Each threat of the catalogue has a verdict here; other words or another verdict show it.'}
          </NoMatch>
        }
      />
      {threat && <ThreatDrawer system={system} threat={threat} onClose={() => set({ threat: undefined })} />}
    </>
  )
}

/** The risks as proven on the map; a cell narrows the list to what stands there. */
function Where({ rows }: { rows: readonly Row[] }) {
  const [{ likelihood, impact }] = useWords()
  const severityOf = useSeverityOf()
  const points = rows.flatMap(({ risk }) => risk?.proven ?? [])
  if (!severityOf || points.length === 0) return null
  return (
    <details className="mb-4 text-sm" open={likelihood !== undefined}>
      <summary className="w-fit rounded-xs text-ink-2 hover:text-ink">
        Where {plural(points.length, 'risk stands', 'risks stand')}, counting only what is proven
      </summary>
      <div className="mt-3">
        <RiskMap
          label="Risks by likelihood and impact, as proven"
          points={points}
          severityOf={severityOf}
          linkTo="."
          chosen={{ likelihood, impact }}
        />
      </div>
    </details>
  )
}

function standsAt(at: Severity | undefined, likelihood: string | undefined, impact: string | undefined): boolean {
  return likelihood === undefined || (at?.likelihood === likelihood && at.impact === impact)
}

function toExported({ risk, ...row }: Row) {
  return {
    ...row,
    inherent: risk?.inherent.severity,
    designed: risk?.designed.severity,
    proven: risk?.proven.severity,
    likelihood: risk?.proven.likelihood,
    impact: risk?.proven.impact,
  }
}

function fits({ threat, name, because, verdict, aboveAppetite }: Row, q = '', show = 'open'): boolean {
  const text = `${threat} ${name} ${because}`.toLowerCase()
  const found = q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
  if (show === 'open') return found && verdict !== 'does-not-apply'
  return found && (show === 'all' || (show === 'above' ? aboveAppetite : verdict === show))
}
