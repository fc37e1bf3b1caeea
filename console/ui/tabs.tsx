// Parts of one page, each with an address of its own: links, so that the back button, a bookmark and a new window work.
import { useWords } from '../lib/words.ts'
import { CurrentLink } from './link.tsx'

interface Tab {
  id: string
  name: string
  count?: number | undefined
}

const NOTHING = {}

interface TabsProps {
  label: string
  tabs: readonly Tab[]
  chosen: string
  /** Words of the address that all of them are about. */
  keep?: Readonly<Record<string, string>>
}

/** The first tab is what an address without a tab shows. */
export function Tabs({ label, tabs, chosen, keep = NOTHING }: TabsProps) {
  return (
    <nav aria-label={label} className="scroll-x -mx-4 border-b border-line px-4 md:mx-0 md:px-0">
      <ul className="flex gap-5">
        {tabs.map(({ id, name, count }, i) => (
          <li key={id}>
            <CurrentLink
              to="."
              search={i === 0 ? { ...keep } : { ...keep, tab: id }}
              resetScroll={false}
              isCurrent={id === chosen}
              className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent text-sm whitespace-nowrap text-ink-2 hover:text-ink focus-visible:outline-offset-[-2px] aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink max-md:h-11"
            >
              {name}
              {count !== undefined && <span className="tabular text-xs font-normal text-ink-3">{count}</span>}
            </CurrentLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Which of them the address names. */
export function useTab<const Id extends string>(ids: readonly [Id, ...Id[]]): Id {
  const [{ tab }] = useWords()
  return ids.find((id) => id === tab) ?? ids[0]
}
