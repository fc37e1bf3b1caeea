// One system: its state in a paragraph, what it is made of, what threatens it, what is proven; as it is or as it was.
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Scale } from 'lucide-react'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'
import { AsOf, PastNotice, useAt } from '../../ui/as-of.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { AssetActions } from '../inventory/asset-actions.tsx'
import { AssetKind } from '../inventory/asset.tsx'
import type { Asset } from '../inventory/draft.ts'
import { FactsPanel } from '../inventory/facts-panel.tsx'
import { HistoryPanel } from '../inventory/history-panel.tsx'
import { ControlsPanel } from './controls-panel.tsx'
import { DecisionsPanel } from './decisions-panel.tsx'
import { Overview, type State } from './overview.tsx'
import { ReportsMenu } from './reports-menu.tsx'
import { ThreatsPanel } from './threats-panel.tsx'

const TABS = ['overview', 'threats', 'controls', 'facts', 'decisions', 'history'] as const

export function System() {
  const { id } = useParams({ from: '/shell/systems/$id/' })
  const tab = useTab(TABS)
  const at = useAt()
  const asset = useQuery(read('/api/assets/:id', { params: { id } }))
  const state = useQuery({
    ...read('/api/systems/:id', { params: { id }, query: { at } }),
    enabled: asset.data?.kind === 'system' && (at !== undefined || asset.data.retiredAt === undefined),
    placeholderData: keepPreviousData,
  })
  const name = asset.data?.name ?? id
  const may = useMay()
  return (
    <Page
      title={name}
      kind={asset.data && <AssetKind asset={asset.data} />}
      lead={asset.data?.description}
      actions={
        asset.data && (
          <>
            <AsOf />
            {asset.data.kind === 'system' && asset.data.retiredAt === undefined && may('risk:read') && (
              <ButtonLink icon={Scale} to="/risks/$system" params={{ system: id }}>
                Risks
              </ButtonLink>
            )}
            <ReportsMenu system={id} />
            <AssetActions asset={asset.data} />
          </>
        )
      }
      tabs={
        <Tabs
          label={`About ${name}`}
          chosen={tab}
          tabs={[
            { id: 'overview', name: 'Overview' },
            { id: 'threats', name: 'Threats', count: open(state.data) },
            { id: 'controls', name: 'Controls', count: needed(state.data) },
            { id: 'facts', name: 'Facts' },
            { id: 'decisions', name: 'Decisions' },
            { id: 'history', name: 'History' },
          ]}
        />
      }
    >
      {tab !== 'decisions' && tab !== 'history' && <PastNotice />}
      <Loaded query={asset}>{(data) => <Panel tab={tab} asset={data} state={state} />}</Loaded>
    </Page>
  )
}

interface PanelProps {
  tab: (typeof TABS)[number]
  asset: Asset
  state: UseQueryResult<State>
}

function Panel({ tab, asset, state }: PanelProps) {
  const may = useMay()
  const { id, name, retiredAt } = asset
  if (tab === 'facts')
    return (
      <FactsPanel
        asset={id}
        isSystem={retiredAt === undefined}
        mayAnswer={may('asset:write') && retiredAt === undefined}
      />
    )
  if (tab === 'decisions') return <DecisionsPanel system={id} />
  if (tab === 'history') return <HistoryPanel asset={id} />
  if (!state.isEnabled)
    return <p className="text-sm text-ink-2">It left the register, so nothing is derived for it today.</p>
  if (tab === 'threats') return <ThreatsPanel system={id} name={name} />
  if (tab === 'controls') return <ControlsPanel system={id} name={name} />
  return <Loaded query={state}>{(data) => <Overview asset={asset} state={data} />}</Loaded>
}

const open = (state: State | undefined) => state && state.threats.applies + state.threats.unknown

function needed(state: State | undefined): number | undefined {
  if (!state) return undefined
  return Object.entries(state.state.counts).reduce((sum, [status, n]) => sum + (status === 'not-needed' ? 0 : n), 0)
}
