// Dialogs and drawers on the browser's own <dialog>: it traps focus, closes on Escape, makes the rest inert, gives the
// focus back, and injects no styles, which the content security policy would refuse.
import { X } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { cx } from './class.ts'
import { TextField } from './field.tsx'
import { Problem } from './states.tsx'

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
  /** A drawer comes from the right and keeps its full height. */
  drawer?: boolean
  description?: ReactNode
  actions?: ReactNode
}

const CENTRED = 'm-auto max-h-[85dvh] w-[min(30rem,calc(100vw-2rem))] rounded-lg animate-appear'
const AT_THE_SIDE =
  'my-0 mr-0 ml-auto h-dvh max-h-dvh w-[min(42rem,100vw)] animate-slide rounded-l-lg max-md:rounded-none'

export function Dialog({ title, onClose, children, drawer = false, description, actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    const first = element?.querySelector<HTMLElement>('form input, form select, form textarea, [data-first]')
    ;(first ?? element?.querySelector<HTMLElement>('h2'))?.focus()
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape does the same
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        close.current()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) close.current()
      }}
      className={cx('bg-raised p-0 shadow-raised', drawer ? AT_THE_SIDE : CENTRED)}
    >
      <div className={cx('flex flex-col', drawer ? 'h-full' : 'max-h-[85dvh]')}>
        <header className="flex items-start gap-3 border-b border-line px-5 py-3.5">
          <div className="min-w-0 grow">
            <h2 id={titleId} tabIndex={-1} className="text-md font-semibold outline-none">
              {title}
            </h2>
            {description && <div className="mt-0.5 text-sm text-ink-2">{description}</div>}
          </div>
          {actions}
          <Button variant="quiet" icon={X} aria-label="Close" onClick={onClose} className="-mr-2" />
        </header>
        <div className="min-h-0 grow overflow-y-auto px-5 py-4">{children}</div>
      </div>
    </dialog>
  )
}

interface ConfirmProps {
  title: string
  children: ReactNode
  /** The word that has to be typed, where there is no way back. */
  typed?: string
  action: string
  /** Whether everything else that is asked for is there. */
  ready?: boolean
  onConfirm: () => Promise<unknown>
  onClose: () => void
}

export function Confirm({ title, children, typed, action, ready = true, onConfirm, onClose }: ConfirmProps) {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    try {
      await onConfirm()
      onClose()
    } catch (trouble) {
      setError(trouble)
      setBusy(false)
    }
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <div className="text-sm text-pretty text-ink-2">{children}</div>
        {typed !== undefined && (
          <TextField
            label={`Type ${typed} to confirm`}
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        <Problem error={error} />
        <footer className="flex justify-end gap-2">
          <Button onClick={onClose} data-first="">
            Cancel
          </Button>
          <Button
            type="submit"
            variant="danger"
            busy={busy}
            disabled={!ready || (typed !== undefined && text.trim() !== typed)}
          >
            {action}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
