// Why a call went as it did: what was decided under which policy, what each guard said about each place, and how long each
// stage took. Words from outside are shown as words and nothing else.
import { CircleAlert, CircleCheck, Eye, type LucideIcon } from 'lucide-react'
import type { Reply } from '../../api.ts'
import { toTitleOfId } from '../../lib/format.ts'
import { Code, Hash } from '../../ui/code.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { ACTION_WORDS, APPROVAL_WORDS, toMs, wordsOfStep } from './words.ts'

export type Trace = Reply<'POST', '/api/gateway/try'>['trace']
type Verdict = Trace['verdicts'][number]

const STAGE_OF = { request: 'request', answer: 'answer' } as const

export function DecisionTrace({ trace }: { trace: Trace }) {
  return (
    <>
      <Section title="Decision" above="less">
        <Decisions trace={trace} />
      </Section>
      <Section title="Guards" above="less" note="what each said, of the request and of the answer">
        <Verdicts trace={trace} />
      </Section>
      <Section title="Stages" above="less" note={`${toMs(trace.durationMs)} in all`}>
        <Stages stages={trace.stages} />
      </Section>
    </>
  )
}

function Decisions({ trace: { decisions, code } }: { trace: Trace }) {
  if (decisions.length === 0)
    return (
      <p className="text-sm text-ink-2">
        No guard was asked{code === undefined ? '' : ': '}
        {code && <Code>{code}</Code>}
      </p>
    )
  return (
    <ul className="grid gap-2 text-sm">
      {decisions.map(({ action, because, policy, approval }, i) => (
        <li key={i === 0 ? 'request' : 'answer'} className="grid gap-x-3 gap-y-0.5 sm:grid-cols-[5rem_minmax(0,1fr)]">
          <span className="text-ink-3">{i === 0 ? 'Request' : 'Answer'}</span>
          <div className="min-w-0">
            <span className="font-medium">{ACTION_WORDS[action]}</span>
            {because.length > 0 && <span className="text-ink-2"> by {because.map(toTitleOfId).join(', ')}</span>}
            {approval && (
              <span className="block text-ink-2">
                <TextLink to="/gateway/approvals/$id" params={{ id: approval.id }}>
                  {APPROVAL_WORDS[approval.outcome]}
                </TextLink>
              </span>
            )}
            <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-3">
              policy <Hash value={policy} label="Copy the hash of the policy" />
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}

const LOOK: Readonly<Record<Verdict['outcome'], { icon: LucideIcon; ink: string }>> = {
  pass: { icon: CircleCheck, ink: 'text-good' },
  hit: { icon: Eye, ink: 'text-warn' },
  failed: { icon: CircleAlert, ink: 'text-bad' },
}

/** What was found comes first; among the rest the order in which they worked stays. */
function Verdicts({ trace: { verdicts, decisions } }: { trace: Trace }) {
  const acted = new Set(decisions.flatMap(({ because }) => because))
  if (verdicts.length === 0) return <p className="text-sm text-ink-2">No guard had anything to look at.</p>
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-panel">
      {verdicts.toSorted(foundFirst).map((verdict) => {
        const { icon: Icon, ink } = LOOK[verdict.outcome]
        return (
          <li key={`${verdict.guard} ${verdict.stage}`} className="px-3.5 py-2.5 text-sm">
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Icon size={15} aria-hidden className={ink} />
              <TextLink to="/catalog/controls/$id" params={{ id: verdict.guard }} className="text-ink!">
                {toTitleOfId(verdict.guard)}
              </TextLink>
              <span className="text-xs text-ink-3">{STAGE_OF[verdict.stage]}</span>
              <span className="ml-auto text-xs text-ink-2">{said(verdict, acted.has(verdict.guard))}</span>
            </div>
            {verdict.why && <p className="mt-1 pl-6 text-bad">{verdict.why}</p>}
            {verdict.hits.length > 0 && (
              <ul className="mt-1.5 grid gap-1 pl-6">
                {[...verdict.hits.entries()].map(([nth, hit]) => (
                  <li key={nth} className="text-xs text-ink-2">
                    <Badge tone={hit.severity === 'critical' || hit.severity === 'high' ? 'bad' : 'warn'}>
                      {hit.severity}
                    </Badge>{' '}
                    {hit.note}{' '}
                    <span className="text-ink-3">
                      in words of the {hit.origin}
                      {hit.place && (
                        <>
                          {' '}
                          at <Code>{hit.place}</Code>
                        </>
                      )}
                      , {Math.round(hit.confidence * 100)}% sure
                    </span>
                  </li>
                ))}
                {verdict.more > 0 && <li className="text-xs text-ink-3">and {verdict.more} more</li>}
              </ul>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const foundFirst = (a: Verdict, b: Verdict) => Number(a.outcome === 'pass') - Number(b.outcome === 'pass')

/** `acted`: a decision rests on it; otherwise the policy only had it observed. */
function said({ outcome, remedy, changes, hits, more }: Verdict, acted: boolean): string {
  const places = `${changes} ${changes === 1 ? 'place' : 'places'}`
  if (outcome === 'failed') return acted ? 'could not do its work, which stops the call' : 'could not do its work'
  if (outcome === 'pass')
    return changes === 0 ? 'nothing found' : acted ? `${places} changed` : `would change ${places}`
  const found = `${hits.length + more} found`
  if (remedy === 'note') return `${found}, to be known`
  if (remedy === 'hold') return acted ? `${found}, held for a person` : `${found}, a person was asked or would be`
  if (remedy === 'block') return acted ? `${found}, blocked` : `${found}, only observed`
  return acted ? `${found}, ${places} changed` : `${found}, only observed`
}

/** Each bar begins where the one before ended. */
function Stages({ stages }: { stages: Trace['stages'] }) {
  const whole = Math.max(
    stages.reduce((sum, { ms }) => sum + ms, 0),
    0.001,
  )
  const rows = stages.map(({ stage, ms }, i) => {
    const start = stages.slice(0, i).reduce((sum, one) => sum + one.ms, 0)
    return { key: `${i} ${stage}`, stage, ms, start }
  })
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">How long each stage took</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">Share</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, stage, ms, start }) => (
          <tr key={key}>
            <th scope="row" className="w-44 py-1 pr-3 text-left font-normal text-ink-2">
              {wordsOfStep(stage)}
            </th>
            <td className="py-1">
              <span className="sr-only">{Math.round((ms / whole) * 100)}%</span>
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="h-2 w-full" aria-hidden>
                <rect width="100" height="6" rx="1" className="fill-sunken" />
                <rect
                  x={(start / whole) * 100}
                  width={Math.max((ms / whole) * 100, 0.6)}
                  height="6"
                  className="fill-accent"
                />
              </svg>
            </td>
            <td className="tabular w-20 py-1 pl-3 text-right text-ink-2">{toMs(ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
