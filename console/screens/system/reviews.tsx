// Reviews of a system: whether one is due and why, those that were held, and what they found that is not settled yet.
import { useQuery } from '@tanstack/react-query'
import { CalendarCheck, CalendarClock } from 'lucide-react'
import { useState } from 'react'
import { api, read } from '../../api.ts'
import { formatDay, toWords } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useWords } from '../../lib/words.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { useNames } from '../log/names.tsx'
import { HoldReview } from './hold-review.tsx'
import { OUTCOME_WORDS, type Review } from './review-words.ts'

type Finding = Review['findings'][number]

const OUTCOME_TONE = { fit: 'good', 'fit-with-conditions': 'warn', 'not-fit': 'bad' } as const

export function Reviews({ system }: { system: string }) {
  const [{ review }, set] = useWords()
  const may = useMay()
  const query = useQuery(read('/api/reviews', { query: { system, limit: 10 } }))
  return (
    <Section
      title="Reviews"
      actions={
        may('risk:write') && (
          <Button small onClick={() => set({ review: 'new' })}>
            Record a review
          </Button>
        )
      }
    >
      <Due system={system} />
      <Loaded query={query}>
        {({ items }) => (
          <ul className="mt-3 grid gap-3">
            {items.map((one) => (
              <Held key={one.id} review={one} />
            ))}
          </ul>
        )}
      </Loaded>
      {review === 'new' && <HoldReview system={system} onClose={() => set({ review: undefined })} />}
    </Section>
  )
}

function Due({ system }: { system: string }) {
  const query = useQuery(read('/api/systems/:system/review', { params: { system } }))
  return (
    <Loaded query={query}>
      {(due) =>
        due.state === 'not-due' ? (
          <p className="flex items-center gap-2 text-sm text-ink-2">
            <CalendarCheck size={16} aria-hidden className="shrink-0 text-good-mark" />
            <span>
              The next one is due <Time at={due.next} />.
            </span>
          </p>
        ) : (
          <div className="flex gap-2.5 rounded-md bg-warn-soft px-3 py-2.5 text-sm text-warn">
            <CalendarClock size={16} aria-hidden className="mt-0.5 shrink-0" />
            <div>
              <p className="font-medium">
                {due.state === 'overdue' ? 'A review is overdue' : 'A review is due'} since {formatDay(due.since)}.
              </p>
              <ul>
                {due.why.map((why) => (
                  <li key={why}>{toWords(why)}</li>
                ))}
              </ul>
            </div>
          </div>
        )
      }
    </Loaded>
  )
}

function Held({ review }: { review: Review }) {
  const nameOf = useNames()
  return (
    <li className="rounded-md border border-line p-4 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={OUTCOME_TONE[review.outcome]}>{OUTCOME_WORDS[review.outcome]}</Badge>
        <span className="text-ink-3">
          {nameOf('account', review.by) ?? review.by}, <Time at={review.at} />
        </span>
      </p>
      <p className="mt-2 whitespace-pre-line">{review.summary}</p>
      {review.findings.length > 0 && (
        <ul className="mt-3 divide-y divide-line border-t border-line">
          {review.findings.map((finding) => (
            <FindingRow key={finding.n} review={review.id} finding={finding} />
          ))}
        </ul>
      )}
    </li>
  )
}

function FindingRow({ review, finding }: { review: string; finding: Finding }) {
  const [settling, setSettling] = useState(false)
  const may = useMay()
  const { n, what, owner, due, overdue, state, how } = finding
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 grow basis-60">
        <p>{what}</p>
        <p className="text-xs text-ink-3">
          {owner}, {state === 'settled' ? `settled: ${how ?? ''}` : `due ${formatDay(due)}`}
        </p>
      </div>
      {overdue && <Badge tone="bad">overdue</Badge>}
      {state === 'settled' ? (
        <Badge tone="good">settled</Badge>
      ) : (
        may('risk:write') && (
          <Button small onClick={() => setSettling(true)}>
            Settle it
          </Button>
        )
      )}
      {settling && <Settle review={review} n={n} what={what} onClose={() => setSettling(false)} />}
    </li>
  )
}

function Settle({ review, n, what, onClose }: { review: string; n: number; what: string; onClose: () => void }) {
  const [how, setHow] = useState('')
  const refresh = useRefresh()
  const form = useSubmit(async () => {
    await api.post('/api/reviews/:id/settle', { params: { id: review }, body: { finding: n, how } })
    await refresh()
    onClose()
  })
  return (
    <Dialog title="Settle a finding" description={what} onClose={onClose}>
      <Form form={form} action="It is settled" onCancel={onClose}>
        <TextArea
          label="What was done?"
          required
          maxLength={2000}
          value={how}
          error={form.errorAt('how')}
          onChange={(event) => setHow(event.target.value)}
        />
      </Form>
    </Dialog>
  )
}
