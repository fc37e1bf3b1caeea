// One threat to one system: the verdict with everything that led to it, the risk and what moves it, the controls against it.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read, type Reply } from '../../api.ts'
import { toTitle, toWords } from '../../lib/format.ts'
import { useAt } from '../../ui/as-of.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Status } from '../../ui/status.tsx'
import { Trace } from '../../ui/trace.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { RiskDecisions } from '../risks/risk-decisions.tsx'

type Detail = Reply<'GET', '/api/systems/:id/threats/:threat'>

export function ThreatDrawer({ system, threat, onClose }: { system: string; threat: string; onClose: () => void }) {
  const at = useAt()
  const query = useQuery(read('/api/systems/:id/threats/:threat', { params: { id: system, threat }, query: { at } }))
  const questions = useQuestions()
  return (
    <Dialog
      drawer
      title={query.data?.name ?? toWords(threat)}
      description={query.data?.summary}
      onClose={onClose}
      actions={
        <ButtonLink small to="/catalog/threats/$id" params={{ id: threat }}>
          In the catalogue
        </ButtonLink>
      }
    >
      <Loaded query={query}>
        {(detail) => (
          <>
            <p className="mb-1">
              <Verdict is={detail.verdict} />
            </p>
            {detail.risk && <Risk detail={detail} risk={detail.risk} />}
            {detail.risk && at === undefined && <RiskDecisions system={system} threat={threat} />}
            <Section
              title={detail.verdict === 'does-not-apply' ? 'Why it does not apply' : 'Why it applies'}
              above="less"
            >
              <Trace
                of={detail}
                questions={questions}
                answerAt={(key) => ({ to: `/systems/${system}`, search: { tab: 'facts', fact: key } })}
              />
            </Section>
            {detail.against.length > 0 && <Against system={system} detail={detail} />}
          </>
        )}
      </Loaded>
    </Dialog>
  )
}

/** The question behind each fact. */
function useQuestions(): Readonly<Record<string, string>> {
  const facts = useQuery({ ...read('/api/catalog/facts', { query: { limit: 200 } }), staleTime: Infinity })
  return Object.fromEntries(facts.data?.items.map(({ id, question }) => [id, question]) ?? [])
}

function Risk({ detail, risk }: { detail: Detail; risk: NonNullable<Detail['risk']> }) {
  const rows = [
    { name: 'Without any control', of: risk.inherent },
    { name: 'As designed', of: risk.designed },
    { name: 'As proven', of: risk.proven },
  ]
  return (
    <Section title="Risk" note={detail.aboveAppetite ? 'Above the appetite.' : 'Within the appetite.'} above="less">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Likelihood, impact and severity</caption>
        <thead className="text-xs text-ink-3">
          <tr>
            <th scope="col" className="pb-1 font-normal">
              <span className="sr-only">Counting</span>
            </th>
            <th scope="col" className="pb-1 font-normal">
              Likelihood
            </th>
            <th scope="col" className="pb-1 font-normal">
              Impact
            </th>
            <th scope="col" className="pb-1 font-normal">
              Severity
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, of }) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-3 font-medium">
                {name}
              </th>
              <td className="py-1.5 pr-3">{toWords(of.likelihood)}</td>
              <td className="py-1.5 pr-3">{toWords(of.impact)}</td>
              <td className="py-1.5">
                <LevelTag is={of.severity} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {detail.factors.length > 0 && (
        <details className="mt-3 text-sm">
          <summary className="w-fit rounded-xs text-ink-2 hover:text-ink">What makes it so likely, and so bad</summary>
          <ul className="mt-2 grid gap-1.5 border-l-2 border-line pl-3">
            {detail.factors.map(({ id, level, because }) => (
              <li key={id}>
                <span className="font-medium">{toWords(id)}</span>{' '}
                <span className="text-ink-3">{toWords(level).toLowerCase()}</span>
                <span className="block text-xs text-ink-2">{because}</span>
              </li>
            ))}
            {detail.impactBecause && (
              <li>
                <span className="font-medium">Impact</span>
                <span className="block text-xs text-ink-2">{detail.impactBecause}</span>
              </li>
            )}
          </ul>
        </details>
      )}
    </Section>
  )
}

function Against({ system, detail: { against, status } }: { system: string; detail: Detail }) {
  return (
    <Section
      title="Controls against it"
      count={against.length}
      actions={status && <Status is={status.status} />}
      above="less"
    >
      <ul className="divide-y divide-line rounded-md border border-line text-sm">
        {against.map(({ control, name, party, state }) => (
          <li
            key={control}
            className="group relative flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 hover:bg-hover"
          >
            <div className="min-w-0 grow basis-60">
              <Link
                to="/systems/$id"
                params={{ id: system }}
                search={{ tab: 'controls', control }}
                className="font-medium outline-none after:absolute after:inset-0 group-hover:text-accent-word focus-visible:underline"
              >
                {toTitle(name)}
              </Link>
              {party && party !== 'you' && <span className="ml-2 text-xs text-ink-3">{party}</span>}
              <span className="block text-xs text-ink-3">
                <Said text={state.reason} />
              </span>
            </div>
            <Status is={state.status} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
