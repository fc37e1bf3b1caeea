// One asset that is not a system: what it is, what it is linked to, what is known of it, what it was. A system has a page
// of its own, and its address here leads there.
import { useQuery } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'
import { KindIcon, kindName } from '../../ui/asset-kind.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { AgentCalls } from './agent-calls.tsx'
import { AssetActions } from './asset-actions.tsx'
import { AssetDetails } from './asset-details.tsx'
import { AssetGraph } from './asset-graph.tsx'
import type { Asset as AssetData } from './draft.ts'
import { FactsPanel } from './facts-panel.tsx'
import { FoundAt } from './found-at.tsx'
import { HistoryPanel } from './history-panel.tsx'

export function Asset() {
  const { id } = useParams({ from: '/shell/inventory/$id' })
  const tab = useTab(['overview', 'facts', 'history'])
  const query = useQuery(read('/api/assets/:id', { params: { id } }))
  const asset = query.data
  if (asset?.kind === 'system') return <Navigate to="/systems/$id" params={{ id }} search={(words) => words} replace />
  return (
    <Page
      title={asset?.name ?? id}
      kind={asset && <AssetKind asset={asset} />}
      lead={asset?.description}
      actions={asset && <AssetActions asset={asset} />}
      tabs={
        <Tabs
          label={`About ${asset?.name ?? id}`}
          chosen={tab}
          tabs={[
            { id: 'overview', name: 'Overview' },
            { id: 'facts', name: 'Facts' },
            { id: 'history', name: 'History' },
          ]}
        />
      }
    >
      <Loaded query={query}>{(data) => <Panel asset={data} tab={tab} />}</Loaded>
    </Page>
  )
}

export function AssetKind({ asset: { id, kind, sanctioned, retiredAt, source } }: { asset: AssetData }) {
  return (
    <>
      <KindIcon kind={kind} />
      {kindName(kind)}
      <code className="font-mono">{id}</code>
      {source !== 'declared' && <Badge tone="note">{source}</Badge>}
      {!sanctioned && <Badge tone="warn">not confirmed</Badge>}
      {retiredAt && <Badge tone="warn">left the register</Badge>}
    </>
  )
}

function Panel({ asset, tab }: { asset: AssetData; tab: 'overview' | 'facts' | 'history' }) {
  const may = useMay()
  if (tab === 'facts')
    return <FactsPanel asset={asset.id} mayAnswer={may('asset:write') && asset.retiredAt === undefined} />
  if (tab === 'history') return <HistoryPanel asset={asset.id} />
  return (
    <div className="grid gap-8">
      <Section title="What it is linked to">
        <AssetGraph id={asset.id} name={asset.name} />
      </Section>
      {asset.kind === 'agent' && <AgentCalls agent={asset.id} />}
      <FoundAt asset={asset.id} />
      <AssetDetails asset={asset} across />
    </div>
  )
}
