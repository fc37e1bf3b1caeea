// What is wrong with the register itself, on top of the inventory: what nobody owns, what was found and not confirmed,
// where sources disagree. Each says what to do and leads to the place where it is done.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, TriangleAlert } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { useWords } from '../../lib/words.ts'
import { kindName, KindIcon, placeOfAsset } from '../../ui/asset-kind.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Said } from '../../ui/said.tsx'

type Finding = Reply<'GET', '/api/register/findings'>['items'][number]
type Problem = Finding['findings'][number]['problem']

const PROBLEM_WORDS: Readonly<Record<Problem, string>> = {
  'not-confirmed': 'found here and not confirmed',
  unsanctioned: 'not meant to be here',
  'no-owners': 'without all three owners',
  'conflicting-facts': 'whose sources disagree',
  'not-seen': 'not seen for long',
  dangling: 'linked to what is gone',
}
const isProblem = (word: string | undefined): word is Problem => word !== undefined && word in PROBLEM_WORDS
const PROBLEMS = Object.keys(PROBLEM_WORDS).filter(isProblem)

export function RegisterFindings() {
  const [{ finding }, set] = useWords()
  return (
    <>
      <ul className="mb-6 flex flex-wrap gap-2 empty:hidden" aria-label="Findings about the register">
        {PROBLEMS.map((problem) => (
          <Count key={problem} problem={problem} />
        ))}
      </ul>
      {isProblem(finding) && <FindingDrawer problem={finding} onClose={() => set({ finding: undefined })} />}
    </>
  )
}

const COUNTED = 100

function Count({ problem }: { problem: Problem }) {
  const { data } = useQuery(read('/api/register/findings', { query: { problem, limit: COUNTED } }))
  if (!data || data.items.length === 0) return null
  return (
    <li>
      <Link
        to="."
        search={(before) => ({ ...before, finding: problem })}
        resetScroll={false}
        className="inline-flex items-center gap-2 rounded-sm border border-line bg-warn-soft px-2.5 py-1.5 text-xs text-warn hover:border-warn-mark max-md:min-h-10"
      >
        <TriangleAlert size={14} aria-hidden className="shrink-0" />
        <span>
          <b className="tabular font-semibold">
            {data.items.length}
            {data.next && '+'}
          </b>{' '}
          {PROBLEM_WORDS[problem]}
        </span>
      </Link>
    </li>
  )
}

function FindingDrawer({ problem, onClose }: { problem: Problem; onClose: () => void }) {
  const [{ after }, set] = useWords()
  const query = useQuery(read('/api/register/findings', { query: { problem, limit: 50, cursor: after } }))
  return (
    <Dialog drawer title={`Assets ${PROBLEM_WORDS[problem]}`} onClose={onClose}>
      <Loaded query={query}>
        {({ items, next }) => (
          <>
            <ul className="divide-y divide-line rounded-md border border-line">
              {items.map((item) => (
                <Row key={item.id} item={item} problem={problem} />
              ))}
            </ul>
            {items.length === 0 && <p className="text-sm text-ink-2">None is left.</p>}
            <Pager cursor={after} next={next} onMove={(to) => set({ after: to })} />
          </>
        )}
      </Loaded>
      <div className="mt-4 flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  )
}

function Row({ item: { id, kind, name, findings }, problem }: { item: Finding; problem: Problem }) {
  const shown = findings.filter((finding) => finding.problem === problem)
  return (
    <li className="group relative flex gap-3 px-4 py-3 text-sm hover:bg-hover">
      <span className="pt-0.5">
        <KindIcon kind={kind} />
      </span>
      <div className="min-w-0 grow">
        <Link
          to={placeOfAsset(id, kind)}
          search={problem === 'conflicting-facts' ? { tab: 'facts', show: 'contested' } : { edit: '1' }}
          className="font-medium outline-none after:absolute after:inset-0 group-hover:text-accent-word focus-visible:underline"
        >
          {name}
        </Link>
        <span className="ml-2 text-xs text-ink-3">{kindName(kind)}</span>
        {shown.map(({ message, remedy }) => (
          <p key={message} className="text-ink-2">
            <Said text={message} />{' '}
            <span className="text-ink-3">
              <Said text={remedy} />
            </span>
          </p>
        ))}
      </div>
      <ChevronRight size={15} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
    </li>
  )
}
