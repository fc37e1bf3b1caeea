// Asks about a system only what no fact answers, the most decisive question first. An answer is recorded as a fact in one's
// name, and whatever follows from it is derived at once: often that answers other questions too.
import { useQuery } from '@tanstack/react-query'
import { CircleCheckBig } from 'lucide-react'
import { useState } from 'react'
import type { FactValue } from '../../../src/model/fact.ts'
import { api, read, type Reply } from '../../api.ts'
import { inSentence, plural, toWords } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useMay } from '../../session.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FactField } from '../../ui/fact-field.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { EmptyState, Problem } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { toast } from '../../ui/toast.tsx'
import { toSentFact } from './sent-fact.ts'

type Question = Reply<'GET', '/api/systems/:id/questions'>['items'][number]

export function Interview({ system }: { system: string }) {
  const [{ ask }, set] = useWords()
  const query = useQuery(read('/api/systems/:id/questions', { params: { id: system }, query: { limit: 200 } }))
  return (
    <Loaded query={query}>
      {({ items }) => {
        const now = items.find(({ key }) => key === ask) ?? items[0]
        if (!now) return <NothingLeft system={system} />
        const after = items[(items.indexOf(now) + 1) % items.length]
        return (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <Ask
              key={now.key}
              system={system}
              question={now}
              left={items.length}
              onLater={after && after !== now ? () => set({ ask: after.key }) : undefined}
            />
            <Queue items={items} now={now} />
          </div>
        )
      }}
    </Loaded>
  )
}

interface AskProps {
  system: string
  question: Question
  left: number
  onLater: (() => void) | undefined
}

function Ask({ system, question, left, onLater }: AskProps) {
  const [value, setValue] = useState<FactValue | undefined>()
  const [, set] = useWords()
  const may = useMay()
  const refresh = useRefresh()
  const form = useSubmit(async () => {
    if (value === undefined) return
    await api.post('/api/assets/:id/facts', {
      params: { id: system },
      body: { key: question.key, value: toSentFact(value) },
    })
    await refresh()
    set({ ask: undefined })
    toast('Your answer is recorded.')
  })
  const { settles, threats, risks, duties, why, key, topic } = question
  return (
    <form onSubmit={form.submit} className="grid content-start gap-5 rounded-md border border-line bg-panel p-5">
      <div className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
        <span>{toWords(topic)}</span>
        <span aria-live="polite">{plural(left, 'question')} left</span>
        {why === 'conflict' && <Badge tone="warn">sources disagree</Badge>}
      </div>
      <Problem error={form.error} />
      {why === 'conflict' && (
        <p className="text-sm text-ink-2">
          Sources say different things, so it counts as not known. See{' '}
          <TextLink to="/systems/$id" params={{ id: system }} search={{ tab: 'facts', fact: key }}>
            who says what
          </TextLink>{' '}
          and take back the claim that is wrong.
        </p>
      )}
      <FactField
        of={{ id: key, question: question.question, type: question.type, values: question.values }}
        value={value}
        onChange={setValue}
        disabled={!may('asset:write')}
      />
      <div className="grid gap-1 border-l-2 border-accent pl-3 text-sm text-ink-2">
        <p>
          {settles > 0
            ? `The most telling answer settles ${plural(settles, 'verdict')} at once.`
            : 'No answer settles a verdict alone; it narrows several.'}
        </p>
        <p className="text-xs text-ink-3">{changes(threats, risks, duties)}</p>
      </div>
      <footer className="flex flex-wrap gap-2">
        {may('asset:write') && (
          <Button type="submit" variant="primary" busy={form.busy} disabled={value === undefined}>
            Record my answer
          </Button>
        )}
        {onLater && <Button onClick={onLater}>I do not know, ask the next</Button>}
      </footer>
    </form>
  )
}

const MOST_NAMED = 4

function changes(threats: readonly string[], risks: readonly string[], duties: boolean): string {
  const named = [...new Set([...threats, ...risks])]
  const some = named.slice(0, MOST_NAMED).map((id) => inSentence(id))
  const more = named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : ''
  const about = named.length > 0 ? `It decides about ${some.join(', ')}${more}.` : ''
  return [about, duties ? 'It may change the duties under the EU AI Act.' : ''].filter(Boolean).join(' ')
}

function Queue({ items, now }: { items: readonly Question[]; now: Question }) {
  return (
    <Section title="What is open" count={items.length} above="none" note="most decisive first">
      <ol className="max-h-[34rem] divide-y divide-line overflow-y-auto rounded-md border border-line text-sm">
        {items.map(({ key, question, settles }) => (
          <li key={key} className="group relative flex items-baseline gap-3 px-3 py-2 hover:bg-hover">
            <TextLink
              to="."
              search={(before: Search) => ({ ...before, ask: key })}
              resetScroll={false}
              aria-current={key === now.key ? 'step' : undefined}
              data-row=""
              className="min-w-0 grow text-ink! no-underline! after:absolute after:inset-0 aria-[current=step]:font-medium"
            >
              {question}
            </TextLink>
            <span className="tabular text-xs text-ink-3" title="verdicts that the most telling answer settles">
              {settles || ''}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function NothingLeft({ system }: { system: string }) {
  return (
    <EmptyState
      icon={CircleCheckBig}
      title="Nothing is left to ask"
      action={
        <ButtonLink to="/systems/$id" params={{ id: system }} search={{ tab: 'facts' }}>
          What is known
        </ButtonLink>
      }
    >
      What is known decides every threat. A new fact, a new part or a newer catalogue may raise questions again.
    </EmptyState>
  )
}
