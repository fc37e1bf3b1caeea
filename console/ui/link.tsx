// Links in running text: inside the console by route, outside in a tab of their own that learns nothing about us.
import { createLink } from '@tanstack/react-router'
import { ArrowUpRight } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './class.ts'

function Anchor({ children, ...rest }: ComponentProps<'a'>) {
  return (
    <a {...rest} className={cx('link rounded-xs', rest.className)}>
      {children}
    </a>
  )
}

export const TextLink = createLink(Anchor)

interface CurrentProps extends ComponentProps<'a'> {
  isCurrent: boolean
}

/** The router calls a link current by its path alone; here whoever shows the link decides. */
function CurrentAnchor({ isCurrent, children, ...rest }: CurrentProps) {
  return (
    <a {...rest} aria-current={isCurrent ? 'page' : undefined}>
      {children}
    </a>
  )
}

export const CurrentLink = createLink(CurrentAnchor)

export function OutLink({ href, children, className }: { href: string; children: ReactNode; className?: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" className={cx('link rounded-xs', className)}>
      {children}
      <ArrowUpRight size={13} aria-hidden className="mb-px ml-0.5 inline align-[-2px] opacity-70" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  )
}
