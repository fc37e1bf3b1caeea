// What suppliers were asked about a system, what they answered, and what was made of it.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read } from '../../api.ts'
import { formatDay, plural } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { AskSupplier } from './ask-supplier.tsx'
import { ReadAnswers } from './read-answers.tsx'
import { type Assurance, STATE_WORDS } from './words.ts'

const TONE: Readonly<Record<Assurance['state'], 'note' | 'warn' | 'good' | 'neutral'>> = {
  asked: 'note',
  answered: 'warn',
  reviewed: 'good',
  cancelled: 'neutral',
}

export function Suppliers({ system }: { system: string }) {
  const [{ assurance }, set] = useWords()
  const may = useMay()
  const query = useQuery(read('/api/assurance', { query: { system, limit: 50 } }))
  return (
    <Section
      title="Suppliers"
      above="none"
      actions={
        may('risk:write') && (
          <Button small onClick={() => set({ assurance: 'new' })}>
            Ask a supplier
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="max-w-[68ch] text-sm text-ink-2">
              No supplier was asked yet. Where a control is the supplier’s part, only its assurance can prove it; what
              nobody answers stays unknown and the risk as high as it is.
            </p>
          ) : (
            <ul className="divide-y divide-line rounded-md border border-line">
              {items.map((one) => (
                <Row key={one.id} one={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {assurance === 'new' && <AskSupplier system={system} onClose={() => set({ assurance: undefined })} />}
      {assurance !== undefined && assurance !== 'new' && (
        <ReadAnswers id={assurance} onClose={() => set({ assurance: undefined })} />
      )}
    </Section>
  )
}

function Row({ one: { id, supplier, state, overdue, questions, answers, until } }: { one: Assurance }) {
  return (
    <li className="group relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm hover:bg-hover">
      <div className="min-w-0 grow basis-60">
        <Link
          to="."
          search={(before: Search) => ({ ...before, assurance: id })}
          resetScroll={false}
          data-row=""
          className="font-medium outline-none after:absolute after:inset-0 group-hover:text-accent-word focus-visible:underline"
        >
          {supplier}
        </Link>
        <span className="block text-xs text-ink-3">
          {answers
            ? `${answers.length} of ${plural(questions.length, 'question')} answered`
            : plural(questions.length, 'question')}
          {state === 'asked' && `, the link works until ${formatDay(until)}`}
        </span>
      </div>
      {overdue && <Badge tone="bad">no answer</Badge>}
      <Badge tone={TONE[state]}>{STATE_WORDS[state]}</Badge>
    </li>
  )
}
