// The draft of the next policy: its words, what is wrong with them, what would change, what it would have done, and its
// publication.
import { useMutation, useQuery } from '@tanstack/react-query'
import { FilePen, Save, Trash2, Upload } from 'lucide-react'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useWords } from '../../lib/words.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Code } from '../../ui/code.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { EmptyState, Problem } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { DryRun } from './dry-run.tsx'
import { ofDraft } from './of-draft.ts'
import { type InForce, type PolicyBody, toBody } from './policy-body.ts'
import { DraftDifference } from './policy-difference.tsx'

export function PolicyDraft({ inForce }: { inForce: InForce }) {
  const may = useMay()
  const refresh = useRefresh()
  const begin = useMutation({
    mutationFn: () => api.put('/api/policy/draft', { body: toBody(inForce.policy) as never }),
    onSuccess: refresh,
  })
  if (inForce.draft === undefined)
    return (
      <EmptyState
        icon={FilePen}
        title="No draft waits"
        action={
          may('policy:write') && (
            <Button variant="primary" icon={FilePen} busy={begin.isPending} onClick={() => begin.mutate()}>
              Begin one from what is in force
            </Button>
          )
        }
      >
        A draft changes nothing until it is published. Change a mode under Guards, or write it here as a whole.
      </EmptyState>
    )
  return <Waiting inForce={inForce} base={inForce.draft.base} />
}

function Waiting({ inForce, base }: { inForce: InForce; base: number }) {
  const current = inForce.version?.number ?? 0
  const draft = useQuery(ofDraft(read('/api/policy', { query: { which: 'draft' } }), inForce))
  const may = useMay()
  return (
    <Loaded query={draft}>
      {({ hash, policy }) => (
        <div className="grid items-start gap-8 xl:grid-cols-2">
          <div>
            {base !== current && (
              <p role="alert" className="mb-4 rounded-md bg-warn-soft px-3 py-2.5 text-sm text-warn">
                It was made from version {base}, and version {current} is in force by now. Save it again to build on
                that.
              </p>
            )}
            <Editor key={hash} body={toBody(policy)} isFixed={!may('policy:write')} />
          </div>
          <div>
            <Verdict key={hash} inForce={inForce} />
            <DraftDifference inForce={inForce} />
            <DryRun key={`dry ${hash}`} />
          </div>
        </div>
      )}
    </Loaded>
  )
}

function Editor({ body, isFixed }: { body: PolicyBody; isFixed: boolean }) {
  const refresh = useRefresh()
  const [text, setText] = useState(() => JSON.stringify(body, null, 2))
  const [dropping, setDropping] = useState(false)
  const { busy, error, submit } = useSubmit(async () => {
    await api.put('/api/policy/draft', { body: JSON.parse(text) as never })
    await refresh()
  })
  return (
    <form onSubmit={submit} className="grid gap-3">
      <TextArea
        label="The policy as JSON"
        rows={26}
        spellCheck={false}
        readOnly={isFixed}
        value={text}
        onChange={({ target }) => setText(target.value)}
        hint="upstreams, routes and guards, as docs/reference/config.md describes them."
      />
      <Problem error={error} />
      {!isFixed && (
        <div className="flex gap-2">
          <Button type="submit" icon={Save} busy={busy}>
            Save the draft
          </Button>
          <Button variant="quiet" icon={Trash2} onClick={() => setDropping(true)}>
            Throw it away
          </Button>
        </div>
      )}
      {dropping && (
        <Confirm
          title="Throw the draft away?"
          action="Throw it away"
          onClose={() => setDropping(false)}
          onConfirm={async () => {
            await api.delete('/api/policy/draft')
            await refresh()
          }}
        >
          What is in force stays in force.
        </Confirm>
      )}
    </form>
  )
}

type Checked = Reply<'POST', '/api/policy/check'>

function Verdict({ inForce }: { inForce: InForce }) {
  const may = useMay()
  const check = useQuery(
    ofDraft({ queryKey: ['/api/policy/check'], queryFn: () => api.post('/api/policy/check', { body: {} }) }, inForce),
  )
  return (
    <Section title="Check">
      <Loaded query={check}>
        {(checked) => (
          <div className="grid gap-4">
            <Findings checked={checked} />
            {may('policy:write') && <Publish ready={checked.ok} />}
          </div>
        )}
      </Loaded>
    </Section>
  )
}

function Findings({ checked: { ok, issues, notices } }: { checked: Checked }) {
  return (
    <div className="grid gap-2 text-sm">
      {ok && <p className="text-good">It makes sense and can be published.</p>}
      {!ok && (
        <ul role="alert" className="grid gap-1 rounded-md bg-bad-soft px-3 py-2.5 text-bad">
          {issues.map(({ path, message, suggestion }) => (
            <li key={path + message}>
              <Code>{path}</Code>: {message}
              {suggestion && `. Did you mean ${suggestion}?`}
            </li>
          ))}
        </ul>
      )}
      {notices.map((notice) => (
        <p key={notice} className="rounded-md bg-warn-soft px-3 py-2 text-warn">
          {notice}
        </p>
      ))}
    </div>
  )
}

function Publish({ ready }: { ready: boolean }) {
  const refresh = useRefresh()
  const [, set] = useWords()
  const [note, setNote] = useState('')
  const { busy, error, errorAt, submit } = useSubmit(async () => {
    const { number } = await api.post('/api/policy/publish', { body: { note } })
    toast(`Version ${number} is in force.`)
    set({ tab: 'versions' })
    await refresh()
  })
  return (
    <form onSubmit={submit} className="grid gap-3">
      <TextArea
        label="Why"
        rows={2}
        required
        value={note}
        error={errorAt('note')}
        onChange={({ target }) => setNote(target.value)}
        hint="Needed to publish. It stands in the list of versions."
      />
      <Problem error={error} />
      <div>
        <Button type="submit" variant="primary" icon={Upload} busy={busy} disabled={!ready || note.trim() === ''}>
          Publish
        </Button>
      </div>
    </form>
  )
}
