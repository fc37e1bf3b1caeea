// Where a supplier answers, by a link and without an account: one question for each measure, with what the answer rests on.
// What is left out stays unknown, and the page says so.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Reply } from '../../api.ts'
import { formatDay, plural, toWords } from '../../lib/format.ts'
import { forgetSecret, useLinkSecret } from '../../lib/link-secret.ts'
import { type Submission, useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/fact-field.tsx'
import { SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { Problem, SkeletonLines } from '../../ui/states.tsx'
import { oneOf, toOptions } from '../inventory/words.ts'
import { Frame } from '../session/frame.tsx'
import { type Answer, GROUND_WORDS, SAYS_WORDS } from './words.ts'

type Questions = Reply<'POST', '/api/assurance-links/inspect'>
type Given = Omit<Answer, 'validUntil' | 'measure'>

export function AnswerQuestions() {
  const { secret, tries } = useLinkSecret()
  const link = useQuery({
    queryKey: ['assurance-link', tries],
    queryFn: () => api.post('/api/assurance-links/inspect', { body: { secret } }),
    enabled: secret !== '',
    retry: false,
    staleTime: Infinity,
  })
  if (secret === '')
    return (
      <Frame title="This link is not complete" lead="It ends with # and a long word. Copy all of it.">
        <p className="text-sm text-ink-2">Whoever sent it can make a new one.</p>
      </Frame>
    )
  if (link.error)
    return (
      <Frame title="This link does not work" lead="It may have run out, or the questions were answered or taken back.">
        <Problem error={link.error} />
      </Frame>
    )
  if (!link.data)
    return (
      <Frame title="One moment">
        <SkeletonLines lines={4} />
      </Frame>
    )
  return <Questionnaire key={tries} secret={secret} of={link.data} />
}

function Questionnaire({ secret, of: { supplier, until, returned, questions } }: { secret: string; of: Questions }) {
  const [name, setName] = useState('')
  const [given, setGiven] = useState<Readonly<Record<string, Given>>>({})
  const [received, setReceived] = useState<number>()
  const form = useSubmit(async () => {
    const answers = Object.entries(given).map(([measure, answer]) => toSent(measure, answer))
    const reply = await api.post('/api/assurance-links/answer', { body: { secret, name, answers } })
    forgetSecret()
    setReceived(reply.received)
  })
  if (received !== undefined)
    return (
      <Frame
        title="Thank you"
        lead={`${received} of ${plural(questions.length, 'answer')} arrived. They are read by a person before they count.`}
      >
        <p className="text-sm text-ink-2">This page can be closed.</p>
      </Frame>
    )
  const count = Object.keys(given).length
  const controls = Map.groupBy(questions, ({ control }) => control)
  return (
    <Frame
      wide
      title={`Questions for ${supplier}`}
      lead={`About the controls that are yours in a system that uses what you supply. The link works until ${formatDay(until)}. What you leave out stays unknown.`}
    >
      {returned !== undefined && (
        <p className="mb-5 rounded-md bg-warn-soft px-3 py-2.5 text-sm text-warn">Your answers came back: {returned}</p>
      )}
      <form onSubmit={form.submit} className="grid gap-8">
        {[...controls].map(([control, those]) => (
          <section key={control} aria-label={toWords(control)} className="grid gap-4">
            <h2 className="text-md font-semibold">{toWords(control)}</h2>
            {those.map((question) => (
              <QuestionField
                key={question.measure}
                question={question}
                given={given[question.measure]}
                at={Object.keys(given).indexOf(question.measure)}
                errorAt={form.errorAt}
                onChange={(answer) => setGiven((before) => withAnswer(before, question.measure, answer))}
              />
            ))}
          </section>
        ))}
        <div className="grid gap-4 border-t border-line pt-6">
          <Problem error={form.error} />
          <TextField
            label="Your name"
            required
            maxLength={200}
            value={name}
            error={form.errorAt('name')}
            onChange={(event) => setName(event.target.value)}
            autoComplete="name"
          />
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-sm text-ink-3">
              {count} of {plural(questions.length, 'question')} answered. Answers are sent once.
            </p>
            <Button type="submit" variant="primary" busy={form.busy} disabled={count === 0}>
              Send the answers
            </Button>
          </div>
        </div>
      </form>
    </Frame>
  )
}

interface QuestionFieldProps {
  question: Questions['questions'][number]
  given: Given | undefined
  /** Where it stands among the answers that are sent. */
  at: number
  errorAt: Submission['errorAt']
  onChange: (answer: Given | undefined) => void
}

function QuestionField({ question: { measure, what, evidence }, given, at, errorAt, onChange }: QuestionFieldProps) {
  const start: Given = given ?? { says: 'unknown', ground: 'questionnaire', text: '' }
  return (
    <fieldset className="grid gap-3 rounded-md border border-line p-4">
      <legend className="float-left w-full text-sm font-medium text-pretty">{what}</legend>
      <p className="clear-both text-xs text-ink-3">We would like to see: {evidence}</p>
      <div className="flex flex-wrap gap-1.5">
        {Object.entries(SAYS_WORDS).map(([value, label]) => (
          <Choice
            key={value}
            type="radio"
            name={measure}
            checked={given?.says === value}
            onChange={() => onChange({ ...start, says: oneOf(SAYS_WORDS, value) ?? 'unknown' })}
          >
            {label}
          </Choice>
        ))}
      </div>
      {given && (
        <div className="grid gap-3 sm:grid-cols-2">
          <SelectField
            label="It rests on"
            value={given.ground}
            options={toOptions(GROUND_WORDS)}
            onChange={(event) =>
              onChange({ ...given, ground: oneOf(GROUND_WORDS, event.target.value) ?? given.ground })
            }
          />
          <TextField
            label="Where it can be read"
            hint="Number of a report, clause of a contract."
            value={given.reference ?? ''}
            error={errorAt(`answers[${at}].reference`)}
            maxLength={300}
            onChange={(event) => onChange({ ...given, reference: event.target.value })}
          />
          <div className="sm:col-span-2">
            <TextArea
              label="In your words"
              required
              maxLength={2000}
              value={given.text}
              error={errorAt(`answers[${at}].text`)}
              onChange={(event) => onChange({ ...given, text: event.target.value })}
            />
          </div>
          <div>
            <Button small variant="quiet" onClick={() => onChange(undefined)}>
              Leave this one out
            </Button>
          </div>
        </div>
      )}
    </fieldset>
  )
}

function toSent(measure: string, { says, ground, text, reference = '' }: Given) {
  return { measure, says, ground, text, ...(reference.trim() && { reference: reference.trim() }) }
}

function withAnswer(before: Readonly<Record<string, Given>>, measure: string, answer: Given | undefined) {
  const { [measure]: _, ...others } = before
  return answer ? { ...before, [measure]: answer } : others
}
