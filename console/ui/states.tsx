// What a place shows while it waits, when it has nothing, and when something went wrong. An empty place says what it is
// for; a failure says what happened, what to do, and lets one try again.
import { Link } from '@tanstack/react-router'
import { CircleAlert, type LucideIcon, RotateCw, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError } from '../api.ts'
import { Button } from './button.tsx'
import { cx } from './class.ts'
import { Said } from './said.tsx'

export function Skeleton({ className = 'h-3 w-24' }: { className?: string }) {
  return <span aria-hidden className={cx('block animate-breathe rounded-xs bg-pressed', className)} />
}

export function SkeletonLines({ lines = 4 }: { lines?: number }) {
  const widths = ['w-11/12', 'w-4/5', 'w-full', 'w-2/3']
  return (
    <div role="status" className="grid gap-3 py-1">
      <span className="sr-only">Loading</span>
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} className={cx('h-3', widths[i % widths.length])} />
      ))}
    </div>
  )
}

interface EmptyProps {
  icon: LucideIcon
  title: string
  children: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center">
      <span className="mb-4 grid size-11 place-items-center rounded-lg border border-line bg-sunken text-ink-3">
        <Icon size={20} strokeWidth={1.6} aria-hidden />
      </span>
      <h2 className="text-md font-semibold">{title}</h2>
      <p className="mt-1 text-sm text-pretty text-ink-2">{children}</p>
      {action && <div className="mt-5 flex gap-2">{action}</div>}
    </div>
  )
}

export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const known = error instanceof ApiError ? error : undefined
  const Icon = known?.code === 'unreachable' ? WifiOff : CircleAlert
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-center px-4 py-8 text-center">
      <span className="mb-4 grid size-11 place-items-center rounded-lg bg-bad-soft text-bad">
        <Icon size={20} strokeWidth={1.6} aria-hidden />
      </span>
      <h2 className="text-md font-semibold">{known?.status === 404 ? 'Not found' : 'This could not be loaded'}</h2>
      <p className="mt-1 text-sm text-pretty text-ink-2">
        <Said text={error instanceof Error ? error.message : 'Unknown trouble'} />
      </p>
      {known?.hint && (
        <p className="mt-1 text-sm text-pretty text-ink-2">
          <Said text={known.hint} />
        </p>
      )}
      {known?.requestId && <p className="mt-3 font-mono text-2xs text-ink-3">request {known.requestId}</p>}
      <div className="mt-5 flex gap-2">
        {retry && known?.status !== 404 && (
          <Button icon={RotateCw} onClick={retry}>
            Try again
          </Button>
        )}
        {known?.status === 404 && (
          <Link to="/" className="link text-sm">
            Go to the start page
          </Link>
        )}
      </div>
    </div>
  )
}

/** For forms: all that was wrong with what was sent. */
export function Problem({ error }: { error: unknown }) {
  if (!error) return null
  const known = error instanceof ApiError ? error : undefined
  const lines = known?.issues.filter((issue) => !known.message.includes(issue.message)) ?? []
  return (
    <div role="alert" className="flex gap-2.5 rounded-md bg-bad-soft px-3 py-2.5 text-sm text-bad">
      <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">
          <Said text={error instanceof Error ? error.message : 'That did not work'} />
        </p>
        {known?.hint && (
          <p>
            <Said text={known.hint} />
          </p>
        )}
        {lines.map((issue) => (
          <p key={issue.path + issue.message}>
            {issue.path}: {issue.message}
            {issue.suggestion && ` – did you mean “${issue.suggestion}”?`}
          </p>
        ))}
      </div>
    </div>
  )
}
