// Exactly what would differ: threats that come or go and by which facts, risks before and after, who must do what.
import type { ReactNode } from 'react'
import type { Reply } from '../../api.ts'
import { inSentence, plural, toTitleOfId, toWords } from '../../lib/format.ts'
import { cx } from '../../ui/class.ts'
import { sayValue } from '../../ui/fact-field.tsx'
import { LevelChange, LevelTag } from '../../ui/level.tsx'
import { Badge } from '../../ui/status.tsx'
import { VERDICT_WORDS } from '../../ui/verdict.tsx'

type Data = Reply<'POST', '/api/systems/:id/what-if'>
type Shift = Data['risks'][number]['proven']

export function Difference({ of, stale }: { of: Data; stale: boolean }) {
  if (of.same)
    return <p className="text-sm text-ink-2">Nothing: every threat, control and risk would be as it is now.</p>
  const { aboveAppetite, threats, risks, facts, controls, measures, obligations } = of
  const moved = risks.filter(({ proven, designed }) => isMoved(proven) || isMoved(designed))
  return (
    <div className={cx('grid gap-5 text-sm', stale && 'opacity-60')} aria-live="polite" aria-busy={stale}>
      <p className="flex flex-wrap gap-2">
        <Badge tone={aboveAppetite.gained.length > 0 ? 'bad' : 'neutral'}>
          {aboveAppetite.gained.length} more above the appetite
        </Badge>
        <Badge tone={aboveAppetite.lost.length > 0 ? 'good' : 'neutral'}>
          {aboveAppetite.lost.length} fewer above the appetite
        </Badge>
        <Badge>{plural(threats.length, 'verdict')}</Badge>
        <Badge>{plural(moved.length, 'risk')}</Badge>
        <Badge>{plural(measures.length, 'measure')}</Badge>
      </p>
      <Part title="Risks left, as proven" count={moved.length}>
        {moved.map(({ threat, proven, designed }) => (
          <Line key={threat} name={toTitleOfId(threat)} note={isMoved(proven) ? '' : 'only as designed'}>
            <Levels shift={isMoved(proven) ? proven : designed} />
          </Line>
        ))}
      </Part>
      <Part title="Threats" count={threats.length}>
        {threats.map(({ threat, before, after, because }) => (
          <Line
            key={threat}
            name={toTitleOfId(threat)}
            note={because.length > 0 ? `because of ${because.map((key) => inSentence(key)).join(', ')}` : ''}
          >
            {said(before && VERDICT_WORDS[before], after && VERDICT_WORDS[after])}
          </Line>
        ))}
      </Part>
      <Part title="Facts that follow" count={facts.length}>
        {facts.map(({ key, before, after, origins }) => (
          <Line key={key} name={toWords(key)} note={origins.after ?? ''}>
            {said(
              before === undefined ? 'not known' : sayValue(before),
              after === undefined ? 'not known' : sayValue(after),
            )}
          </Line>
        ))}
      </Part>
      <Part title="Controls" count={controls.length} folded>
        {controls.map(({ id, before, after }) => (
          <Line key={id} name={toTitleOfId(id)}>
            {said(party(before), party(after))}
          </Line>
        ))}
      </Part>
      <Part title="Measures" count={measures.length} folded>
        {measures.map(({ id, before, after }) => (
          <Line key={id} name={id}>
            {said(party(before), party(after))}
          </Line>
        ))}
      </Part>
      <Part title="Duties" count={obligations.gained.length + obligations.lost.length}>
        {obligations.gained.map((duty) => (
          <Line key={duty} name={duty}>
            <Badge tone="warn">new</Badge>
          </Line>
        ))}
        {obligations.lost.map((duty) => (
          <Line key={duty} name={duty}>
            <Badge>no longer</Badge>
          </Line>
        ))}
      </Part>
    </div>
  )
}

interface PartProps {
  title: string
  count: number
  children: ReactNode
  folded?: boolean
}

function Part({ title, count, children, folded = false }: PartProps) {
  if (count === 0) return null
  return (
    <details open={!folded}>
      <summary className="w-fit rounded-xs font-medium hover:text-accent-word">
        {title} <span className="tabular font-normal text-ink-3">{count}</span>
      </summary>
      <ul className="mt-1.5 divide-y divide-line rounded-md border border-line">{children}</ul>
    </details>
  )
}

function Line({ name, note = '', children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-0.5 px-3 py-1.5">
      <span className="min-w-0 grow basis-48">
        {name}
        {note && <span className="block text-xs text-ink-3">{note}</span>}
      </span>
      <span className="text-xs text-ink-2">{children}</span>
    </li>
  )
}

const isMoved = ({ before, after }: Shift) => before?.severity !== after?.severity

function Levels({ shift: { before, after } }: { shift: Shift }) {
  if (before && after) return <LevelChange from={before.severity} to={after.severity} />
  return (
    <>
      {after && <LevelTag is={after.severity} />} {after ? 'new' : 'no longer'}
    </>
  )
}

const PARTY_WORDS: Readonly<Record<string, string>> = {
  you: 'yours',
  supplier: 'the supplier’s',
  shared: 'shared',
  'not-needed': 'not needed',
}
const party = (word = 'not-needed') => PARTY_WORDS[word] ?? word
const said = (before = 'none', after = 'none') => `${before} → ${after}`
