// A panel beside the button that opens it, on the browser's own popover: Escape and a click elsewhere close it, nothing
// else is blocked. What is in it is made when it opens, since a table may hold a hundred of them.
import { type ReactNode, useId, useRef, useState } from 'react'

interface PopoverProps {
  button: (props: { popoverTarget: string; 'aria-haspopup': 'dialog' }) => ReactNode
  label: string
  children: () => ReactNode
}

const WIDTH = 336
const MARGIN = 8

export function Popover({ button, label, children }: PopoverProps) {
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const anchor = useRef<HTMLSpanElement>(null)
  const [open, setOpen] = useState(false)
  function place() {
    const box = anchor.current?.getBoundingClientRect()
    if (!box || !panel.current) return
    const { style } = panel.current
    const width = Math.min(WIDTH, innerWidth - 2 * MARGIN)
    const up = box.bottom > innerHeight * 0.62
    style.setProperty('inset', 'auto')
    style.setProperty('width', `${width}px`)
    style.setProperty('max-height', `${(up ? box.top : innerHeight - box.bottom) - 2 * MARGIN}px`)
    style.setProperty(up ? 'bottom' : 'top', `${up ? innerHeight - box.top + 6 : box.bottom + 6}px`)
    style.setProperty('left', `${Math.max(MARGIN, Math.min(box.left, innerWidth - width - MARGIN))}px`)
  }
  return (
    <span ref={anchor} className="relative z-1 inline-flex">
      {button({ popoverTarget: id, 'aria-haspopup': 'dialog' })}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        onBeforeToggle={(event) => {
          if (event.newState === 'open') place()
          setOpen(event.newState === 'open')
        }}
        className="m-0 overflow-y-auto rounded-md bg-raised p-4 text-left text-sm font-normal whitespace-normal text-ink shadow-raised"
      >
        {open && children()}
      </div>
    </span>
  )
}
