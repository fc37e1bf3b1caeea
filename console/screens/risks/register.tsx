// The risk register over all systems: every open risk with what is left of it, what was decided and since when it is open.
import { Scale } from 'lucide-react'
import { api, read } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useFilters } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { AsOf, PastNotice, useAt } from '../../ui/as-of.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText, MoreFilters } from '../../ui/filter-bar.tsx'
import { LEVELS } from '../../ui/level.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { oneOf, toOptions } from '../inventory/words.ts'
import { FilterSystem } from '../system/filter-system.tsx'
import { REGISTER_COLUMNS } from './risk-columns.tsx'
import { RISK_STATUS_WORDS, toExportedRisk, TREATMENT_WORDS } from './words.ts'

const FILTERS = ['system', 'above', 'severity', 'treatment', 'status', 'owner'] as const

export function RiskRegister() {
  const { words, set, clear } = useFilters(FILTERS)
  const filter = { ...toFilter(words), at: useAt() }
  const query = usePage((page) => read('/api/risks', { query: { ...filter, ...page } }))
  return (
    <Page
      wide
      title="Risks"
      lead="What can go wrong with each system, how bad it would be, and how much of it is left when only proven controls count."
      actions={
        <ExportMenu
          name="risk-register"
          rows={() => gather((page) => api.get('/api/risks', { query: { ...filter, ...page } }), toExportedRisk)}
        />
      }
    >
      <PastNotice />
      <FilterBar label="Filter the risks" clear={clear}>
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
      <List
        label="Risks"
        columns={REGISTER_COLUMNS}
        page={query}
        rowKey={({ id }) => id}
        waitingRows={12}
        noun="risk"
        clear={clear}
        hint={
          words['above'] === 'true'
            ? 'Nothing here is above the appetite, counting only what is proven.'
            : 'Fewer filters find more. A risk owner is compared as a whole.'
        }
        empty={
          <EmptyState
            icon={Scale}
            title="No risk yet"
            action={
              <ButtonLink variant="primary" to="/inventory" search={{ new: '1' }}>
                Register a system
              </ButtonLink>
            }
          >
            Risks follow from what a system is made of. Register a system and answer a few questions; what threatens it
            appears here, with the reason.
          </EmptyState>
        }
      />
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
