// One threat over the systems that it concerns: whether it surely applies, what is left of the risk, where the controls
// stand. Each system leads to its reasons.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read } from '../../api.ts'
import { formatNumber } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { useAt } from '../../ui/as-of.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { StatusCounts } from '../../ui/status-counts.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { percent, type ThreatCell } from './shade.ts'

interface ThreatSystemsProps {
  threat: string
  cell: ThreatCell | undefined
  onClose: () => void
}

export function ThreatSystems({ threat, cell, onClose }: ThreatSystemsProps) {
  const [{ system, tag }] = useWords()
  const at = useAt()
  const query = { system: system === undefined ? undefined : [system], tag, at, limit: 200 }
  const systems = useQuery(read('/api/threats/:threat/systems', { params: { threat }, query }))
  return (
    <Dialog
      drawer
      title={cell?.name ?? threat}
      description={cell && `${percent(cell.covered)} of the controls that it asks for are proven.`}
      onClose={onClose}
      actions={
        <ButtonLink small to="/catalog/threats/$id" params={{ id: threat }}>
          In the catalogue
        </ButtonLink>
      }
    >
      {cell && cell.applies + cell.unknown > 0 && (
        <Section title="Controls that it asks for" note="over all systems here" above="none">
          <StatusCounts label="Controls" counts={cell.parts} />
        </Section>
      )}
      <Section title="Systems" count={cell && cell.applies + cell.unknown} above="normal">
        <Loaded query={systems}>
          {({ items, next }) => {
            if (items.length === 0)
              return (
                <p className="max-w-[60ch] text-sm text-ink-2">
                  It concerns none of them. The workbench of each system says by which facts it was ruled out.
                </p>
              )
            return (
              <>
                <ul className="divide-y divide-line rounded-md border border-line text-sm">
                  {items.map(({ system: id, name, verdict, left, controls }) => (
                    <li
                      key={id}
                      className="group relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-3 py-2 hover:bg-hover"
                    >
                      <span className="min-w-0">
                        <Link
                          to="/risks/$system"
                          params={{ system: id }}
                          search={{ threat }}
                          className="font-medium outline-none after:absolute after:inset-0 group-hover:text-accent-word focus-visible:underline"
                        >
                          {name}
                        </Link>
                        <span className="block">
                          <Verdict is={verdict} />
                        </span>
                      </span>
                      <span className="grid w-28 justify-items-end gap-1.5">
                        {left && <LevelTag is={left} />}
                        <span className="block w-full">
                          <StatusCounts brief label={`Controls on ${name}`} counts={controls} />
                        </span>
                      </span>
                    </li>
                  ))}
                </ul>
                {next !== undefined && (
                  <p className="mt-2 text-xs text-ink-3">
                    The first {formatNumber(items.length)}; a filter shows others.
                  </p>
                )}
              </>
            )
          }}
        </Loaded>
      </Section>
    </Dialog>
  )
}
