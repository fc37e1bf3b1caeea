// The risk register over all systems: every open risk with what is left of it, what was decided and since when it is open.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Scale } from 'lucide-react'
import { api, read } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { AsOf, PastNotice, useAt } from '../../ui/as-of.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText, MoreFilters } from '../../ui/filter-bar.tsx'
import { LEVELS } from '../../ui/level.tsx'
import { Page } from '../../ui/page.tsx'
import { Pager } from '../../ui/pager.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { DataTable } from '../../ui/table.tsx'
import { oneOf, toOptions } from '../inventory/words.ts'
import { FilterSystem } from '../system/filter-system.tsx'
import { REGISTER_COLUMNS } from './risk-columns.tsx'
import { RISK_STATUS_WORDS, toExportedRisk, TREATMENT_WORDS } from './words.ts'

const FILTERS = ['system', 'above', 'severity', 'treatment', 'status', 'owner'] as const

export function RiskRegister() {
  const [words, set] = useWords()
  const filter = { ...toFilter(words), at: useAt() }
  const query = useQuery({
    ...read('/api/risks', { query: { ...filter, limit: 50, cursor: words['cursor'] } }),
    placeholderData: keepPreviousData,
  })
  const isNarrowed = FILTERS.some((name) => words[name])
  const clear = () => set(Object.fromEntries(FILTERS.map((name) => [name, undefined])))
  return (
    <Page
      wide
      title="Risks"
      lead="What can go wrong with each system, how bad it would be, and how much of it is left when only proven controls count."
      actions={
        <ExportMenu
          name="risk-register"
          rows={() =>
            gather((cursor) => api.get('/api/risks', { query: { ...filter, limit: 200, cursor } }), toExportedRisk)
          }
        />
      }
    >
      <PastNotice />
      <FilterBar label="Filter the risks" clear={isNarrowed ? clear : undefined}>
        <FilterSystem />
        <FilterSelect
          label="Within the appetite or not"
          value={words['above']}
          options={[
            { value: 'true', label: 'Above the appetite' },
            { value: 'false', label: 'Within the appetite' },
          ]}
          onChange={(above) => set({ above })}
        />
        <MoreFilters active={FILTERS.slice(2).filter((name) => words[name]).length}>
          <FilterSelect
            label="Any severity left"
            value={words['severity']}
            options={LEVELS.map((level) => ({ value: level, label: `${toWords(level)} or more` }))}
            onChange={(severity) => set({ severity })}
          />
          <FilterSelect
            label="Any treatment"
            value={words['treatment']}
            options={toOptions(TREATMENT_WORDS)}
            onChange={(treatment) => set({ treatment })}
          />
          <FilterSelect
            label="Decided or not"
            value={words['status']}
            options={toOptions(RISK_STATUS_WORDS)}
            onChange={(status) => set({ status })}
          />
          <FilterText label="Risk owner" value={words['owner']} onChange={(owner) => set({ owner })} />
          <AsOf />
        </MoreFilters>
        {words['system'] && (
          <span className="ml-auto">
            <ButtonLink small to="/risks/$system" params={{ system: words['system'] }}>
              Open its workbench
            </ButtonLink>
          </span>
        )}
      </FilterBar>
      <DataTable
        label="Risks"
        columns={REGISTER_COLUMNS}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        error={query.error}
        retry={() => void query.refetch()}
        stale={query.isPlaceholderData}
        waitingRows={12}
        empty={
          isNarrowed ? (
            <EmptyState icon={Scale} title="No risk matches" action={<Button onClick={clear}>Show all risks</Button>}>
              {words['above'] === 'true'
                ? 'Nothing here is above the appetite, counting only what is proven.'
                : 'Fewer filters find more. A risk owner is compared as a whole.'}
            </EmptyState>
          ) : (
            <EmptyState
              icon={Scale}
              title="No risk yet"
              action={
                <ButtonLink variant="primary" to="/inventory" search={{ new: '1' }}>
                  Register a system
                </ButtonLink>
              }
            >
              Risks follow from what a system is made of. Register a system and answer a few questions; what threatens
              it appears here, with the reason.
            </EmptyState>
          )
        }
      />
      <Pager cursor={words['cursor']} next={query.data?.next} onMove={(cursor) => set({ cursor })} />
    </Page>
  )
}

function toFilter(words: Search) {
  const { system, owner, above, severity, treatment, status } = words
  return {
    system,
    owner,
    aboveAppetite: above === 'true' || above === 'false' ? above === 'true' : undefined,
    severity: LEVELS.find((level) => level === severity),
    treatment: oneOf(TREATMENT_WORDS, treatment),
    status: oneOf(RISK_STATUS_WORDS, status),
  }
}
