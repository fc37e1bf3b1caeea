// What is known of an asset: the catalogue's questions with what each source claims. Sources that disagree stand side by
// side until a person settles it; nothing is merged away. Shown as a tab of every asset.
import { useQuery } from '@tanstack/react-query'

import { read } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useAt } from '../../ui/as-of.tsx'

import { sayValue, Value } from '../../ui/fact-field.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { NoMatch } from '../../ui/list.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { AnswerFact } from './answer-fact.tsx'
import { isKnown, type Known, toKnown } from './known.ts'

const STATES = [
  { value: 'open', label: 'Not known yet' },
  { value: 'known', label: 'Known' },
  { value: 'contested', label: 'Sources disagree' },
]

const COLUMNS: readonly Column<Known>[] = [
  {
    id: 'question',
    head: 'Question',
    cell: ({ id, question }) => (
      <>
        <RowLink to="." search={(before: Search) => ({ ...before, fact: id })} resetScroll={false}>
          {question}
        </RowLink>
        <span className="block font-mono text-2xs text-ink-3">{id}</span>
      </>
    ),
  },
  { id: 'answer', head: 'Answer', className: 'w-72 max-md:w-36', cell: (known) => <Answer known={known} /> },
  {
    id: 'by',
    head: 'From',
    hide: 'lg',
    className: 'w-56',
    cell: ({ claims, read: known }) => (
      <span className="text-ink-2">
        {known && known.value !== undefined
          ? known.origin
          : [...new Set(claims.map(({ source }) => toWords(source)))].join(', ')}
      </span>
    ),
  },
  {
    id: 'threats',
    head: 'Threats that ask',
    hide: 'md',
    end: true,
    className: 'w-32',
    cell: ({ readBy }) => readBy.length || '',
  },
]

interface FactsPanelProps {
  asset: string
  isSystem?: boolean
  mayAnswer: boolean
}

export function FactsPanel({ asset, isSystem = false, mayAnswer }: FactsPanelProps) {
  const [{ q, show, fact }, set] = useWords()
  const questions = useQuery({ ...read('/api/catalog/facts', { query: { limit: 200 } }), staleTime: Infinity })
  const at = useAt()
  const facts = useQuery(read('/api/assets/:id/facts', { params: { id: asset } }))
  const derived = useQuery({
    ...read('/api/systems/:id/facts', { params: { id: asset }, query: { at } }),
    enabled: isSystem,
  })
  const all =
    questions.data && facts.data && !derived.isLoading
      ? toKnown(questions.data.items, at === undefined ? facts.data : undefined, derived.data?.facts ?? [])
      : undefined
  const topics = [...new Set(all?.map(({ topic }) => topic))]
  const rows = all
    ?.filter((known) => fits(known, q, show))
    .toSorted((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic))
  const open = all?.find(({ id }) => id === fact)
  const clear = () => set({ q: undefined, show: undefined })
  return (
    <>
      <FilterBar label="Filter the facts" clear={q || show ? clear : undefined}>
        <FilterText main label="Find a question" value={q} onChange={(text) => set({ q: text })} />
        <FilterSelect label="Known or not" value={show} options={STATES} onChange={(value) => set({ show: value })} />
        {all && (
          <p className="ml-auto text-xs text-ink-3">
            {all.filter(isKnown).length} of {all.length} known
          </p>
        )}
      </FilterBar>
      <DataTable
        label="Facts"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        error={questions.error ?? facts.error}
        retry={() => void facts.refetch()}
        groupOf={({ topic }) => toWords(topic)}
        empty={
          <NoMatch noun="question" clear={clear}>
            {show === 'contested'
              ? 'No two sources disagree about this asset.'
              : 'Fewer words find more; a question may also be answered already.'}
          </NoMatch>
        }
      />
      {open && (
        <AnswerFact
          key={open.id}
          asset={asset}
          known={open}
          mayAnswer={mayAnswer && at === undefined}
          onClose={() => set({ fact: undefined })}
        />
      )}
    </>
  )
}

function Answer({ known: { claims, isContested, read: known } }: { known: Known }) {
  if (!isContested) return <Value value={known ? known.value : claims.at(-1)?.value} />
  if (claims.length < 2) return <Badge tone="warn">sources disagree</Badge>
  return (
    <span className="grid gap-1">
      <span>
        <Badge tone="warn">sources disagree</Badge>
      </span>
      {claims.map(({ id, value, source }) => (
        <span key={id} className="text-xs">
          <b className="font-medium">{value === null ? 'not known' : sayValue(value)}</b>{' '}
          <span className="text-ink-3">{source}</span>
        </span>
      ))}
    </span>
  )
}

function fits(known: Known, q: string | undefined, show: string | undefined): boolean {
  const { question, id, isContested } = known
  const text = `${question} ${id}`.toLowerCase()
  const found = (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
  if (show === 'open') return found && !isKnown(known)
  if (show === 'known') return found && isKnown(known)
  return found && (show !== 'contested' || isContested)
}
