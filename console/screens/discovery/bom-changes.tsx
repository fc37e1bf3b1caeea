// What changed in a bill of materials since an earlier scan of the same source.
import { useQuery } from '@tanstack/react-query'
import { GitCompare } from 'lucide-react'
import type { ReactNode } from 'react'
import { read, type Reply } from '../../api.ts'
import { formatAbsolute, toWords } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { BOM_WORDS, partName } from './words.ts'

type Changes = Reply<'GET', '/api/scans/:id/changes'>

interface BomChangesProps {
  scan: { id: string; source: string }
  chooser: ReactNode
}

export function BomChanges({ scan, chooser }: BomChangesProps) {
  const [{ since }, set] = useWords()
  const others = useQuery(read('/api/scans', { query: { source: scan.source, state: 'done', limit: 200 } }))
  const query = useQuery(read('/api/scans/:id/changes', { params: { id: scan.id }, query: { since } }))
  return (
    <>
      <FilterBar label="What to compare">
        {chooser}
        <FilterSelect
          label="With the previous"
          value={since}
          options={(others.data?.items ?? [])
            .filter(({ id }) => id !== scan.id)
            .map(({ id, endedAt, createdAt }) => ({
              value: id,
              label: `With ${formatAbsolute(endedAt ?? createdAt)}`,
            }))}
          onChange={(id) => set({ since: id })}
        />
      </FilterBar>
      <Loaded query={query}>{(changes) => <Shown changes={changes} />}</Loaded>
    </>
  )
}

function Shown({ changes }: { changes: Changes }) {
  const { since, added, removed, changed, linked, unlinked, truncated } = changes
  if (since === undefined)
    return (
      <EmptyState icon={GitCompare} title="There is no earlier scan">
        Scan the source again: what came, went and changed is listed here.
      </EmptyState>
    )
  if ([added, removed, changed, linked, unlinked].every((list: readonly unknown[]) => list.length === 0))
    return (
      <EmptyState icon={GitCompare} title="Nothing changed">
        Both scans say that it is made of the same parts. Where a part stands in a file is no change of the part.
      </EmptyState>
    )
  return (
    <>
      {truncated && <p className="mb-3 text-sm text-warn">There are more changes than are shown.</p>}
      <PartNames title="Came" parts={added} mark="+" />
      <PartNames title="Went" parts={removed} mark="−" />
      {changed.length > 0 && (
        <Section title="Changed" count={changed.length} above="less">
          <ul className="divide-y divide-line rounded-md border border-line text-sm">
            {changed.map(({ id, field, before, after }) => (
              <li key={id + field} className="px-3 py-2 wrap-anywhere">
                <b className="font-medium">{partName(id)}</b> <span className="text-ink-3">{toWords(field)}</span>
                <span className="block">
                  {before ?? <i className="text-ink-3">not said</i>} → {after ?? <i className="text-ink-3">not said</i>}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <LinkNames title="New links" links={linked} />
      <LinkNames title="Links that ended" links={unlinked} />
    </>
  )
}

function PartNames({ title, parts, mark }: { title: string; parts: Changes['added']; mark: string }) {
  if (parts.length === 0) return null
  return (
    <Section title={title} count={parts.length} above="less">
      <ul className="divide-y divide-line rounded-md border border-line text-sm">
        {parts.map(({ id, kind, name, version }) => (
          <li key={id} className="flex gap-3 px-3 py-2">
            <span aria-hidden className="font-mono text-ink-3">
              {mark}
            </span>
            <span className="min-w-0 wrap-anywhere">
              {name} {version} <span className="text-ink-3">{BOM_WORDS[kind]}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function LinkNames({ title, links }: { title: string; links: Changes['linked'] }) {
  if (links.length === 0) return null
  return (
    <Section title={title} count={links.length} above="less">
      <ul className="grid gap-1 text-sm">
        {links.map(({ from, kind, to }) => (
          <li key={from + kind + to} className="wrap-anywhere">
            {partName(from)} <span className="text-ink-3">{kind.replaceAll('-', ' ')}</span> {partName(to)}
          </li>
        ))}
      </ul>
    </Section>
  )
}
