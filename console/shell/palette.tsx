// ⌘K: everything one can open and everything one can do, in one list. Places and actions are found at once; objects of
// the catalogue come from the server's search while one types.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CornerDownLeft, Search } from 'lucide-react'
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import { read } from '../api.ts'
import { useMay } from '../session.ts'
import { cx } from '../ui/class.ts'
import { actionsFor, findAssets, findObjects, type Found, goTo, matches } from './palette-items.ts'

export function Palette({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const navigate = useNavigate()
  const may = useMay()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const asked = useDeferredValue(text.trim())
  const search = useQuery({
    ...read('/api/catalog/search', { query: { q: asked, limit: 12 } }),
    enabled: asked.length >= 2 && may('catalog:read'),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })

  const assets = useQuery({
    ...read('/api/assets', { query: { text: asked, limit: 8 } }),
    enabled: asked.length >= 2 && may('asset:read'),
    placeholderData: keepPreviousData,
  })

  const actions = actionsFor(may, navigate).filter((item) => matches(item, text))
  const objects = asked.length >= 2 && search.data ? findObjects(search.data.items, navigate) : []
  const entry =
    /^#?\d{1,12}$/.test(asked) && may('log:read') ? [goTo.entry(Number(asked.replace('#', '')), navigate)] : []
  const sections = [
    { name: 'Log', items: entry },
    { name: 'Systems and assets', items: asked.length >= 2 ? findAssets(assets.data?.items ?? [], navigate) : [] },
    { name: 'Catalogue', items: objects },
    { name: 'Go to', items: actions.filter(({ kind }) => kind === 'place') },
    { name: 'Do', items: actions.filter(({ kind }) => kind === 'action') },
  ].filter(({ items }) => items.length > 0)
  const all = sections.flatMap(({ items }) => items)
  const at = Math.min(chosen, all.length - 1)

  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])

  function run(item: Found | undefined) {
    if (!item) return
    onClose()
    item.run()
  }
  function press(event: KeyboardEvent) {
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }
    const to = moves[event.key]
    if (to !== undefined && !(event.key === 'Home' || event.key === 'End' ? text : '')) {
      event.preventDefault()
      setChosen((to + all.length) % Math.max(all.length, 1))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(all[at])
    }
  }

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape does the same
    <dialog
      ref={dialog}
      aria-label="Search or jump to"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      className="mx-auto mt-[12vh] mb-0 w-[min(38rem,calc(100vw-1.5rem))] animate-appear overflow-hidden rounded-lg bg-raised p-0 shadow-raised"
    >
      <div className="flex max-h-[70dvh] flex-col">
        <div className="flex items-center gap-3 border-b border-line px-4">
          <Search size={17} aria-hidden className="shrink-0 text-ink-3" />
          <input
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the palette is opened to type in it
            autoFocus
            role="combobox"
            aria-expanded={all.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={all[at] ? `${id}-${at}` : undefined}
            aria-autocomplete="list"
            aria-label="Search systems, threats, controls, frameworks, places and actions"
            placeholder="Systems, threats, controls, places, actions…"
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              setChosen(0)
            }}
            onKeyDown={press}
            autoComplete="off"
            spellCheck={false}
            className="h-12 min-w-0 grow bg-transparent text-md outline-none"
          />
          <kbd className="rounded-xs border border-line px-1.5 font-sans text-2xs text-ink-3">Esc</kbd>
        </div>
        <div id={`${id}-list`} role="listbox" aria-label="Results" className="min-h-0 overflow-y-auto p-1.5">
          {sections.map(({ name, items }) => (
            <div key={name} role="group" aria-label={name}>
              <div aria-hidden className="px-2.5 pt-2 pb-1 text-2xs font-medium text-ink-3">
                {name}
              </div>
              {items.map((item) => {
                const index = all.indexOf(item)
                return (
                  <Option
                    key={item.id}
                    id={`${id}-${index}`}
                    item={item}
                    selected={index === at}
                    onPoint={() => setChosen(index)}
                    onRun={() => run(item)}
                  />
                )
              })}
            </div>
          ))}
        </div>
        {all.length === 0 && (
          <p role="status" className="px-4 pt-4 pb-8 text-center text-sm text-ink-2">
            {search.isFetching || assets.isFetching
              ? 'Searching…'
              : `Nothing is called “${text}”. Try a system, a threat, a control, or an id such as LLM01:2026.`}
          </p>
        )}
      </div>
    </dialog>
  )
}

interface OptionProps {
  id: string
  item: Found
  selected: boolean
  onPoint: () => void
  onRun: () => void
}

function Option({ id, item, selected, onPoint, onRun }: OptionProps) {
  const { icon: Icon, name, note } = item
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the combobox holds the focus and its keys
    <div
      id={id}
      role="option"
      aria-selected={selected}
      onPointerMove={selected ? undefined : onPoint}
      onClick={onRun}
      className={cx(
        'flex cursor-pointer items-center gap-3 rounded-sm px-2.5 py-1.5 text-sm',
        selected && 'bg-accent-soft text-accent-word',
      )}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className={cx('shrink-0', !selected && 'text-ink-3')} />
      <span className="max-w-[78%] flex-none truncate">{name}</span>
      {note && (
        <span className={cx('min-w-0 shrink truncate text-xs', selected ? 'text-accent-word' : 'text-ink-3')}>
          {note}
        </span>
      )}
      {selected && <CornerDownLeft size={14} aria-hidden className="ml-auto shrink-0" />}
    </div>
  )
}
