// What the gateway does on each route: which guards are in force, where calls go and how those places are doing, and the way
// from one policy to the next: draft, check, difference, dry run, publish, and back again.
import { useQuery } from '@tanstack/react-query'
import { FilePen } from 'lucide-react'
import { read } from '../../api.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import { PolicyDraft } from './policy-draft.tsx'
import { PolicyMatrix } from './policy-matrix.tsx'
import { PolicyVersions } from './policy-versions.tsx'
import { Upstreams } from './upstreams.tsx'

export function PolicyPage() {
  const tab = useTab(['guards', 'routes', 'draft', 'versions'])
  const policy = useQuery(read('/api/policy'))
  const { version, draft } = policy.data ?? {}
  return (
    <Page
      wide
      title="Routes & policy"
      kind={
        policy.data && (
          <>
            {version ? (
              <span>
                Version {version.number} in force, <Time at={version.at} />
              </span>
            ) : (
              <span>The defaults are in force</span>
            )}
            {draft && (
              <Badge tone="warn">
                <FilePen size={11} aria-hidden />A draft waits
              </Badge>
            )}
          </>
        )
      }
      lead="Which guards stand on which route. A change is a draft until you publish it; calls under way end under the policy they began with."
      tabs={
        <Tabs
          label="Policy"
          chosen={tab}
          tabs={[
            { id: 'guards', name: 'Guards' },
            { id: 'routes', name: 'Routes and upstreams' },
            { id: 'draft', name: 'Draft' },
            { id: 'versions', name: 'Versions' },
          ]}
        />
      }
    >
      <Loaded query={policy}>
        {(data) => (
          <>
            {tab === 'guards' && <PolicyMatrix inForce={data} />}
            {tab === 'routes' && <Upstreams />}
            {tab === 'draft' && <PolicyDraft inForce={data} />}
            {tab === 'versions' && <PolicyVersions current={data.version?.number} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}
