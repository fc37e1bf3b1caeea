// One call beside the list: who asked what of whom, how it went and why, and the proof that it is on record.
import { useMutation, useQuery } from '@tanstack/react-query'
import { FileCheck2, ScanText } from 'lucide-react'
import { api, ApiError, read, type Reply } from '../../api.ts'
import { download } from '../../lib/export.ts'
import { formatBytes, formatNumber } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Code, CodeBlock } from '../../ui/code.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { Problem } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { SystemLink } from '../system/system-names.tsx'
import { AgentLink } from './agents.tsx'
import { DecisionTrace } from './decision-trace.tsx'
import { Outcome } from './outcome.tsx'
import { useKeyNames } from './use-key-names.ts'
import { toCost, toReason } from './words.ts'

type Call = Reply<'GET', '/api/exchanges/:id'>

/** Calls are written a few times a second. */
const MOST_TRIES = 4

export function CallDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery({
    ...read('/api/exchanges/:id', { params: { id } }),
    retry: (tries, error) => tries < MOST_TRIES && error instanceof ApiError && error.status === 404,
    retryDelay: 500,
  })
  return (
    <Dialog drawer title="Call" description={<Code className="text-xs text-ink-3">{id}</Code>} onClose={onClose}>
      <Loaded query={query}>{(call) => <Shown call={call} />}</Loaded>
    </Dialog>
  )
}

function Shown({ call }: { call: Call }) {
  const nameOf = useKeyNames()
  const { keyId, refusedKeyId, asset, usage, costMicros, upstream, wire, upstreamWire, attempts } = call
  return (
    <div className="pb-6">
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Outcome is={call.outcome} rewritten={call.action === 'rewrite'} />
        {call.status > 0 && <span className="text-sm text-ink-2">HTTP {call.status}</span>}
        {call.code && <span className="text-sm text-ink-2">{toReason(call.code)}</span>}
      </div>
      <Facts
        rows={[
          ['When', <Time key="at" at={call.at} absolute />],
          ['System', asset === undefined ? 'none: it proves nothing' : <SystemLink key="asset" id={asset} />],
          call.agent !== undefined && ['Agent', <AgentLink key="agent" id={call.agent} />],
          [
            'Key',
            keyId === undefined
              ? `none that is good${refusedKeyId ? `: ${refusedKeyId} has ended` : ''}`
              : nameOf(keyId),
          ],
          call.client !== undefined && ['From', call.client],
          ['Model', `${call.model ?? 'none named'}${call.route === undefined ? '' : `, on the route ${call.route}`}`],
          upstream !== undefined && [
            'Upstream',
            `${upstream}${attempts > 1 ? `, at attempt ${attempts}` : ''}${wire === upstreamWire ? '' : `, ${wire} written as ${upstreamWire}`}`,
          ],
          [
            'Sent',
            `${formatBytes(call.bytesIn)} in, ${formatBytes(call.bytesOut)} out${call.stream ? ', as a stream' : ''}`,
          ],
          usage && ['Tokens', `${formatNumber(usage.input)} in, ${formatNumber(usage.output)} out`],
          costMicros !== undefined && ['Cost', toCost(costMicros)],
          call.trace && ['Trace', <Code key="trace">{call.trace.traceId}</Code>],
        ]}
      />
      <div className="mt-6">
        <DecisionTrace trace={call} />
        <Proof call={call} />
        <Kept call={call} />
      </div>
    </div>
  )
}

function Proof({ call: { id, seal } }: { call: Call }) {
  const prove = useMutation({
    mutationFn: () => api.post('/api/exchanges/:id/proof', { params: { id } }),
    onSuccess: (report) => download(`${id}.json`, 'application/json', `${JSON.stringify(report, null, 2)}\n`),
  })
  return (
    <Section title="Proof" above="less">
      <div className="grid gap-2 text-sm">
        {seal.entry === undefined ? (
          <p className="text-ink-2">It is on record, and sealed into the log within a minute.</p>
        ) : (
          <p className="text-ink-2">
            Sealed with its segment as{' '}
            <TextLink to="/log/$index" params={{ index: String(seal.entry) }}>
              entry {formatNumber(seal.entry)}
            </TextLink>{' '}
            of the log.
          </p>
        )}
        <div>
          <Button
            icon={FileCheck2}
            busy={prove.isPending}
            disabled={seal.entry === undefined}
            onClick={() => prove.mutate()}
          >
            Download the proof
          </Button>
        </div>
        <Problem error={prove.error} />
      </div>
    </Section>
  )
}

function Kept({ call: { id, content } }: { call: Call }) {
  const may = useMay()
  const words = useMutation({ mutationFn: () => api.get('/api/exchanges/:id/content', { params: { id } }) })
  return (
    <Section title="Words" above="less">
      {content === undefined && <p className="text-sm text-ink-2">Nothing is kept of what was said.</p>}
      {content !== undefined && !words.data && (
        <div className="grid gap-2 text-sm">
          <p className="text-ink-2">
            Kept {content === 'full' ? 'in full' : 'without secrets and personal data'}, encrypted. That you read them
            is written into the log.
          </p>
          {may('call:content') && (
            <div>
              <Button icon={ScanText} busy={words.isPending} onClick={() => words.mutate()}>
                Show the words
              </Button>
            </div>
          )}
          <Problem error={words.error} />
        </div>
      )}
      {words.data && (
        <div className="grid gap-3">
          <CodeBlock label="request" text={words.data.request} wrap />
          <CodeBlock label="answer" text={words.data.answer} wrap />
          {words.data.isCut && <p className="text-xs text-ink-3">Some of it was too long to keep.</p>}
        </div>
      )}
    </Section>
  )
}
