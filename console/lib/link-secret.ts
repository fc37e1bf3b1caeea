// The secret of a link stands after its #. It leaves the address bar before anything else happens, so that neither history
// nor a screenshot keeps it, and stays in memory for as long as the page does.
import { useEffect, useState } from 'react'

let secretOnce = ''

function take(): string {
  if (location.hash.length > 1) {
    secretOnce = decodeURIComponent(location.hash.slice(1))
    history.replaceState(history.state, '', location.pathname)
  }
  return secretOnce
}

export function forgetSecret(): void {
  secretOnce = ''
}

/** `tries` counts the links that were opened in this tab: a second one only changes the part after #. */
export function useLinkSecret(): { secret: string; tries: number } {
  const [link, setLink] = useState(() => ({ secret: take(), tries: 0 }))
  useEffect(() => {
    const changed = () => {
      if (location.hash.length > 1) setLink(({ tries }) => ({ secret: take(), tries: tries + 1 }))
    }
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  return link
}
