// Short notices that nobody has to answer. They live in one polite live region, at most three at a time.
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { ApiError } from '../api.ts'
import { sentence } from '../lib/format.ts'

interface Toast {
  id: number
  tone: 'good' | 'bad'
  text: string
  hint?: string | undefined
}

const SHOWN = 3
const STAYS_MS = 6000
let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function change(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

const remove = (id: number) => change(toasts.filter((toast) => toast.id !== id))

export function toast(text: string, tone: Toast['tone'] = 'good', hint?: string): void {
  const id = ++lastId
  change([...toasts, { id, tone, text, hint }].slice(-SHOWN))
  setTimeout(() => remove(id), tone === 'bad' ? STAYS_MS * 2 : STAYS_MS)
}

export function toastError(error: unknown): void {
  if (error instanceof ApiError) toast(sentence(error.message), 'bad', error.hint && sentence(error.hint))
  else toast(error instanceof Error ? error.message : 'That did not work.', 'bad')
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-50 flex flex-col items-end gap-2 sm:left-auto sm:w-96"
    >
      {shown.map(({ id, tone, text, hint }) => (
        <div
          key={id}
          className="pointer-events-auto flex w-full animate-appear items-start gap-2.5 rounded-md bg-raised p-3 text-sm shadow-raised"
        >
          {tone === 'good' ? (
            <CircleCheck size={17} aria-hidden className="mt-px shrink-0 text-good-mark" />
          ) : (
            <CircleAlert size={17} aria-hidden className="mt-px shrink-0 text-bad-mark" />
          )}
          <p className="min-w-0 grow">
            {text}
            {hint && <span className="block text-ink-3">{hint}</span>}
          </p>
          <button
            type="button"
            onClick={() => remove(id)}
            aria-label="Dismiss"
            className="-m-1 rounded-xs p-1 text-ink-3 hover:text-ink"
          >
            <X size={15} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  )
}
