// The frame of every screen behind the sign-in: skip link, sidebar, top bar, palette, keys, live regions.
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useLiveChanges } from '../events.ts'
import { useKeys, walkRows } from '../lib/keys.ts'
import { useSession } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { Toasts } from '../ui/toast.tsx'
import { Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'
import { X } from 'lucide-react'

const Palette = lazy(() => import('./palette.tsx').then(({ Palette }) => ({ default: Palette })))
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then(({ KeysDialog }) => ({ default: KeysDialog })))

type Overlay = 'nav' | 'palette' | 'keys'

export function Shell() {
  const [overlay, setOverlay] = useState<Overlay>()
  const navigate = useNavigate()
  const { sample } = useSession()
  useLiveChanges()
  const keys = useMemo(
    () => ({
      '/': (event: KeyboardEvent) => {
        event.preventDefault()
        const field = document.querySelector<HTMLInputElement>('[data-main-search]')
        if (field) field.focus()
        else setOverlay('palette')
      },
      '?': () => setOverlay('keys'),
      j: () => walkRows(1),
      k: () => walkRows(-1),
      h: () => void navigate({ to: '/' }),
    }),
    [navigate],
  )
  useKeys(keys)
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setOverlay((now) => (now === 'palette' ? undefined : (now ?? 'palette')))
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <div className="min-h-dvh [--bar:3rem] md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.querySelector<HTMLElement>('main')?.focus()
        }}
        className="sr-only focus:not-sr-only focus:fixed! focus:top-2 focus:left-2 focus:z-50 focus:rounded-sm focus:bg-accent focus:px-3 focus:py-1.5 focus:text-sm focus:text-on-accent"
      >
        Skip to the content
      </a>
      <aside className="border-r border-line bg-canvas max-md:hidden">
        <div className="sticky top-0 h-dvh">
          <Sidebar />
        </div>
      </aside>
      <div className="flex min-h-dvh min-w-0 flex-col bg-panel">
        <TopBar
          onNav={() => setOverlay('nav')}
          onSearch={() => setOverlay('palette')}
          onKeys={() => setOverlay('keys')}
        />
        {sample && <SampleNotice />}
        <main id="main" tabIndex={-1} className="grow">
          <Outlet />
        </main>
      </div>
      <Announcer />
      {overlay === 'nav' && <NavDrawer onClose={() => setOverlay(undefined)} />}
      <Suspense>
        {overlay === 'palette' && <Palette onClose={() => setOverlay(undefined)} />}
        {overlay === 'keys' && <KeysDialog onClose={() => setOverlay(undefined)} />}
      </Suspense>
      <Toasts />
    </div>
  )
}

function SampleNotice() {
  return (
    <aside
      aria-label="Sample organisation"
      className="border-b border-line bg-note-soft px-4 py-1.5 text-center text-xs text-note"
    >
      Sample organisation: Meridian Mutual and everything in it is made up. Start without <code>--sample</code> for your
      own.
    </aside>
  )
}

function NavDrawer({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape does the same
    <dialog
      ref={dialog}
      aria-label="Navigation"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      className="m-0 h-dvh w-72 max-w-[85vw] bg-canvas shadow-raised"
    >
      <Button
        variant="quiet"
        icon={X}
        aria-label="Close the navigation"
        onClick={onClose}
        className="absolute top-2.5 right-2"
      />
      <Sidebar onGo={onClose} />
    </dialog>
  )
}

/** Says the new page's name after a move, and puts the focus where its content starts. */
function Announcer() {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const [title, setTitle] = useState('')
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    const first = before.current === undefined
    before.current = path
    if (first) return
    const timer = setTimeout(() => {
      setTitle(document.title)
      const focused = document.activeElement
      if (
        !document.querySelector('dialog[open]') &&
        (!focused || focused === document.body || !focused.closest('main'))
      )
        document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
    }, 150)
    return () => clearTimeout(timer)
  }, [path])
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {title}
    </p>
  )
}
