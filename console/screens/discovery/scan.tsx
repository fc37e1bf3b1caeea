// One scan: how far it is, what it found, what changed against the one before, and what it did not look at.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { api, read, type Reply } from '../../api.ts'
import { formatBytes, formatNumber, plural } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { NumberTiles } from '../../ui/number-tiles.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { toast, toastError } from '../../ui/toast.tsx'
import { SystemLink } from '../system/system-names.tsx'
import { DownloadMenu } from './download-menu.tsx'
import { useSources } from './filter-source.tsx'
import { NotLookedAt } from './not-looked-at.tsx'
import { ScanProgress } from './scan-progress.tsx'
import { SCAN_TONE, SCAN_WORDS, SEVERITIES } from './words.ts'

type Scan = Reply<'GET', '/api/scans/:id'>
type Summary = NonNullable<Scan['summary']>
type Source = Reply<'GET', '/api/scan-sources'>['items'][number]

export function ScanPage() {
  const { id } = useParams({ from: '/shell/discovery/scans/$id' })
  const query = useQuery(read('/api/scans/:id', { params: { id } }))
  const sources = useSources()
  const scan = query.data
  const source = sources.data?.items.find((one) => one.id === scan?.source)
  return (
    <Page
      title={source?.name ?? id}
      kind={scan && <Badge tone={SCAN_TONE[scan.state]}>{SCAN_WORDS[scan.state]}</Badge>}
      lead={scan && <Lead scan={scan} source={source} />}
      actions={scan && <Actions scan={scan} source={source} />}
    >
      <Loaded query={query}>
        {(data) => (
          <>
            <ScanProgress scan={data} />
            {data.error && (
              <p role="alert" className="rounded-md bg-bad-soft px-3 py-2.5 text-sm wrap-anywhere text-bad">
                {data.error}
              </p>
            )}
            {data.summary && <Result scan={data} summary={data.summary} isTraffic={source?.kind === 'traffic'} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Lead({ scan: { startedAt, createdAt, commit, summary }, source }: { scan: Scan; source: Source | undefined }) {
  return (
    <>
      Scanned <Time at={startedAt ?? createdAt} />
      {commit && `, at commit ${commit.slice(0, 12)}`}
      {summary &&
        source?.kind !== 'traffic' &&
        `: ${plural(summary.files, 'file')}, ${formatBytes(summary.bytes)} read`}
      {source?.system && (
        <>
          , for <SystemLink id={source.system} />
        </>
      )}
      .
    </>
  )
}

function Actions({ scan, source }: { scan: Scan; source: Source | undefined }) {
  const may = useMay()
  const refresh = useRefresh()
  async function cancel() {
    try {
      await api.post('/api/scans/:id/cancel', { params: { id: scan.id } })
      await refresh()
      toast('The scan is cancelled.')
    } catch (error) {
      toastError(error)
    }
  }
  if (scan.state === 'done' && source?.kind !== 'traffic')
    return (
      <DownloadMenu
        scan={scan.id}
        name={source?.name ?? scan.id}
        formats={['cyclonedx', 'cyclonedx-1.6', 'spdx', ...(source?.kind === 'bom' ? [] : (['sarif'] as const))]}
      />
    )
  const isUnderWay = scan.state === 'waiting' || scan.state === 'running'
  return may('scan:write') && isUnderWay ? <Button onClick={() => void cancel()}>Cancel the scan</Button> : null
}

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0)

function Result({ scan, summary, isTraffic }: { scan: Scan; summary: Summary; isTraffic: boolean }) {
  const { things, findings, modelFiles, missed } = summary
  const files = modelFiles.benign + modelFiles.suspicious + modelFiles.malicious
  const worst = SEVERITIES.find((one) => (findings[one] ?? 0) > 0)
  const parts = {
    name: isTraffic ? 'Providers in use' : 'Parts',
    value: formatNumber(sum(things)),
    note: changeWords(summary.discovered),
    to: isTraffic ? '/discovery/shadow-ai' : '/discovery/bom',
    search: { scan: scan.id },
  }
  const tiles = isTraffic
    ? [parts]
    : [
        parts,
        {
          name: 'Findings',
          value: formatNumber(sum(findings)),
          note: worst ? `${findings[worst] ?? 0} ${worst}; ${changeWords(summary.found)}` : changeWords(summary.found),
          to: '/discovery/findings',
          search: { source: scan.source },
        },
        {
          name: 'Model files',
          value: formatNumber(files),
          note: files === 0 ? 'none in it' : `${modelFiles.malicious} malicious, ${modelFiles.suspicious} suspicious`,
          to: '/discovery/model-files',
          search: { scan: scan.id },
        },
      ]
  return (
    <>
      <NumberTiles tiles={tiles} />
      <p className="mt-3 text-sm text-ink-2">
        <TextLink to="/inventory" search={{ tab: 'discovered', source: scan.source }}>
          See what waits for you
        </TextLink>{' '}
        of what was found here.
      </p>
      {!isTraffic && <NotLookedAt scan={scan.id} missed={missed} />}
      <Section title="For the record">
        <Facts
          rows={[
            ['Scan', <code key="id" className="font-mono text-xs break-all">{scan.id}</code>], // prettier-ignore
            scan.endedAt !== undefined && ['Ended', <Time key="ended" at={scan.endedAt} absolute />],
            scan.result !== undefined && [
              'Result',
              <code key="result" className="font-mono text-xs break-all" title="SHA-256, as the log names it">
                {scan.result}
              </code>,
            ],
          ]}
        />
      </Section>
    </>
  )
}

function changeWords({ new: added, gone, changed }: Summary['found']): string {
  const words = [added > 0 && `${added} new`, gone > 0 && `${gone} gone`, changed > 0 && `${changed} changed`]
  return words.filter(Boolean).join(', ') || 'as before'
}
