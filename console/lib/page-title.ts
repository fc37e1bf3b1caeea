// What the page that is open calls itself, for those outside it: the breadcrumbs know only the id in the address.
import { useEffect, useSyncExternalStore } from 'react'

let title: string | undefined
const listeners = new Set<() => void>()

function tell(next: string | undefined) {
  title = next
  for (const listener of listeners) listener()
}

export function useTellTitle(next: string) {
  useEffect(() => {
    document.title = `${next} · Parapet`
    tell(next)
    return () => tell(undefined)
  }, [next])
}

function listen(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const usePageTitle = () => useSyncExternalStore(listen, () => title)
