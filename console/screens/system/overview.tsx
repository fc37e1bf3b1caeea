// A system at a glance: its state in one paragraph, what it is made of with the path that should worry, the risks that
// are more than what is borne without asking, its controls by status, what was proven lately.
import { Link } from '@tanstack/react-router'
import { ShieldCheck } from 'lucide-react'
import type { Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { LevelChange } from '../../ui/level.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Section } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { StatusCounts } from '../../ui/status-counts.tsx'
import { AssetDetails } from '../inventory/asset-details.tsx'
import { AssetGraph } from '../inventory/asset-graph.tsx'
import type { Asset } from '../inventory/draft.ts'
import { Proofs } from './proofs.tsx'

export type State = Reply<'GET', '/api/systems/:id'>

export function Overview({ asset, state }: { asset: Asset; state: State }) {
  return (
    <div className="grid gap-9">
      <p className="max-w-[78ch] border-l-2 border-accent pl-4 text-md text-pretty">{state.paragraph}</p>
      <Numbers state={state} />
      <Section title="What it is made of" above="none">
        <AssetGraph id={asset.id} name={asset.name} />
      </Section>
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
        <AssetDetails asset={asset} />
      </div>
    </div>
  )
}

function Numbers({ state: { threats, openRiskCount, state, conflicts } }: { state: State }) {
  const { counts } = state
  const needed = Object.entries(counts).reduce((sum, [status, n]) => sum + (status === 'not-needed' ? 0 : n), 0)
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line lg:grid-cols-4">
      <Number
        value={threats.applies}
        name={threats.applies === 1 ? 'threat applies' : 'threats apply'}
        note={threats.unknown > 0 ? `${threats.unknown} more may, until it is answered` : 'nothing left open'}
        search={{ tab: 'threats' }}
      />
      <Number
        value={openRiskCount}
        name={openRiskCount === 1 ? 'risk above the appetite' : 'risks above the appetite'}
        note="as proven today"
        search={{ tab: 'threats', show: 'above' }}
      />
      <Number
        value={counts.proven ?? 0}
        name={`of ${plural(needed, 'control')} proven`}
        note={`${counts.failing ?? 0} failing, ${counts.stale ?? 0} stale`}
        search={{ tab: 'controls' }}
      />
      <Number
        value={conflicts}
        name={conflicts === 1 ? 'fact is disputed' : 'facts are disputed'}
        note={conflicts > 0 ? 'a disputed fact counts as unknown' : 'sources agree'}
        search={{ tab: 'facts', ...(conflicts > 0 && { show: 'contested' }) }}
      />
    </ul>
  )
}

function Number(props: { value: number; name: string; note: string; search: Record<string, string> }) {
  const { value, name, note, search } = props
  return (
    <li className="bg-panel">
      <Link
        to="."
        search={search}
        className="block h-full px-4 py-3.5 hover:bg-sunken focus-visible:outline-offset-[-2px]"
      >
        <span className="tabular block text-xl font-semibold tracking-[-0.02em]">{value}</span>
        <span className="block text-sm font-medium">{name}</span>
        <span className="block text-xs text-ink-3">{note}</span>
      </Link>
    </li>
  )
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
