// Verification for everyone: this log in this browser, a report from a file, and the server's own audit of its rows.
import { useMutation, useQuery } from '@tanstack/react-query'
import { FileUp, ShieldCheck, Stethoscope } from 'lucide-react'
import { type DragEvent, useId, useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { formatNumber, plural, toWords } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/class.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Problem } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { VerdictView } from './steps.tsx'
import { checkFiles, checkLog, forgetKept, hasKept, trustedKey } from './verifier.ts'

export function Verify() {
  const log = useQuery(read('/api/log'))
  return (
    <Page
      title="Verify"
      lead="Nothing here asks you to believe the server. The checks run in this browser with the same file that auditors use, and need only the public key."
    >
      <div className="grid gap-x-10 gap-y-10 lg:grid-cols-2">
        <Section title="This log">
          <ThisLog />
        </Section>
        <Section title="A report or a proof" above="none">
          <Loaded query={log}>{(data) => <AFile log={data} />}</Loaded>
        </Section>
      </div>
      <Section title="Audit of every row" above="more">
        <Audit />
      </Section>
      <Section title="Without this console" above="more">
        <p className="max-w-[68ch] text-sm text-ink-2">
          The verifier is one file without dependencies:{' '}
          <a href="/verify.mjs" download className="link">
            verify.mjs
          </a>
          . Give it to an auditor with a report:{' '}
          <code className="rounded-xs bg-sunken px-1.5 py-0.5 font-mono text-xs">
            node verify.mjs parapet-report.json --key KEY
          </code>
        </p>
      </Section>
    </Page>
  )
}

function ThisLog() {
  const [kept, setKept] = useState(hasKept)
  const [forgetting, setForgetting] = useState(false)
  const check = useMutation({ mutationFn: () => checkLog(), onSettled: () => setKept(hasKept()) })
  return (
    <div className="grid gap-3">
      <p className="text-sm text-pretty text-ink-2">
        Fetches the newest entries with their proofs, checks the signature and each path through the tree, and that the
        log still begins with what this browser verified before.
      </p>
      <Problem error={check.error} />
      {check.data && (
        <VerdictView verdict={check.data}>
          {plural(check.data.entries, 'entry', 'entries')} checked{check.data.omitted ? ', the newest' : ''}; the log
          has {formatNumber(check.data.size ?? 0)}.
        </VerdictView>
      )}
      <div>
        <Button variant="primary" icon={ShieldCheck} busy={check.isPending} onClick={() => check.mutate()}>
          {check.data ? 'Verify again' : 'Verify in this browser'}
        </Button>
        {kept && (
          <Button variant="quiet" onClick={() => setForgetting(true)} className="ml-2">
            Forget what was kept…
          </Button>
        )}
      </div>
      {forgetting && (
        <Confirm
          title="Forget what this browser kept?"
          action="Forget it"
          onClose={() => setForgetting(false)}
          onConfirm={async () => {
            forgetKept()
            setKept(false)
            check.reset()
          }}
        >
          The key that this browser saw first and the last checkpoint that verified here. Forget them only when you know
          why the log is another one, after a new installation for example. Until you verify again, a rollback goes
          unnoticed here.
        </Confirm>
      )}
    </div>
  )
}

const FROM = {
  kept: 'The key that this browser saw first.',
  server: 'The server’s own word. For a check that counts, paste the key you kept elsewhere.',
  given: 'The key you gave.',
} as const

function AFile({ log }: { log: Reply<'GET', '/api/log'> }) {
  const offered = trustedKey(log.origin, log.verifierKeys[0] ?? log.verifierKey)
  const [key, setKey] = useState(offered.key)
  const [over, setOver] = useState(false)
  const id = useId()
  const check = useMutation({
    mutationFn: async (files: readonly File[]) => ({
      name: files.map(({ name }) => name).join(' and '),
      verdict: await checkFiles(files, key.trim()),
    }),
  })
  function choose(files: FileList | null) {
    if (files && files.length > 0) check.mutate([...files])
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    choose(event.dataTransfer.files)
  }
  return (
    <div className="grid gap-3">
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is an extra; the field inside does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          'rounded-md border border-dashed px-4 py-6 text-center text-sm transition-colors',
          over ? 'border-accent bg-accent-soft' : 'border-line-strong/60',
        )}
      >
        <FileUp size={20} strokeWidth={1.6} aria-hidden className="mx-auto mb-2 text-ink-3" />
        <label htmlFor={id} className="link cursor-pointer has-focus-visible:outline-2">
          Choose a file
        </label>{' '}
        <span className="text-ink-2">
          or drop it here: a report (.html, .json), a .tlog-proof, or any file of a report together with its .proof.json
        </span>
        <input
          id={id}
          type="file"
          multiple
          accept=".html,.json,.tlog-proof,.csv,.pdf,application/json,text/html,text/plain"
          onChange={(event) => {
            choose(event.target.files)
            event.target.value = ''
          }}
          className="sr-only peer"
        />
      </div>
      <TextField
        label="Public key you trust"
        value={key}
        onChange={(event) => setKey(event.target.value)}
        hint={FROM[key === offered.key ? offered.from : 'given']}
        spellCheck={false}
        autoComplete="off"
        className="font-mono text-xs"
      />
      <Problem error={check.error} />
      {check.data && (
        <VerdictView verdict={check.data.verdict}>{check.data.name} is whole and signed by the key above.</VerdictView>
      )}
    </div>
  )
}

function Audit() {
  const audit = useMutation({ mutationFn: () => api.post('/api/log/audit', { body: {} }) })
  const { data } = audit
  return (
    <div className="grid max-w-3xl gap-3">
      <p className="text-sm text-pretty text-ink-2">
        The server reads its whole log again, compares rows, tree and checkpoints, and names what it finds: an edited or
        deleted entry, a cut tail, a reordering, a rollback.
      </p>
      <Problem error={audit.error} />
      {data && (
        <div
          role="status"
          data-audit={data.ok ? 'ok' : 'findings'}
          className="animate-appear overflow-hidden rounded-md border border-line text-sm"
        >
          <p className={cx('px-4 py-2.5 font-medium', data.ok ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad')}>
            {data.ok ? 'Nothing was done to the log' : plural(data.findings.length, 'finding')}
            <span className="ml-2 font-normal">
              {plural(data.entries, 'entry', 'entries')}, {plural(data.checkpoints, 'checkpoint')} and{' '}
              {plural(data.attachments, 'attached file')} read
            </span>
          </p>
          {data.findings.length > 0 && (
            <ul className="divide-y divide-line">
              {data.findings.map((finding) => (
                <li
                  key={finding.attack + finding.index + finding.message}
                  className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2"
                >
                  <Badge tone="bad">{toWords(finding.attack)}</Badge>
                  <span>{finding.message}</span>
                  <TextLink to="/log/$index" params={{ index: String(finding.index) }} className="text-xs">
                    entry {finding.index}
                  </TextLink>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <div>
        <Button icon={Stethoscope} busy={audit.isPending} onClick={() => audit.mutate()}>
          Audit the log
        </Button>
      </div>
    </div>
  )
}
