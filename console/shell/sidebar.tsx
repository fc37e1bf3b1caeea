// The places one can go to, and who one is. On a small screen the same list opens as a drawer.
import { Link, useRouterState } from '@tanstack/react-router'
import { ChevronRight, ChevronsUpDown, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { signOut, useMay, useSession } from '../session.ts'
import { toWords } from '../lib/format.ts'
import { cx } from '../ui/class.ts'
import { CurrentLink } from '../ui/link.tsx'
import { Menu, MENU_ITEM } from '../ui/menu.tsx'
import { setTheme, type Theme, THEMES, useTheme } from '../ui/theme.ts'
import { isOpenTo, type Place, PLACES } from './nav.ts'

export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden className="shrink-0 text-accent">
      <rect width="32" height="32" rx="7" fill="currentColor" />
      <path d="M6 24V10h5v4h2.5v-4h5v4H21v-4h5v14h-7v-4a3 3 0 0 0-6 0v4z" className="fill-on-accent" />
    </svg>
  )
}

export function Sidebar({ onGo }: { onGo?: () => void }) {
  const open = isOpenTo(useMay())
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <div className="flex h-full flex-col">
      <Link
        to="/"
        onClick={onGo}
        className="mx-3 mt-3.5 mb-2 flex items-center gap-2.5 self-start rounded-sm px-2 py-1"
      >
        <Mark />
        <span className="text-md font-semibold tracking-[-0.01em]">Parapet</span>
      </Link>
      <nav aria-label="Main" className="min-h-0 grow overflow-y-auto px-3 pb-4">
        {PLACES.map((group) => (
          <ul key={group[0]?.to} className="mt-4 grid gap-px first:mt-1">
            {group.filter(open).map((place) => (
              <li key={place.to}>
                <PlaceLink place={place} path={path} {...(onGo ? { onGo } : {})} />
                {place.inside && isWithin(path, place.to) && (
                  <ul aria-label={place.name} className="my-1 ml-4 grid gap-px border-l border-line pl-1.5">
                    {place.inside.filter(open).map((inside) => (
                      <li key={inside.to}>
                        <PlaceLink place={inside} path={path} {...(onGo ? { onGo } : {})} small />
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        ))}
      </nav>
      <AccountMenu />
    </div>
  )
}

const isWithin = (path: string, place: string) =>
  place === '/' ? path === '/' : path === place || path.startsWith(`${place}/`)

interface PlaceLinkProps {
  place: Place
  path: string
  small?: boolean
  onGo?: () => void
}

function PlaceLink({ place: { to, name, icon: Icon, inside, also }, path, small = false, onGo }: PlaceLinkProps) {
  const first = inside?.[0]?.to ?? to
  const isOpen = inside !== undefined && isWithin(path, to)
  const isHere = inside
    ? false
    : ROOTS.has(to)
      ? path === to
      : isWithin(path, to) || (also !== undefined && isWithin(path, also))
  return (
    <CurrentLink
      to={first}
      onClick={inside ? undefined : onGo}
      isCurrent={isHere}
      aria-expanded={inside ? isOpen : undefined}
      className={cx(
        'flex items-center gap-2.5 rounded-sm px-2 text-sm transition-colors duration-75 hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink max-md:h-10 max-md:text-base',
        small ? 'h-6.5' : 'h-7',
        isOpen ? 'font-medium text-ink' : 'text-ink-2',
      )}
    >
      {!small && <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0 opacity-75" />}
      {name}
      {inside && <ChevronRight size={13} aria-hidden className={cx('ml-auto text-ink-3', isOpen && 'rotate-90')} />}
    </CurrentLink>
  )
}

/** Below these stand places with an entry of their own. */
const ROOTS = new Set(['/catalog', '/log', '/gateway'])

const THEME_ICON = { system: Monitor, light: Sun, dark: Moon }

function AccountMenu() {
  const session = useSession()
  const chosen = useTheme()
  if (!session.account) return null
  const { name, role } = session.account
  return (
    <div className="border-t border-line p-2 [&>span]:w-full">
      <Menu
        up
        start
        label="Account"
        button={(props) => (
          <button
            type="button"
            {...props}
            className="flex w-full items-center gap-2.5 rounded-sm px-2 py-1.5 text-left hover:bg-hover"
          >
            <span
              aria-hidden
              className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-word"
            >
              {initials(name)}
            </span>
            <span className="min-w-0 grow">
              <span className="block truncate text-sm font-medium">{name}</span>
              <span className="block text-2xs text-ink-3">{toWords(role)}</span>
            </span>
            <ChevronsUpDown size={14} aria-hidden className="text-ink-3" />
          </button>
        )}
      >
        <Link to="/settings/account" className={MENU_ITEM}>
          <UserRound size={15} aria-hidden className="text-ink-3" />
          My account
        </Link>
        <hr className="my-1 border-line" />
        <fieldset className="px-2.5 py-1.5">
          <legend className="mb-1.5 text-2xs font-medium text-ink-3">Theme</legend>
          <div className="flex gap-1 rounded-sm bg-sunken p-0.5">
            {THEMES.map((theme) => (
              <ThemeChoice key={theme} theme={theme} chosen={chosen === theme} />
            ))}
          </div>
        </fieldset>
        <hr className="my-1 border-line" />
        <button type="button" className={MENU_ITEM} onClick={() => void signOut()}>
          <LogOut size={15} aria-hidden className="text-ink-3" />
          Sign out
        </button>
      </Menu>
    </div>
  )
}

function ThemeChoice({ theme, chosen }: { theme: Theme; chosen: boolean }) {
  const Icon = THEME_ICON[theme]
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={(event) => {
        event.stopPropagation()
        setTheme(theme)
      }}
      className={cx(
        'flex grow items-center justify-center gap-1.5 rounded-xs px-2 py-1 text-xs',
        chosen ? 'bg-raised font-medium text-ink shadow-card' : 'text-ink-2 hover:text-ink',
      )}
    >
      <Icon size={13} aria-hidden />
      {toWords(theme)}
    </button>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '')
  return letters.join('').toUpperCase()
}
