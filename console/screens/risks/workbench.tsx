// The workbench for the risks of one system: where they stand, why each threat applies or not, what is still to be asked,
// what would be cheapest to do, and what would differ if something were otherwise.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { FlaskConical } from 'lucide-react'
import { read } from '../../api.ts'
import { useWords } from '../../lib/words.ts'
import { AsOf, PastNotice, useAt } from '../../ui/as-of.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { ThreatDrawer } from '../system/threat-drawer.tsx'
import { ThreatsPanel } from '../system/threats-panel.tsx'
import { AcceptanceDrawer } from './acceptance-drawer.tsx'
import { Interview } from './interview.tsx'
import { CheapestPlan } from './plan.tsx'
import { SystemRisks } from './system-risks.tsx'
import { WhatIf } from './what-if.tsx'

const TABS = ['risks', 'reasons', 'interview', 'plan'] as const

export function Workbench() {
  const { system } = useParams({ from: '/shell/risks/$system' })
  const [{ whatif, acceptance, threat }, set] = useWords()
  const tab = useTab(TABS)
  const state = useQuery(read('/api/systems/:id', { params: { id: system }, query: { at: useAt() } }))
  const questions = useQuery(read('/api/systems/:id/questions', { params: { id: system }, query: { limit: 1 } }))
  const name = state.data?.name ?? system
  return (
    <Page
      wide
      title={name}
      kind="Risks of a system"
      lead={
        state.data && (
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {state.data.worst ? (
              <>
                Worst risk left <LevelTag is={state.data.worst} />
              </>
            ) : (
              'No risk is left.'
            )}
            {state.data.aboveAppetite > 0 && <span>{state.data.aboveAppetite} above the appetite</span>}
          </span>
        )
      }
      actions={
        <>
          <AsOf />
          <ButtonLink to="/systems/$id" params={{ id: system }}>
            The system
          </ButtonLink>
          <Button icon={FlaskConical} variant="primary" onClick={() => set({ whatif: 'open' })}>
            What if…
          </Button>
        </>
      }
      tabs={
        <Tabs
          label={`Risks of ${name}`}
          chosen={tab}
          tabs={[
            { id: 'risks', name: 'Risks' },
            { id: 'reasons', name: 'Why and why not' },
            { id: 'interview', name: 'Interview', count: questions.data?.total },
            { id: 'plan', name: 'Cheapest plan' },
          ]}
        />
      }
    >
      <PastNotice />
      <Loaded query={state}>
        {() => (
          <>
            {tab === 'risks' && <SystemRisks system={system} name={name} />}
            {tab === 'reasons' && <ThreatsPanel system={system} name={name} />}
            {tab === 'interview' && <Interview system={system} />}
            {tab === 'plan' && <CheapestPlan system={system} name={name} />}
            {tab === 'risks' && threat && (
              <ThreatDrawer system={system} threat={threat} onClose={() => set({ threat: undefined })} />
            )}
            {acceptance && !threat && (
              <AcceptanceDrawer id={acceptance} onClose={() => set({ acceptance: undefined })} />
            )}
            {whatif && (
              <WhatIf
                system={system}
                deploymentModel={state.data?.deploymentModel}
                withPlan={whatif === 'plan'}
                onClose={() => set({ whatif: undefined })}
              />
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
