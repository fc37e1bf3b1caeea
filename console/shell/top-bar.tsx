// Where one is, the way to anything else, and whether what is shown is still live.
import { Link, useMatches } from '@tanstack/react-router'
import { ChevronRight, Keyboard, Menu as MenuIcon, Search } from 'lucide-react'
import { useConnection } from '../events.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/class.ts'

interface Crumb {
  to: string
  name: string
}

/** From the routes that match: each names itself in its static data; one thing of many is called as its page is. */
function useCrumbs(): Crumb[] {
  const title = usePageTitle()
  const matches = useMatches().filter((match) => match.staticData.crumb)
  return matches.flatMap(({ staticData: { crumb }, params, pathname }, i) => {
    if (!crumb) return []
    const own = i === matches.length - 1 ? title : undefined
    return [{ to: pathname, name: typeof crumb === 'string' ? crumb : (own ?? crumb(params)) }]
  })
}

interface TopBarProps {
  onNav: () => void
  onSearch: () => void
  onKeys: () => void
}

export function TopBar({ onNav, onSearch, onKeys }: TopBarProps) {
  const crumbs = useCrumbs()
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <header className="sticky top-0 z-20 flex h-(--bar) items-center gap-2 border-b border-line bg-panel px-3 md:px-5">
      <Button variant="quiet" icon={MenuIcon} aria-label="Open the navigation" onClick={onNav} className="md:hidden" />
      <nav aria-label="Breadcrumbs" className="min-w-0 grow">
        <ol className="flex items-center gap-1 text-sm text-ink-3">
          {crumbs.map(({ to, name }, i) => {
            const last = i === crumbs.length - 1
            return (
              <li key={to} className={cx('flex min-w-0 items-center gap-1', !last && 'max-md:hidden')}>
                {last ? (
                  <span aria-current="location" className="truncate text-ink-2">
                    {name}
                  </span>
                ) : (
                  <>
                    <Link to={to} className="truncate rounded-xs hover:text-ink">
                      {name}
                    </Link>
                    <ChevronRight size={13} aria-hidden className="shrink-0 opacity-60" />
                  </>
                )}
              </li>
            )
          })}
        </ol>
      </nav>
      <Connection />
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts={mac ? 'Meta+K' : 'Control+K'}
        className="flex h-8 items-center gap-2 rounded-sm border border-line bg-sunken px-2.5 text-sm text-ink-3 transition-colors hover:border-line-strong/60 hover:text-ink-2 md:w-60"
      >
        <Search size={15} aria-hidden className="shrink-0" />
        <span className="max-md:sr-only">Search or jump to</span>
        <kbd className="ml-auto rounded-xs border border-line bg-panel px-1 font-sans text-2xs max-md:hidden">
          {mac ? '⌘' : 'Ctrl'} K
        </kbd>
      </button>
      <Button
        variant="quiet"
        icon={Keyboard}
        aria-label="Keyboard shortcuts"
        onClick={onKeys}
        className="max-md:hidden"
      />
    </header>
  )
}

const WORDS = {
  live: 'Live',
  connecting: 'Connecting',
  offline: 'Offline',
} as const

function Connection() {
  const state = useConnection()
  return (
    <span
      role="status"
      title={
        state === 'live'
          ? 'Changes appear here as they are recorded.'
          : 'No live connection: what you see may be out of date. It reconnects by itself.'
      }
      className={cx('flex items-center gap-1.5 px-1 text-xs', state === 'live' ? 'text-ink-3' : 'text-warn')}
    >
      <svg viewBox="0 0 10 10" width="8" height="8" aria-hidden>
        {state === 'live' ? (
          <circle cx="5" cy="5" r="4" className="fill-good-mark" />
        ) : (
          <circle
            cx="5"
            cy="5"
            r="3.4"
            fill="none"
            strokeWidth="1.6"
            strokeDasharray="2.2 1.6"
            className="stroke-warn-mark"
          />
        )}
      </svg>
      <span className={state === 'live' ? 'max-lg:sr-only' : ''}>{WORDS[state]}</span>
    </span>
  )
}
