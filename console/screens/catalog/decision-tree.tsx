// The Exchange's decision tree: the questions in their order, and what each answer brings in, leaves out or raises.
import { useQuery } from '@tanstack/react-query'
import { read, type Reply } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { Applies } from './expression.tsx'
import type { Reference } from './kinds.ts'
import { RefLink, RefList } from './parts.tsx'

type Tree = Reply<'GET', '/api/catalog/decision-tree'>
type Question = Tree['questions'][number]
type Answer = Question['answers'][number]

export function DecisionTree() {
  const query = useQuery({ ...read('/api/catalog/decision-tree'), staleTime: Infinity })
  return (
    <Page
      title="Decision tree"
      lead="Which threats are worth looking at, question by question. A threat is in scope when its own rule holds; the tree gives the order and the words."
    >
      <Loaded query={query}>
        {(tree) => (
          <>
            <ol className="grid gap-4">
              {tree.questions.map((question) => (
                <li key={question.id}>
                  <QuestionCard question={question} />
                </li>
              ))}
            </ol>
            <Section title="Where earlier editions decided otherwise" count={tree.ruleConflicts.length} above="more">
              <ul className="divide-y divide-line rounded-md border border-line text-sm">
                {tree.ruleConflicts.map(({ id, why, resolution }) => (
                  <li key={id} className="flex items-baseline gap-3 px-4 py-2.5">
                    <span className="min-w-0 grow">{why}</span>
                    <Badge>{resolution === 'both' ? 'Both hold' : 'Today’s rule holds'}</Badge>
                  </li>
                ))}
              </ul>
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function QuestionCard({ question }: { question: Question }) {
  const names = Object.fromEntries(question.facts.map(({ id, name }) => [id, name]))
  return (
    <section aria-labelledby={question.id} className="overflow-hidden rounded-md border border-line">
      <header className="flex items-baseline gap-3 border-b border-line bg-sunken px-4 py-3">
        <span className="tabular text-sm text-ink-3">{question.order}</span>
        <div className="min-w-0">
          <h2 id={question.id} className="font-semibold">
            {question.question}
          </h2>
          <p className="text-xs text-ink-3">{toWords(question.impact)}</p>
        </div>
      </header>
      <div className="divide-y divide-line">
        {question.answers.map((answer) => (
          <div
            key={JSON.stringify(answer.when)}
            className="grid gap-x-8 gap-y-3 px-4 py-3.5 lg:grid-cols-[20rem_minmax(0,1fr)]"
          >
            <Applies when={answer.when} questions={names} bare />
            <Brings answer={answer} />
          </div>
        ))}
      </div>
    </section>
  )
}

function Brings({ answer }: { answer: Answer }) {
  const nothing = [answer.candidates, answer.ignore, answer.raises, answer.conditional, answer.verify].every(
    (items) => items.length === 0,
  )
  return (
    <div className="grid content-start gap-2 text-sm">
      <Line name="Brings in" items={answer.candidates} />
      {answer.conditional.length > 0 && (
        <div className="flex flex-wrap gap-x-3 gap-y-1">
          <span className="w-24 shrink-0 text-ink-3">Only with</span>
          <ul className="grid min-w-0 flex-1 gap-1">
            {answer.conditional.map(({ threat, needs }) => (
              <li key={threat.id}>
                <RefLink to={threat} />{' '}
                <span className="text-ink-2">needs {needs.map((need) => need.replaceAll('-', ' ')).join(' and ')}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Line name="Leaves out" items={answer.ignore} />
      <Line name="Raises" items={answer.raises} />
      <Line name="Verify" items={answer.verify} />
      {answer.responsible && (
        <p className="flex gap-3">
          <span className="w-24 shrink-0 text-ink-3">Must act</span>
          {toWords(answer.responsible)}
        </p>
      )}
      {nothing && !answer.responsible && <p className="text-ink-3">Changes nothing.</p>}
      {answer.note && <p className="text-xs text-pretty text-ink-3">{answer.note}</p>}
    </div>
  )
}

function Line({ name, items }: { name: string; items: readonly Reference[] }) {
  if (items.length === 0) return null
  return (
    <div className="flex flex-wrap gap-x-3 gap-y-1">
      <span className="w-24 shrink-0 text-ink-3">{name}</span>
      <div className="min-w-0 flex-1">
        <RefList items={items} />
      </div>
    </div>
  )
}
