// What became of a tried prompt: how it ended, each text before and after the guards, and why.
import type { Reply } from '../../api.ts'
import { formatNumber } from '../../lib/format.ts'
import { TextLink } from '../../ui/link.tsx'
import { Card, Facts, Section } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { ChangedText } from './changed-text.tsx'
import { DecisionTrace } from './decision-trace.tsx'
import { Outcome } from './outcome.tsx'
import { toCost, toMs } from './words.ts'

export type Result = Reply<'POST', '/api/gateway/try'>

const NAMES = { system: 'System prompt', prompt: 'Prompt', document: 'Document' } as const

export function TryResult({ result: { trace, refusal, parts, answer } }: { result: Result }) {
  const changed = parts.filter(({ before, after }) => before !== after)
  return (
    <div className="grid gap-6">
      <Card>
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <h2 className="sr-only">How it ended</h2>
          <Outcome is={trace.outcome} rewritten={trace.action === 'rewrite'} />
          {trace.route && <span className="text-sm text-ink-2">on the route {trace.route}</span>}
          <TextLink to="/gateway" search={{ call: trace.id }} className="ml-auto text-xs">
            Open in Traffic
          </TextLink>
        </div>
        {refusal === undefined ? (
          <p className="text-base break-words whitespace-pre-wrap">{answer.after || 'The client got no words.'}</p>
        ) : (
          <p className="text-base break-words">
            <Said text={refusal} />
          </p>
        )}
        <div className="mt-4 border-t border-line pt-3">
          <Facts
            rows={[
              ['Time', toMs(trace.durationMs)],
              trace.usage && [
                'Tokens',
                `${formatNumber(trace.usage.input)} in, ${formatNumber(trace.usage.output)} out`,
              ],
              ['Cost', trace.costMicros === undefined ? 'no price is known for this model' : toCost(trace.costMicros)],
              trace.upstream !== undefined && ['Upstream', trace.upstream],
            ]}
          />
        </div>
      </Card>
      <Section
        title="What the model was given"
        note={changed.length === 0 ? 'as you wrote it' : undefined}
        above="none"
      >
        <div className="grid gap-3">
          {(changed.length === 0 ? parts : changed).map(({ name, before, after }) => (
            <ChangedText
              key={name}
              name={NAMES[name]}
              before={before}
              after={after}
              nothing="nothing: the model was not asked"
            />
          ))}
        </div>
      </Section>
      {answer.before !== undefined && (
        <Section title="What the client got" above="none">
          <ChangedText name="Answer" before={answer.before} after={answer.after} nothing="nothing" />
        </Section>
      )}
      <div>
        <DecisionTrace trace={trace} />
      </div>
    </div>
  )
}
