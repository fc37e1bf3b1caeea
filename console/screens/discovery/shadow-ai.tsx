// Which AI is in use, by whom and how much, beside what was declared and what is allowed. From logs of traffic.
import { useQuery } from '@tanstack/react-query'
import { EyeOff, Upload, UserRoundCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { read, type Reply } from '../../api.ts'
import { formatBytes, formatNumber, plural } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { type NumberTile, NumberTiles } from '../../ui/number-tiles.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { ChosenScan } from './chosen-scan.tsx'
import { DiscoveryDrawer } from './discovery-drawer.tsx'
import { ProviderDrawer } from './provider-drawer.tsx'
import { UploadScan } from './upload-scan.tsx'
import { STANDING_WORDS } from './words.ts'

type Seen = Reply<'GET', '/api/scans/:id/traffic'>
type Provider = Seen['items'][number]

const EMPTY = {
  title: 'No log of traffic was read yet',
  says: 'Upload a log of your proxy, firewall or name server, or send it from where it is: parapet discover traffic FILE --submit. Bytes and names of users stay here.',
  action: 'Upload a log',
  to: '/discovery/shadow-ai',
} as const

export function ShadowAi() {
  const [words, set] = useWords()
  const may = useMay()
  return (
    <Page
      wide
      title="Shadow AI"
      lead="The AI that people and machines speak with, as logs show it: what nobody declared or allowed comes first."
      actions={
        may('scan:write') && (
          <Button variant="primary" icon={Upload} onClick={() => set({ new: 'upload' })}>
            Upload a log
          </Button>
        )
      }
    >
      <ChosenScan fits={(_, kind) => kind === 'traffic'} empty={EMPTY}>
        {(scan, _, chooser) => <Providers scan={scan} chooser={chooser} />}
      </ChosenScan>
      {words['thing'] && <DiscoveryDrawer id={words['thing']} onClose={() => set({ thing: undefined })} />}
      {words['new'] && may('scan:write') && <UploadScan first="traffic" onClose={() => set({ new: undefined })} />}
    </Page>
  )
}

function Providers({ scan, chooser }: { scan: { id: string; source: string }; chooser: ReactNode }) {
  const [words, set] = useWords()
  const query = useQuery(read('/api/scans/:id/traffic', { params: { id: scan.id } }))
  const only = words['only']
  const shown = (items: readonly Provider[]) =>
    items
      .toSorted(byShadow)
      .filter(({ shadow, sanctioned }) =>
        only === 'shadow' ? shadow : only === 'allowed' ? sanctioned === true : true,
      )
  return (
    <>
      <FilterBar label="Filter the providers" clear={only ? () => set({ only: undefined }) : undefined}>
        {chooser}
        <FilterSelect
          label="Allowed or not"
          value={only}
          options={[
            { value: 'shadow', label: 'Not declared or not allowed' },
            { value: 'allowed', label: 'Allowed' },
          ]}
          onChange={(word) => set({ only: word })}
        />
        <ExportMenu name="shadow-ai" rows={() => ({ rows: shown(query.data?.items ?? []).map(toRow) })} />
      </FilterBar>
      <Loaded query={query}>
        {(seen) => (
          <>
            <div className="mb-4">
              <NumberTiles tiles={tilesOf(seen)} />
            </div>
            <DataTable
              label="AI in use"
              columns={COLUMNS}
              rows={shown(seen.items)}
              rowKey={({ provider }) => provider}
              empty={
                <EmptyState icon={UserRoundCheck} title={only ? 'No provider matches' : 'No AI was spoken with'}>
                  {only ? 'Fewer filters find more.' : 'None of the hosts in the log is one of a known AI provider.'}
                </EmptyState>
              }
            />
            <Logs seen={seen} />
          </>
        )}
      </Loaded>
      <Chosen seen={query.data} source={scan.source} />
    </>
  )
}

function tilesOf({ items }: Seen): NumberTile[] {
  const shadow = items.filter((one) => one.shadow)
  const sum = (of: (one: Provider) => number | undefined) => shadow.reduce((all, one) => all + (of(one) ?? 0), 0)
  const place = { to: '/discovery/shadow-ai', search: { only: 'shadow' } }
  return [
    {
      ...place,
      name: shadow.length === 1 ? 'provider in the shadow' : 'providers in the shadow',
      value: formatNumber(shadow.length),
      note: `of ${plural(items.filter(({ calls }) => calls > 0).length, 'provider')} in use`,
    },
    { ...place, name: 'calls to them', value: formatNumber(sum(({ calls }) => calls)), note: 'as the log shows' },
    {
      ...place,
      name: 'sent to them',
      value: shadow.some(({ sent }) => sent !== undefined) ? formatBytes(sum(({ sent }) => sent)) : '–',
      note: shadow.every(({ sent }) => sent === undefined)
        ? 'the log does not count bytes'
        : 'where the log counts bytes',
    },
  ]
}

/** What nobody declared or allowed first, then what is used most. */
const byShadow = (a: Provider, b: Provider) => Number(b.shadow) - Number(a.shadow) || b.calls - a.calls

function Chosen({ seen, source }: { seen: Seen | undefined; source: string }) {
  const [{ provider: name }, set] = useWords()
  const provider = seen?.items.find((one) => one.provider === name)
  return provider ? (
    <ProviderDrawer provider={provider} source={source} onClose={() => set({ provider: undefined })} />
  ) : null
}

/** Lines that no reader understood are said: what they hold is not known. */
function Logs({ seen: { logs, dropped } }: { seen: Seen }) {
  return (
    <ul className="mt-3 grid gap-1 text-xs text-ink-3">
      {logs.map(({ file, format, lines, unread }) => (
        <li key={file} className="wrap-anywhere">
          {file}: {plural(lines, 'line')} {format ? `of ${format}` : 'of an unknown kind'}
          {unread > 0 && <b className="font-medium text-warn">, {formatNumber(unread)} not understood</b>}
        </li>
      ))}
      {dropped > 0 && <li className="text-warn">{plural(dropped, 'user')} beyond the limit were left out.</li>}
    </ul>
  )
}

const COLUMNS: readonly Column<Provider>[] = [
  {
    id: 'provider',
    head: 'Provider',
    cell: ({ provider, hosts }) => (
      <>
        <RowLink to="." search={(before: Search) => ({ ...before, provider })} resetScroll={false}>
          {provider}
        </RowLink>
        <span className="block text-xs wrap-anywhere text-ink-3">{hosts.slice(0, 3).join(', ')}</span>
      </>
    ),
  },
  {
    id: 'standing',
    head: 'Declared and allowed',
    className: 'w-44 md:w-96',
    cell: ({ standing, sanctioned, shadow }) => (
      <>
        {shadow && (
          <Badge tone="bad">
            <EyeOff size={11} aria-hidden /> shadow
          </Badge>
        )}{' '}
        <span className="block text-xs text-ink-2">
          {STANDING_WORDS[standing]}
          {sanctioned === true ? ', allowed' : sanctioned === false ? ', not allowed' : ''}
        </span>
      </>
    ),
  },
  {
    id: 'users',
    head: 'Users',
    hide: 'md',
    end: true,
    className: 'tabular w-20',
    cell: ({ users }) => formatNumber(users),
  },
  {
    id: 'calls',
    head: 'Calls',
    hide: 'md',
    end: true,
    className: 'tabular w-24',
    cell: ({ calls }) => formatNumber(calls),
  },
  { id: 'sent', head: 'Sent out', hide: 'lg', end: true, className: 'tabular w-28', cell: ({ sent, calls }) => (sent === undefined ? calls > 0 && 'not in the log' : formatBytes(sent)) }, // prettier-ignore
]

const toRow = ({ provider, standing, sanctioned, shadow, users, calls, blocked, sent, hosts }: Provider) => ({
  provider,
  standing,
  sanctioned,
  shadow,
  users,
  calls,
  blocked,
  sent,
  hosts,
})
