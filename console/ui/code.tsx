// Text for machines: ids and hashes in a line, documents in a block that scrolls by itself.
import type { ReactNode } from 'react'
import { cx } from './class.ts'
import { Copy } from './copy.tsx'

export function Code({ children, className }: { children: ReactNode; className?: string }) {
  return <code className={cx('font-mono text-[0.92em] break-words', className)}>{children}</code>
}

/** A long hash: its ends are what people compare, the whole is there to copy. */
export function Hash({ value, label = 'Copy the hash' }: { value: string; label?: string }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1">
      <code className="truncate font-mono text-xs" title={value}>
        {value}
      </code>
      <Copy text={value} label={label} wordless />
    </span>
  )
}

export function CodeBlock({ text, label, wrap = false }: { text: string; label: string; wrap?: boolean }) {
  return (
    <div className="flex items-start overflow-hidden rounded-md border border-line bg-sunken">
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by key
        tabIndex={0}
        aria-label={label}
        className={cx(
          'max-h-96 min-w-0 grow overflow-auto p-3 font-mono text-xs leading-relaxed',
          wrap && 'break-all whitespace-pre-wrap',
        )}
      >
        {text}
      </pre>
      <div className="shrink-0 p-1">
        <Copy text={text} label={`Copy ${label}`} wordless />
      </div>
    </div>
  )
}
