// Tabs are links: each has its own address, so Back, reload and a shared link all lead to the same tab.
import { createLink } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'

function TabAnchor({ children, className: _, ...rest }: ComponentProps<'a'>) {
  return (
    <a
      {...rest}
      className="-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 rounded-t-xs border-b-2 border-transparent px-0.5 text-sm text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
    >
      {children}
    </a>
  )
}

export const Tab = createLink(TabAnchor)

export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="scroll-x flex gap-5 border-b border-line">
      {children}
    </nav>
  )
}
