// One finding: what is wrong and where, what it opens, how it is mended; and who answers for it if it stays.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { inDays } from '../../lib/days.ts'
import { begun, sentence, toTitleOfId } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useMay, useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { Problem } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { LEVEL_OF } from '../attack-paths/level-of.ts'
import { SystemLink } from '../system/system-names.tsx'
import { SourceName } from './filter-source.tsx'
import { PlaceList } from './place-list.tsx'
import { FINDING_WORDS } from './words.ts'

type Finding = Reply<'GET', '/api/scan-findings/:id'>

const MOST_DAYS = 365

export function FindingDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(read('/api/scan-findings/:id', { params: { id } }))
  return (
    <Dialog drawer title={begun(query.data?.title ?? 'Finding')} onClose={onClose}>
      <Loaded query={query}>{(finding) => <About finding={finding} />}</Loaded>
    </Dialog>
  )
}

function About({ finding }: { finding: Finding }) {
  const { severity, state, subject, rule, about, place, system, remedy, suppression } = finding
  return (
    <>
      <Facts
        rows={[
          ['Severity', <LevelTag key="severity" is={LEVEL_OF[severity]}>{severity}</LevelTag>], // prettier-ignore
          ['State', <Badge key="state">{FINDING_WORDS[state]}</Badge>],
          ['About', subject],
          ['Found in', <SourceName key="source" id={finding.source} />],
          ['Rule', <code key="rule" className="font-mono text-xs">{rule}</code>], // prettier-ignore
          ['How sure', `${Math.round(finding.confidence * 100)} %`],
          system !== undefined && ['System', <SystemLink key="system" id={system} />],
          ['First seen', <Time key="first" at={finding.firstSeen} />],
          ['Last seen', <Time key="last" at={finding.lastSeen} />],
          suppression && ['Answers for it', suppression.owner],
          suppression && ['Until', <Time key="until" at={suppression.until} absolute />],
          suppression && ['Why', suppression.reason],
        ]}
      />
      <Section title="Where" above="less">
        <PlaceList places={[about === 'model-file' ? { ...place, line: 0 } : place]} />
      </Section>
      <Section title="What to do" above="less">
        <p className="text-sm text-pretty">{sentence(remedy)}</p>
      </Section>
      <Catalogue title="What it opens the door to" ids={finding.threats} to="/catalog/threats/$id" />
      <Catalogue title="What would prevent it" ids={finding.controls} to="/catalog/controls/$id" />
      <Decide finding={finding} />
    </>
  )
}

interface CatalogueProps {
  title: string
  ids: readonly string[]
  to: '/catalog/threats/$id' | '/catalog/controls/$id'
}

function Catalogue({ title, ids, to }: CatalogueProps) {
  if (ids.length === 0) return null
  return (
    <Section title={title} above="less">
      <ul className="grid gap-1 text-sm">
        {ids.map((id) => (
          <li key={id}>
            <TextLink to={to} params={{ id }}>
              {toTitleOfId(id)}
            </TextLink>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Decide({ finding }: { finding: Finding }) {
  const may = useMay()
  const refresh = useRefresh()
  const [leaving, setLeaving] = useState(false)
  const { busy, error, run } = useSubmit(() => Promise.resolve())
  if (!may('risk:write') || finding.state === 'gone') return null
  if (leaving)
    return (
      <div className="mt-6">
        <Leave finding={finding} onDone={() => setLeaving(false)} />
      </div>
    )
  const reopen = () =>
    run(async () => {
      await api.post('/api/scan-findings/:id/reopen', { params: { id: finding.id } })
      await refresh()
      toast('The finding is open again.')
    })
  return (
    <footer className="mt-6 grid gap-3 border-t border-line pt-4">
      <Problem error={error} />
      <div className="flex justify-end">
        {finding.state === 'open' ? (
          <Button onClick={() => setLeaving(true)}>Suppress</Button>
        ) : (
          <Button busy={busy} onClick={() => void reopen()}>
            Open it again
          </Button>
        )}
      </div>
    </footer>
  )
}

function Leave({ finding, onDone }: { finding: Finding; onDone: () => void }) {
  const refresh = useRefresh()
  const { account } = useSession()
  const [owner, setOwner] = useState(account?.email ?? '')
  const [until, setUntil] = useState(inDays(90))
  const [reason, setReason] = useState('')
  const form = useSubmit(async () => {
    await api.post('/api/scan-findings/:id/suppress', {
      params: { id: finding.id },
      body: { owner, reason, until: `${until}T00:00:00.000Z` },
    })
    await refresh()
    toast('It is suppressed until that day.')
    onDone()
  })
  return (
    <Form form={form} action="Suppress it" onCancel={onDone} ground="framed">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Who answers for it?"
          required
          value={owner}
          error={form.errorAt('owner')}
          onChange={(event) => setOwner(event.target.value)}
        />
        <TextField
          label="Until"
          hint="Then it is open again."
          type="date"
          required
          min={inDays(1)}
          max={inDays(MOST_DAYS)}
          value={until}
          error={form.errorAt('until')}
          onChange={(event) => setUntil(event.target.value)}
        />
      </div>
      <TextArea
        label="Why?"
        required
        value={reason}
        error={form.errorAt('reason')}
        onChange={(event) => setReason(event.target.value)}
      />
    </Form>
  )
}
