// Buttons, and links that look like them. A busy button keeps its width and its place in the tab order.
import { createLink } from '@tanstack/react-router'
import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './class.ts'

type Variant = 'primary' | 'plain' | 'quiet' | 'danger'

const VARIANT: Record<Variant, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-hover font-medium shadow-card',
  plain: 'bg-panel text-ink border-line hover:bg-sunken hover:border-line-strong/60 shadow-card',
  quiet: 'bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-bad-fill text-on-accent border-transparent hover:brightness-95 font-medium shadow-card',
}

const look = (variant: Variant, small: boolean, iconOnly: boolean) =>
  cx(
    'inline-flex items-center justify-center gap-1.5 rounded-sm border whitespace-nowrap transition-colors duration-100 select-none',
    'disabled:opacity-55 aria-disabled:opacity-55 max-md:min-h-9',
    small ? 'h-7 text-xs' : 'h-8 text-sm',
    iconOnly ? (small ? 'w-7 max-md:w-9' : 'w-8 max-md:w-9') : small ? 'px-2' : 'px-3',
    VARIANT[variant],
  )

interface Looks {
  variant?: Variant
  small?: boolean
  icon?: LucideIcon
  children?: ReactNode
}

interface ButtonProps extends ComponentProps<'button'>, Looks {
  busy?: boolean
}

export function Button({ variant = 'plain', small = false, icon: Icon, busy = false, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled === true || busy}
      aria-busy={busy || undefined}
      className={cx(look(variant, small, children === undefined), rest.className)}
    >
      {busy ? (
        <LoaderCircle size={14} aria-hidden className="animate-spin" />
      ) : (
        Icon && <Icon size={15} aria-hidden className="shrink-0 opacity-80" />
      )}
      {children}
    </button>
  )
}

function ButtonAnchor({
  variant = 'plain',
  small = false,
  icon: Icon,
  children,
  ...rest
}: ComponentProps<'a'> & Looks) {
  return (
    <a {...rest} className={cx(look(variant, small, children === undefined), rest.className)}>
      {Icon && <Icon size={15} aria-hidden className="shrink-0 opacity-80" />}
      {children}
    </a>
  )
}

export const ButtonLink = createLink(ButtonAnchor)
