// A bill of materials that somebody else wrote, held against what scans of the same system saw.
import { useQuery } from '@tanstack/react-query'
import { GitCompare } from 'lucide-react'
import type { ReactNode } from 'react'
import { read, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { KIND_WORDS, placeWords } from './words.ts'

type Compared = Reply<'GET', '/api/scans/:id/declared'>

interface Props {
  scan: string
  source: { id: string; name: string; system?: string | undefined }
  chooser: ReactNode
}

export function BomCompared({ scan, source, chooser }: Props) {
  const query = useQuery(read('/api/scans/:id/declared', { params: { id: scan } }))
  return (
    <>
      <FilterBar label="What to compare">{chooser}</FilterBar>
      <Loaded query={query}>
        {({ lacks, both, notSeen, notDeclared, scans, truncated }) =>
          lacks ? (
            <Lacking lacks={lacks} source={source} />
          ) : (
            <>
              <p className="mb-4 text-sm text-ink-2">
                {plural(both, 'thing')} declared and seen, by {plural(scans.length, 'scan')} of the system.
              </p>
              {truncated && <p className="mb-3 text-sm text-warn">There are more than are shown.</p>}
              <Things title="Declared, and not seen" things={notSeen} none="Scans saw all that it declares." />
              <Things title="Seen, and not declared" things={notDeclared} none="It declares all that scans saw." />
            </>
          )
        }
      </Loaded>
    </>
  )
}

function Lacking({ lacks, source }: { lacks: 'system' | 'scan'; source: Props['source'] }) {
  return lacks === 'system' ? (
    <EmptyState
      icon={GitCompare}
      title="It is not said which system this is a part of"
      action={
        <ButtonLink variant="primary" to="/discovery/scans" search={{ source: source.id }}>
          Choose its system
        </ButtonLink>
      }
    >
      Name the system of {source.name}, and what it declares is held against what scans of that system saw.
    </EmptyState>
  ) : (
    <EmptyState
      icon={GitCompare}
      title="Nothing of this system was scanned"
      action={
        <ButtonLink variant="primary" to="/discovery/scans" search={{ new: 'source' }}>
          Scan its sources
        </ButtonLink>
      }
    >
      Scan a repository or an upload of the same system, and what {source.name} declares is held against it.
    </EmptyState>
  )
}

function Things({ title, things, none }: { title: string; things: Compared['notSeen']; none: string }) {
  return (
    <Section title={title} count={things.length} above="less">
      {things.length === 0 ? (
        <p className="text-sm text-ink-3">{none}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line text-sm">
          {things.map(({ id, kind, name, evidence: [place] }) => (
            <li key={id} className="px-3 py-2 wrap-anywhere">
              {name} <span className="text-ink-3">{KIND_WORDS[kind]}</span>
              {place && <span className="block font-mono text-xs text-ink-3">{placeWords(place)}</span>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
