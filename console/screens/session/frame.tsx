// The page around everything that happens before one is inside: one column, the mark, nothing to distract.
import { type ReactNode, useEffect } from 'react'
import { Mark } from '../../shell/sidebar.tsx'
import { cx } from '../../ui/class.ts'

interface FrameProps {
  title: string
  lead?: ReactNode
  children: ReactNode
  /** For more than a few fields. */
  wide?: boolean
}

export function Frame({ title, lead, children, wide = false }: FrameProps) {
  useEffect(() => {
    document.title = `${title} · Parapet`
  }, [title])
  return (
    <main className="grid min-h-dvh place-items-center px-5 py-10">
      <div className={cx('w-full', wide ? 'max-w-[46rem]' : 'max-w-[23rem]')}>
        <div className="mb-8 flex items-center gap-2.5">
          <Mark size={26} />
          <span className="text-lg font-semibold tracking-[-0.01em]">Parapet</span>
        </div>
        <h1 className="text-xl font-semibold tracking-[-0.014em]">{title}</h1>
        {lead && <p className="mt-1.5 text-base text-pretty text-ink-2">{lead}</p>}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  )
}

export function Or() {
  return (
    <div className="my-4 flex items-center gap-3 text-xs text-ink-3">
      <span className="h-px grow bg-line" />
      or
      <span className="h-px grow bg-line" />
    </div>
  )
}
