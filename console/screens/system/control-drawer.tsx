// One control on one system: each of its measures with its status and why, what it covers, its proofs and how they age.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { read, type Reply } from '../../api.ts'
import { toTitle, toWords } from '../../lib/format.ts'
import { useAt } from '../../ui/as-of.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Coverage } from '../../ui/coverage.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Badge, Status } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { FRESH_WORDS } from '../catalog/families.ts'
import { Proof } from '../catalog/parts.tsx'
import { MeasureDecisions } from '../controls/measure-decisions.tsx'
import { Proofs } from './proofs.tsx'

type Detail = Reply<'GET', '/api/systems/:id/controls/:control'>

interface ControlDrawerProps {
  system: string
  control: string
  onClose: () => void
  /** What a screen has to say about it first. */
  before?: ReactNode
}

export function ControlDrawer({ system, control, onClose, before }: ControlDrawerProps) {
  const at = useAt()
  const query = useQuery(read('/api/systems/:id/controls/:control', { params: { id: system, control }, query: { at } }))
  return (
    <Dialog
      drawer
      title={toTitle(query.data?.name ?? toWords(control))}
      description={query.data?.purpose}
      onClose={onClose}
      actions={
        <ButtonLink small to="/catalog/controls/$id" params={{ id: control }}>
          In the catalogue
        </ButtonLink>
      }
    >
      <Loaded query={query}>
        {(detail) => (
          <>
            {before}
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              <Status is={detail.state.status} />
              {detail.party && detail.party !== 'you' && <Badge tone="note">{detail.party}</Badge>}
              <span className="basis-full text-ink-2">
                <Said text={detail.state.reason} />
              </span>
            </div>
            <Section title="Measures" count={detail.measures.length} above="less">
              <ul className="grid gap-3">
                {detail.measures.map((measure) => (
                  <Measure
                    key={measure.measure}
                    system={system}
                    measure={measure}
                    at={detail.at}
                    isNow={at === undefined}
                  />
                ))}
              </ul>
            </Section>
            <AskedFor system={system} detail={detail} />
          </>
        )}
      </Loaded>
    </Dialog>
  )
}

interface MeasureProps {
  system: string
  measure: Detail['measures'][number]
  at: string
  isNow: boolean
}

function Measure({ system, measure, at, isNow }: MeasureProps) {
  const { state, what, asks, evidenceKind, freshness, proofs, need, because } = measure
  return (
    <li className="rounded-md border border-line p-3.5 text-sm">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1.5">
        <p className="min-w-0 grow basis-60 font-medium text-pretty">{what}</p>
        <Status is={state.status} />
      </div>
      <p className="mt-1 text-pretty text-ink-2">
        <Said text={need === 'not-needed' && because ? because : state.reason} />
      </p>
      {state.coverage && (
        <div className="mt-2.5">
          <Coverage coverage={state.coverage} />
        </div>
      )}
      {state.failing && state.failing.length > 0 && (
        <p className="mt-2 text-xs text-bad">It does not hold for {state.failing.join(', ')}.</p>
      )}
      <p className="mt-2.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
        <Proof kind={evidenceKind} />
        <span>
          <Said text={asks} /> Counts for {FRESH_WORDS[freshness] ?? freshness}
          {state.validUntil && (
            <>
              , now until <Time at={state.validUntil} absolute />
            </>
          )}
          .
        </span>
      </p>
      {proofs.length > 0 && (
        <details className="mt-2.5" open={proofs.length === 1}>
          <summary className="w-fit rounded-xs text-xs text-ink-2 hover:text-ink">
            {proofs.length === 1 ? 'The proof' : `${proofs.length} proofs, newest first`}
          </summary>
          <div className="mt-2">
            <Proofs proofs={proofs} at={at} lasts={freshness} ages />
          </div>
        </details>
      )}
      {isNow && <MeasureDecisions system={system} measure={measure.measure} what={what} />}
    </li>
  )
}

function AskedFor({ system, detail }: { system: string; detail: Detail }) {
  if (detail.for.length === 0) return <p className="mt-6 text-sm text-ink-2">{detail.because}</p>
  return (
    <Section title="Threats that ask for it" count={detail.for.length} above="less">
      <ul className="grid gap-1.5 text-sm">
        {detail.for.map(({ threat, verdict, because }) => (
          <li key={threat} className="flex flex-wrap items-baseline gap-x-3">
            <TextLink to="/systems/$id" params={{ id: system }} search={{ tab: 'threats', threat }}>
              {toWords(threat)}
            </TextLink>
            <Verdict is={verdict === 'unknown' ? 'unknown' : 'applies'} />
            <span className="text-xs text-ink-3">{because}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
