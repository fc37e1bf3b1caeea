// Everything the organisation runs that has to do with AI. Systems come first: they are what threats, controls and risk
// are stated for; the second tab holds all they are made of, the third what was found and waits for a word.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../lib/words.ts'
import { placeOfAsset } from '../../ui/asset-kind.tsx'
import { PastNotice } from '../../ui/as-of.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { DiscoveredQueue, ExportDiscovered } from '../discovery/discovered-queue.tsx'
import { AssetForm } from './asset-form.tsx'
import { AssetList, ExportAssets } from './asset-list.tsx'
import { RegisterFindings } from './findings.tsx'
import { ExportSystems, SystemList } from './system-list.tsx'

export function Inventory() {
  const tab = useTab(['systems', 'assets', 'discovered'])
  const [words, set] = useWords()
  const navigate = useNavigate()
  const may = useMay()
  const waiting = useQuery({ ...read('/api/discoveries/count'), enabled: may('scan:read') }).data?.new
  return (
    <Page
      wide
      title="Inventory"
      lead="The AI systems that run here, and what they are made of: who owns them, what data is in them, who can reach them."
      actions={
        <>
          {tab === 'systems' ? <ExportSystems /> : tab === 'assets' ? <ExportAssets /> : <ExportDiscovered />}
          {may('asset:write') && (
            <ButtonLink
              variant="primary"
              icon={Plus}
              to="/inventory"
              search={{ ...words, new: '1' }}
              resetScroll={false}
            >
              Register an asset
            </ButtonLink>
          )}
        </>
      }
      tabs={
        <Tabs
          label="What to list"
          chosen={tab}
          tabs={[
            { id: 'systems', name: 'Systems' },
            { id: 'assets', name: 'All assets' },
            ...(may('scan:read') ? [{ id: 'discovered', name: 'Discovered', count: waiting }] : []),
          ]}
        />
      }
    >
      {tab === 'systems' && <PastNotice />}
      {tab !== 'discovered' && <RegisterFindings />}
      {tab === 'systems' ? <SystemList /> : tab === 'assets' ? <AssetList /> : <DiscoveredQueue />}
      {words['new'] && may('asset:write') && (
        <AssetForm
          onClose={() => set({ new: undefined })}
          onSaved={({ id, kind }) =>
            void navigate({ to: placeOfAsset(id, kind), search: kind === 'system' ? { tab: 'facts' } : {} })
          }
        />
      )}
    </Page>
  )
}
