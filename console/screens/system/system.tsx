// One system: its state in a paragraph, what it is made of, what threatens it, what is proven.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { AssetActions } from '../inventory/asset-actions.tsx'
import { AssetDetails } from '../inventory/asset-details.tsx'
import { AssetGraph } from '../inventory/asset-graph.tsx'
import { AssetKind } from '../inventory/asset.tsx'
import { FactsPanel } from '../inventory/facts-panel.tsx'
import { HistoryPanel } from '../inventory/history-panel.tsx'

const TABS = ['overview', 'facts', 'history'] as const

export function System() {
  const { id } = useParams({ from: '/shell/systems/$id/' })
  const tab = useTab(TABS)
  const query = useQuery(read('/api/assets/:id', { params: { id } }))
  const may = useMay()
  return (
    <Page
      title={query.data?.name ?? id}
      kind={query.data && <AssetKind asset={query.data} />}
      lead={query.data?.description}
      actions={query.data && <AssetActions asset={query.data} />}
      tabs={
        <Tabs
          label={`About ${query.data?.name ?? id}`}
          chosen={tab}
          tabs={[
            { id: 'overview', name: 'Overview' },
            { id: 'facts', name: 'Facts' },
            { id: 'history', name: 'History' },
          ]}
        />
      }
    >
      <Loaded query={query}>
        {(asset) => {
          if (tab === 'facts')
            return <FactsPanel asset={id} mayAnswer={may('asset:write') && asset.retiredAt === undefined} />
          if (tab === 'history') return <HistoryPanel asset={id} />
          return (
            <div className="grid gap-8">
              <Section title="What it is made of">
                <AssetGraph id={id} name={asset.name} />
              </Section>
              <AssetDetails asset={asset} />
            </div>
          )
        }}
      </Loaded>
    </Page>
  )
}
