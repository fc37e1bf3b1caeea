// A short list of actions behind one button, on the browser's own popover: it closes on Escape, on a click elsewhere and
// after a choice, and needs no positioning script.
import { type ReactNode, useId, useRef } from 'react'

interface MenuProps {
  button: (props: { popoverTarget: string; 'aria-haspopup': 'true' }) => ReactNode
  label: string
  children: ReactNode
  /** Which side of the button it opens to. */
  up?: boolean
  start?: boolean
}

export function Menu({ button, label, children, up = false, start = false }: MenuProps) {
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const anchor = useRef<HTMLSpanElement>(null)
  function place() {
    const box = anchor.current?.getBoundingClientRect()
    const element = panel.current
    if (!box || !element) return
    const { style } = element
    style.setProperty('inset', 'auto')
    style.setProperty(up ? 'bottom' : 'top', `${up ? innerHeight - box.top + 6 : box.bottom + 6}px`)
    style.setProperty(start ? 'left' : 'right', `${start ? box.left : innerWidth - box.right}px`)
  }
  return (
    <span ref={anchor} className="inline-flex">
      {button({ popoverTarget: id, 'aria-haspopup': 'true' })}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- closes after a choice; the choices are buttons and links */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        aria-label={label}
        role="group"
        onBeforeToggle={place}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('a, button')) panel.current?.hidePopover()
        }}
        className="m-0 min-w-48 rounded-md bg-raised p-1 text-sm shadow-raised"
      >
        {children}
      </div>
    </span>
  )
}

export const MENU_ITEM =
  'flex w-full items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-left text-ink hover:bg-hover max-md:py-2.5'
