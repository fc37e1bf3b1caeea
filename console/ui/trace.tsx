// Why a threat applies to a system, or why not: each rule that was read, what it said, the facts it read and where they
// come from. The threats that were left out have one as well.
import { Link } from '@tanstack/react-router'
import type { Applicability, FactRead } from '../../src/model/applicability.ts'
import { inSentence } from '../lib/format.ts'
import { Badge } from './status.tsx'
import { Verdict } from './verdict.tsx'
import { Value } from './fact-field.tsx'

interface TraceProps {
  of: Pick<Applicability, 'verdict' | 'trace' | 'catalogVersion'>
  /** The catalogue's question of each fact, by its key. */
  questions?: Readonly<Record<string, string>>
  /** Where a fact can be answered; without it facts lead to the catalogue. */
  answerAt?: (key: string) => { to: string; search?: Record<string, string> }
}

export function Trace({ of: { verdict, trace, catalogVersion }, questions, answerAt }: TraceProps) {
  return (
    <div className="grid gap-3 text-sm">
      <ol className="grid">
        {trace.map((step, i) => (
          <li key={step.rule + String(i)} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3">
            <span aria-hidden className="flex flex-col items-center">
              <span className="mt-1.5 size-2 shrink-0 rounded-full border-2 border-line-strong bg-panel" />
              {i < trace.length - 1 && <span className="w-px grow bg-line" />}
            </span>
            <div className="min-w-0 pb-4">
              <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
                <span className="min-w-0 grow basis-60 font-medium text-pretty">{step.text}</span>
                <Verdict is={step.verdict} />
              </div>
              <p className="font-mono text-2xs text-ink-3">{step.rule}</p>
              {step.facts.length > 0 && (
                <ul className="mt-1.5 grid gap-1 border-l-2 border-line pl-3">
                  {step.facts.map((fact) => (
                    <FactLine key={fact.key} fact={fact} question={questions?.[fact.key]} answerAt={answerAt} />
                  ))}
                </ul>
              )}
            </div>
          </li>
        ))}
      </ol>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 border-t border-line pt-3 text-xs text-ink-3">
        <Verdict is={verdict} />
        <span>
          after {trace.length === 1 ? 'one rule' : `${trace.length} rules`} of catalogue {catalogVersion}
        </span>
      </p>
    </div>
  )
}

interface FactLineProps {
  fact: FactRead
  question: string | undefined
  answerAt: TraceProps['answerAt']
}

function FactLine({ fact: { key, value, origin }, question, answerAt }: FactLineProps) {
  const place = answerAt?.(key) ?? { to: '/catalog/facts', search: { fact: key } }
  const open = value === undefined
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <Link {...place} title={question} className="link rounded-xs">
        {inSentence(key)}
      </Link>
      <Value value={value} />
      {origin === 'conflict' ? (
        <Badge tone="warn">sources disagree</Badge>
      ) : (
        <span className="text-xs text-ink-3">
          {open && origin === 'not answered' ? 'nobody answered it yet' : origin}
        </span>
      )}
    </li>
  )
}
