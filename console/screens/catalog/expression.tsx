// "When it applies", from the catalogue's rule to something a person reads. Each fact leads to its question.
import { Link } from '@tanstack/react-router'
import { inSentence } from '../../lib/format.ts'
import { cx } from '../../ui/class.ts'
import type { Expression } from '../../../src/catalog/expression.ts'

type FactNames = Readonly<Record<string, string>>

interface AppliesProps {
  when: Expression
  questions: FactNames
  /** Without a frame, where one is around it already. */
  bare?: boolean
}

export function Applies({ when, questions, bare = false }: AppliesProps) {
  if ('always' in when) return <p className="text-sm">To every AI system.</p>
  return (
    <div className={cx('text-sm', !bare && 'rounded-md border border-line bg-panel px-4 py-3')}>
      <Node expression={when} questions={questions} />
    </div>
  )
}

function Node({ expression, questions }: { expression: Expression; questions: FactNames }) {
  if ('all' in expression || 'any' in expression) {
    const all = 'all' in expression
    const parts = all ? expression.all : expression.any
    if (parts.length === 1 && parts[0]) return <Node expression={parts[0]} questions={questions} />
    return (
      <div>
        <p className="text-xs font-medium text-ink-3">{all ? 'All of these hold' : 'At least one of these holds'}</p>
        <ul className="mt-1.5 grid gap-1.5 border-l-2 border-line pl-3.5">
          {parts.map((part) => (
            <li key={JSON.stringify(part)}>
              <Node expression={part} questions={questions} />
            </li>
          ))}
        </ul>
      </div>
    )
  }
  if ('not' in expression) {
    return (
      <div className="flex gap-2">
        <span className="font-medium text-bad">Not</span>
        <Node expression={expression.not} questions={questions} />
      </div>
    )
  }
  if ('always' in expression) return <span>Always</span>
  return <Condition expression={expression} questions={questions} />
}

function Condition({
  expression,
  questions,
}: {
  expression: Extract<Expression, { fact: string }>
  questions: FactNames
}) {
  const { fact } = expression
  return (
    <span>
      <Link to="/catalog/facts" search={{ fact }} title={questions[fact]} className="link">
        {inSentence(fact)}
      </Link>{' '}
      {says(expression)}
    </span>
  )
}

const word = inSentence

function says(expression: Extract<Expression, { fact: string }>) {
  if ('is' in expression) return <span className="text-ink-2">is {expression.is ? 'true' : 'false'}</span>
  if ('has' in expression) {
    return (
      <span className="text-ink-2">
        includes <b className="font-medium text-ink">{word(expression.has)}</b>
      </span>
    )
  }
  return (
    <span className="text-ink-2">
      is{' '}
      {expression.in.map((value, i) => (
        <span key={value}>
          {i > 0 && (i === expression.in.length - 1 ? ' or ' : ', ')}
          <b className="font-medium text-ink">{word(value)}</b>
        </span>
      ))}
    </span>
  )
}
