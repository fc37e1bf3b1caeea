// A system at a glance: its state in one paragraph, what it is made of with the path that should worry, the risks that
// are more than what is borne without asking, its controls by status, what was proven lately.
import { Link } from '@tanstack/react-router'
import { ShieldCheck } from 'lucide-react'
import type { Reply } from '../../api.ts'
import { formatNumber, plural } from '../../lib/format.ts'
import { useAt } from '../../ui/as-of.tsx'
import { LevelChange } from '../../ui/level.tsx'
import { TextLink } from '../../ui/link.tsx'
import { type NumberTile, NumberTiles } from '../../ui/number-tiles.tsx'
import { Section } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { StatusCounts } from '../../ui/status-counts.tsx'
import { AssetDetails } from '../inventory/asset-details.tsx'
import { AssetGraph } from '../inventory/asset-graph.tsx'
import type { Asset } from '../inventory/draft.ts'
import { Proofs } from './proofs.tsx'
import { Scanned } from './scanned.tsx'
import { Trifecta, useTrifecta } from './trifecta.tsx'

export type State = Reply<'GET', '/api/systems/:id'>

export function Overview({ asset, state }: { asset: Asset; state: State }) {
  const at = useAt()
  const trifecta = useTrifecta(asset.id)
  const names = new Map([[asset.id, asset.name], ...state.partOf.map(({ id, name }) => [id, name] as const)])
  return (
    <div className="grid gap-9">
      <p className="max-w-[78ch] border-l-2 border-accent pl-4 text-md text-pretty">{state.paragraph}</p>
      <NumberTiles tiles={tilesOf(state)} />
      {at === undefined && (
        <Section title="What it is made of" above="none">
          <AssetGraph
            id={asset.id}
            name={asset.name}
            path={trifecta && { links: trifecta.path, says: 'The lethal trifecta' }}
          />
          {trifecta && <Trifecta of={trifecta} nameOf={(id) => names.get(id) ?? id} />}
        </Section>
      )}
      {at === undefined && <Scanned system={asset.id} />}
      <div className="grid gap-x-12 gap-y-9 xl:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="min-w-0">
          <OpenRisks state={state} />
          <Section title="Controls it needs" actions={<Tab to="controls">All controls</Tab>}>
            <StatusCounts
              label="Controls by status"
              counts={state.state.counts}
              placeOf={(status) => ({ to: '.', search: { tab: 'controls', status } })}
            />
            <p className="mt-3 max-w-[68ch] text-sm text-ink-2">
              <Said text={state.state.reason} />
            </p>
          </Section>
          <Section title="Proven lately">
            <Proofs proofs={state.evidence} at={state.at} />
          </Section>
        </div>
        <AssetDetails asset={at === undefined ? asset : asItWas(asset, state)} />
      </div>
    </div>
  )
}

const asItWas = (asset: Asset, { owners, environment, exposure, dataClass, version, tags }: State): Asset => ({
  ...asset,
  owners,
  environment,
  exposure,
  dataClass,
  version,
  tags: [...tags],
})

function tilesOf({ threats, openRiskCount, state: { counts }, conflicts }: State): NumberTile[] {
  const needed = Object.entries(counts).reduce((sum, [status, n]) => sum + (status === 'not-needed' ? 0 : n), 0)
  return [
    {
      value: formatNumber(threats.applies),
      name: threats.applies === 1 ? 'threat applies' : 'threats apply',
      note: threats.unknown > 0 ? `${threats.unknown} more may, until it is answered` : 'nothing left open',
      to: '.',
      search: { tab: 'threats' },
    },
    {
      value: formatNumber(openRiskCount),
      name: openRiskCount === 1 ? 'risk above the appetite' : 'risks above the appetite',
      note: 'counting only what is proven',
      to: '.',
      search: { tab: 'threats', show: 'above' },
    },
    {
      value: formatNumber(counts.proven ?? 0),
      name: `of ${plural(needed, 'control')} proven`,
      note: `${counts.failing ?? 0} failing, ${counts.stale ?? 0} stale`,
      to: '.',
      search: { tab: 'controls' },
    },
    {
      value: formatNumber(conflicts),
      name: conflicts === 1 ? 'fact is disputed' : 'facts are disputed',
      note: conflicts > 0 ? 'a disputed fact counts as unknown' : 'sources agree',
      to: '.',
      search: { tab: 'facts', ...(conflicts > 0 && { show: 'contested' }) },
    },
  ]
}

function OpenRisks({ state: { openRisks, openRiskCount } }: { state: State }) {
  if (openRisks.length === 0) {
    return (
      <Section title="Open risks">
        <p className="flex items-center gap-2 text-sm text-ink-2">
          <ShieldCheck size={17} aria-hidden className="shrink-0 text-good-mark" />
          No risk is above the appetite, counting only what is proven.
        </p>
      </Section>
    )
  }
  return (
    <Section
      title="Open risks"
      count={openRiskCount}
      note="As designed, and what of that is proven."
      actions={<Tab to="threats">All threats</Tab>}
    >
      <ul className="divide-y divide-line rounded-md border border-line">
        {openRisks.map(({ threat, name, designed, proven }) => (
          <li
            key={threat}
            className="group relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm hover:bg-hover"
          >
            <Link
              to="."
              search={{ tab: 'threats', threat }}
              data-row=""
              className="min-w-0 grow font-medium outline-none after:absolute after:inset-0 group-hover:text-accent-word focus-visible:underline"
            >
              {name}
            </Link>
            <LevelChange from={designed} to={proven} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Tab({ to, children }: { to: string; children: string }) {
  return (
    <TextLink to="." search={{ tab: to }} className="text-xs">
      {children}
    </TextLink>
  )
}
