// One call that waits: exactly what will happen if it is approved, who asks, and the decision. Words from outside are shown
// as words and nothing else.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { read } from '../../api.ts'
import { sentence } from '../../lib/format.ts'
import { Code, CodeBlock, Hash } from '../../ui/code.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page, Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { useKeyNames } from '../gateway/use-key-names.ts'
import { useNames } from '../log/names.tsx'
import { SystemLink } from '../system/system-names.tsx'
import { Decide } from './decide.tsx'
import { type Approval, STATE_WORDS, toDeed } from './words.ts'

/** It may be over at any moment, and not everybody hears of the log. */
const LOOK_AGAIN_MS = 5000

export function ApprovalPage() {
  const { id } = useParams({ from: '/shell/gateway/approvals/$id' })
  const query = useQuery({
    ...read('/api/approvals/:id', { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? LOOK_AGAIN_MS : false),
  })
  const title = query.data === undefined ? 'Approval' : toDeed(query.data)
  return (
    <Page title={title} kind={<Code>{id}</Code>}>
      <Loaded query={query}>{(approval) => <Shown approval={approval} />}</Loaded>
    </Page>
  )
}

function Shown({ approval }: { approval: Approval }) {
  const { state, gist, asset, key, call, route, model, why, mark } = approval
  const nameOf = useKeyNames()
  return (
    <div className="grid gap-x-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0">
        <Deed gist={gist} stage={approval.stage} isWaiting={state === 'waiting'} />
      </div>
      <aside aria-label="Decision and origin" className="min-w-0 max-lg:mt-8">
        <Card className="mb-6">
          <p className="mb-3" role="status">
            <Badge tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].word}</Badge>
          </p>
          {state === 'waiting' ? <Decide approval={approval} /> : <Ended approval={approval} />}
        </Card>
        <Facts
          rows={[
            ['Asked by', nameOf(key)],
            ['System', asset === undefined ? 'none' : <SystemLink key="asset" id={asset} />],
            ['Model', model],
            ['Route', route],
            ['Because', sentence(why)],
            ['Asked', <Time key="asked" at={approval.askedAt} absolute />],
            state !== 'waiting' && [
              'Call',
              <TextLink key="call" to="/gateway" search={{ call }}>
                {call}
              </TextLink>,
            ],
            ['Mark', <Hash key="mark" value={mark} label="Copy the digest of what waits" />],
          ]}
        />
      </aside>
    </div>
  )
}

function Deed({ gist, stage, isWaiting }: { gist: Approval['gist']; stage: Approval['stage']; isWaiting: boolean }) {
  if (gist === undefined)
    return <p className="text-sm text-ink-2">What waited is not kept any more. The log has its digest.</p>
  const { calls, words, asked } = gist
  return (
    <>
      {calls.length > 0 && (
        <Section
          title={isWaiting ? 'What will be called' : 'What was to be called'}
          count={calls.length}
          note="secrets are left out here, and personal data that the policy keeps from models"
        >
          <ul className="grid gap-3">
            {[...calls.entries()].map(([nth, call]) => (
              <li key={nth}>
                <p className="mb-1.5 text-sm font-medium">
                  <Code>{call.name}</Code>
                </p>
                <CodeBlock text={pretty(call.arguments)} label={`arguments of ${call.name}`} wrap />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {words !== '' && (
        <Section title={stage === 'request' ? 'What the model would be told' : 'What would go out'}>
          <CodeBlock text={words} label="words that wait" wrap />
        </Section>
      )}
      {asked !== '' && (
        <Section title="What the user said last">
          <blockquote className="border-l-2 border-line pl-3 text-sm break-words whitespace-pre-wrap text-ink-2">
            {asked}
          </blockquote>
        </Section>
      )}
    </>
  )
}

function Ended({ approval: { given, endedAt, endedBy, reason } }: { approval: Approval }) {
  const nameOf = useNames()
  return (
    <div className="grid gap-2 text-sm text-ink-2">
      {given.map(({ by, role, at }) => (
        <p key={by}>
          {nameOf('account', by) ?? by} approved as {role}, <Time at={at} />
        </p>
      ))}
      {given.length === 0 && (
        <p>
          {endedBy === undefined ? 'By nobody' : `By ${nameOf('account', endedBy) ?? endedBy}`}
          {endedAt && (
            <>
              , <Time at={endedAt} />
            </>
          )}
        </p>
      )}
      {reason && <p className="break-words whitespace-pre-wrap">{sentence(reason)}</p>}
    </div>
  )
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
