// The answers of a supplier, to be read: what is believed becomes evidence, what is not stays unknown.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, read } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice } from '../../ui/fact-field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Problem } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { type Answer, type Assurance, GROUND_WORDS, SAYS_WORDS, STATE_WORDS } from './words.ts'

const TONE = { yes: 'good', partly: 'warn', no: 'bad', unknown: 'neutral' } as const

export function ReadAnswers({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(read('/api/assurance/:id', { params: { id } }))
  return (
    <Dialog
      drawer
      title={query.data ? `${query.data.supplier} on ${query.data.system ?? 'its part'}` : 'A supplier'}
      description={query.data && STATE_WORDS[query.data.state]}
      onClose={onClose}
    >
      <Loaded query={query}>
        {(assurance) =>
          assurance.answers ? (
            <Answers assurance={assurance} answers={assurance.answers} onDone={onClose} />
          ) : (
            <ul className="grid gap-2 text-sm">
              {assurance.questions.map(({ measure, what }) => (
                <li key={measure}>{what}</li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Dialog>
  )
}

interface AnswersProps {
  assurance: Assurance
  answers: readonly Answer[]
  onDone: () => void
}

function Answers({ assurance, answers, onDone }: AnswersProps) {
  const [believed, setBelieved] = useState<Readonly<Record<string, boolean>>>({})
  const may = useMay()
  const refresh = useRefresh()
  const { id, state, questions, judged, answeredBy, answeredAt } = assurance
  const form = useSubmit(async () => {
    const verdicts = answers.map(({ measure }) => ({ measure, believed: believed[measure] ?? false }))
    const reviewed = await api.post('/api/assurance/:id/review', { params: { id }, body: { judged: verdicts } })
    await refresh()
    toast(`${plural(reviewed.evidence?.length ?? 0, 'answer')} became evidence.`)
    onDone()
  })
  const open = state === 'answered' && may('evidence:write')
  const missing = questions.length - answers.length
  const decided = answers.filter(({ measure }) => believed[measure] !== undefined).length
  return (
    <form onSubmit={form.submit} className="grid gap-4 text-sm">
      <p className="text-ink-3">
        {answeredBy}
        {answeredAt && (
          <>
            , <Time at={answeredAt} />
          </>
        )}
        {missing > 0 && `; ${plural(missing, 'question')} left out stay unknown`}
      </p>
      {answers.map((answer) => (
        <fieldset key={answer.measure} className="rounded-md border border-line p-3.5">
          <legend className="float-left mb-1 w-full font-medium text-pretty">
            {questions.find(({ measure }) => measure === answer.measure)?.what ?? answer.measure}
          </legend>
          <p className="clear-both flex flex-wrap items-center gap-2 text-xs text-ink-3">
            <Badge tone={TONE[answer.says]}>{SAYS_WORDS[answer.says]}</Badge>
            {GROUND_WORDS[answer.ground]}
            {answer.reference && `, ${answer.reference}`}
          </p>
          <p className="mt-2 break-words whitespace-pre-line">{answer.text}</p>
          {open ? (
            <div className="mt-3 flex flex-wrap gap-1.5">
              <Choice
                type="radio"
                name={answer.measure}
                checked={believed[answer.measure] === true}
                onChange={() => setBelieved({ ...believed, [answer.measure]: true })}
              >
                I believe it
              </Choice>
              <Choice
                type="radio"
                name={answer.measure}
                checked={believed[answer.measure] === false}
                onChange={() => setBelieved({ ...believed, [answer.measure]: false })}
              >
                I do not
              </Choice>
            </div>
          ) : (
            <p className="mt-2 text-xs text-ink-3">{judgedAs(judged, answer.measure)}</p>
          )}
        </fieldset>
      ))}
      {open && (
        <>
          <Problem error={form.error} />
          <footer className="flex items-center justify-end gap-3">
            <span className="text-xs text-ink-3">
              {decided} of {answers.length} judged
            </span>
            <Button type="submit" variant="primary" busy={form.busy} disabled={decided < answers.length}>
              Keep what is believed
            </Button>
          </footer>
        </>
      )}
    </form>
  )
}

function judgedAs(judged: Assurance['judged'], measure: string): string {
  const verdict = judged?.find((one) => one.measure === measure)
  if (!verdict) return 'Not judged yet.'
  const said = verdict.believed ? 'Believed' : 'Not believed'
  return verdict.why ? `${said}: ${verdict.why}` : `${said}.`
}
