// What the draft would have done with the calls of the past, before anybody has to live with it.
import { useMutation } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { api, type Reply } from '../../api.ts'
import { formatNumber, plural, toTitleOfId, toWords } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Section } from '../../ui/page.tsx'
import { Problem } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'

type Run = Reply<'POST', '/api/policy/dry-run'>

const HOUR_MS = 3_600_000
const SPANS = [
  { value: '1', label: 'the last hour' },
  { value: '24', label: 'the last day' },
  { value: '168', label: 'the last week' },
]
const MOST_SHOWN = 20

export function DryRun() {
  const [hours, setHours] = useState('24')
  const run = useMutation({
    mutationFn: () =>
      api.post('/api/policy/dry-run', {
        body: { which: 'draft', since: new Date(Date.now() - Number(hours) * HOUR_MS).toISOString() },
      }),
  })
  return (
    <Section title="Dry run" note="sends and changes nothing">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Select
          aria-label="Calls of"
          small
          value={hours}
          options={SPANS}
          onChange={({ target }) => setHours(target.value)}
        />
        <Button icon={FlaskConical} busy={run.isPending} onClick={() => run.mutate()}>
          Try it on past calls
        </Button>
      </div>
      <Problem error={run.error} />
      {run.data && <Outcome run={run.data} />}
    </Section>
  )
}

const LACKS: Readonly<Record<Run['notReplayed'][number]['lacks'], string>> = {
  words: 'the words of the request',
  headers: 'the headers of the client',
  user: 'who the call was for',
  answer: 'how long the answer would have become',
  earlier: 'what was counted before the first of these calls',
}

function Outcome({ run }: { run: Run }) {
  const { calls, changed, noRoute, noRouteNow, byVerdicts, uncertain, isCut, guards, notReplayed, changes } = run
  return (
    <div role="status" className="grid gap-3 text-sm">
      <p>
        <span className="font-medium">
          {changed === 0 ? 'None' : formatNumber(changed)} of {plural(calls, 'call')} would end otherwise.
        </span>{' '}
        {byVerdicts > 0 && (
          <span className="text-ink-2">
            {plural(byVerdicts, 'call')} judged by what the guards said then, because their words were not kept.
          </span>
        )}
        {uncertain > 0 && (
          <span className="text-ink-2"> {plural(uncertain, 'call')} may end otherwise than said here.</span>
        )}
        {isCut && <span className="text-ink-2"> There were more calls than were looked at.</span>}
      </p>
      {noRoute > 0 && (
        <p>
          {plural(noRoute, 'call')} would be refused: the draft has no route for {noRoute === 1 ? 'it' : 'them'}.
          {noRouteNow > 0 && (
            <span className="text-ink-2">
              {' '}
              {noRouteNow === noRoute ? 'Nor' : `For ${formatNumber(noRouteNow)}, nor`} has the policy in force.
            </span>
          )}
        </p>
      )}
      {guards.length > 0 && (
        <ul className="grid gap-1">
          {guards.map(({ guard, gained, lost }) => (
            <li key={guard} className="text-ink-2">
              {toTitleOfId(guard)}: stops or rewrites {formatNumber(gained)} more, {formatNumber(lost)} fewer
            </li>
          ))}
        </ul>
      )}
      {notReplayed.length > 0 && (
        <ul className="grid gap-1" aria-label="What was not known">
          {notReplayed.map(({ guard, lacks, calls: of }) => (
            <li key={`${guard} ${lacks}`} className="text-ink-2">
              {toTitleOfId(guard)}: not known was {LACKS[lacks]} ({plural(of, 'call')})
            </li>
          ))}
        </ul>
      )}
      {changes.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line bg-panel">
          {shownFirst(changes).map(({ id, at, model, before, after }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 px-3.5 py-2">
              <TextLink to="/gateway" search={{ call: id }}>
                {model ?? id}
              </TextLink>
              <span className="text-xs text-ink-3">
                <Time at={at} />
              </span>
              <span className="ml-auto text-ink-2">
                {toWhy(before)} → {toWhy(after)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What guards change says more than what no route takes. */
function shownFirst(changes: Run['changes']): Run['changes'] {
  const isRefused = ({ after }: Run['changes'][number]) => Number(after.action === 'refuse')
  return changes.toSorted((a, b) => isRefused(a) - isRefused(b)).slice(0, MOST_SHOWN)
}

function toWhy({ action, because }: Run['changes'][number]['after']): string {
  if (action === 'refuse') return `${toWords(action)}: no route`
  return because.length > 0 ? `${toWords(action)} by ${because.map(toTitleOfId).join(', ')}` : toWords(action)
}
