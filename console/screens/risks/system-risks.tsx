// The open risks of one system: on the map of likelihood and impact, and as rows. A risk opens beside them with the reasons
// and the decisions about it.
import { useQuery } from '@tanstack/react-query'
import { Scale } from 'lucide-react'
import { api, read } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useWords } from '../../lib/words.ts'
import { useAt } from '../../ui/as-of.tsx'
import { Button } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { LEVELS } from '../../ui/level.tsx'
import { RiskMap } from '../../ui/risk-map.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { DataTable } from '../../ui/table.tsx'
import { toOptions } from '../inventory/words.ts'
import { SYSTEM_COLUMNS } from './risk-columns.tsx'
import { useSeverityOf } from './risk-method.ts'
import { type RiskRow, RISK_STATUS_WORDS, toExportedRisk } from './words.ts'

export function SystemRisks({ system, name }: { system: string; name: string }) {
  const [{ above, status, likelihood, impact }, set] = useWords()
  const at = useAt()
  const query = useQuery(read('/api/risks', { query: { system, limit: 200, at } }))
  const shown = query.data?.items.filter(
    (row) =>
      (above === undefined || row.aboveAppetite === (above === 'true')) &&
      (status === undefined || row.status === status),
  )
  const rows = shown
    ?.filter(
      (row) => likelihood === undefined || (row.residualLikelihood === likelihood && row.residualImpact === impact),
    )
    .toSorted(worstFirst)
  const isNarrowed = above !== undefined || status !== undefined || likelihood !== undefined
  const clear = () => set({ above: undefined, status: undefined, likelihood: undefined, impact: undefined })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_27rem]">
      <aside aria-label="Where the risks stand" className="xl:order-2">
        <Where rows={shown ?? []} />
      </aside>
      <div className="min-w-0">
        <FilterBar label="Filter the risks" clear={isNarrowed ? clear : undefined}>
          <FilterSelect
            label="Within the appetite or not"
            value={above}
            options={[
              { value: 'true', label: 'Above the appetite' },
              { value: 'false', label: 'Within the appetite' },
            ]}
            onChange={(value) => set({ above: value })}
          />
          <FilterSelect
            label="Decided or not"
            value={status}
            options={toOptions(RISK_STATUS_WORDS)}
            onChange={(value) => set({ status: value })}
          />
          <span className="ml-auto">
            <ExportMenu
              name={`${system}-risks`}
              rows={() =>
                isNarrowed
                  ? { rows: (rows ?? []).map(toExportedRisk) }
                  : gather((page) => api.get('/api/risks', { query: { system, ...page, at } }), toExportedRisk)
              }
            />
          </span>
        </FilterBar>
        <DataTable
          label={`Risks of ${name}`}
          columns={SYSTEM_COLUMNS}
          rows={rows}
          rowKey={({ id }) => id}
          error={query.error}
          retry={() => void query.refetch()}
          empty={
            <EmptyState
              icon={Scale}
              title={isNarrowed ? 'No risk matches' : 'No threat applies'}
              action={isNarrowed && <Button onClick={clear}>Show all risks</Button>}
            >
              {isNarrowed
                ? 'Other filters, or another cell of the map, show more.'
                : 'Every threat of the catalogue was ruled out; “Why and why not” says by which facts.'}
            </EmptyState>
          }
        />
      </div>
    </div>
  )
}

function Where({ rows }: { rows: readonly RiskRow[] }) {
  const [{ likelihood, impact }] = useWords()
  const severityOf = useSeverityOf()
  if (!severityOf) return null
  const points = rows.map(({ residualLikelihood, residualImpact }) => ({
    likelihood: residualLikelihood,
    impact: residualImpact,
  }))
  return (
    <>
      <h2 className="mb-2 text-sm font-semibold">
        {plural(points.length, 'risk')}{' '}
        <span className="font-normal text-ink-3">counting only what is proven; choose a cell to see its rows</span>
      </h2>
      <RiskMap
        label="Risks by likelihood and impact, as proven"
        points={points}
        severityOf={severityOf}
        linkTo="."
        chosen={{ likelihood, impact }}
      />
    </>
  )
}

const worstFirst = (a: RiskRow, b: RiskRow) =>
  LEVELS.indexOf(b.residualSeverity) - LEVELS.indexOf(a.residualSeverity) ||
  LEVELS.indexOf(b.severity) - LEVELS.indexOf(a.severity) ||
  (a.threat < b.threat ? -1 : 1)
