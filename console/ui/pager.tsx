// Pages by cursor. The cursor is in the address; where one came from is remembered for as long as the tab lives, since
// a cursor knows only the way forward.
import { ChevronLeft, ChevronRight, ChevronsLeft } from 'lucide-react'
import { Button } from './button.tsx'

const cameFrom = new Map<string, string | undefined>()
const REMEMBERED = 500

interface PagerProps {
  cursor: string | undefined
  next: string | undefined
  onMove: (cursor: string | undefined) => void
}

export function Pager({ cursor, next, onMove }: PagerProps) {
  if (!cursor && !next) return null
  const back = cursor === undefined ? undefined : cameFrom.get(cursor)
  const knowsBack = cursor !== undefined && cameFrom.has(cursor)
  function forward() {
    if (!next) return
    if (cameFrom.size >= REMEMBERED) cameFrom.clear()
    cameFrom.set(next, cursor)
    onMove(next)
  }
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-end gap-2">
      {cursor && (
        <Button small icon={ChevronsLeft} onClick={() => onMove(undefined)}>
          First
        </Button>
      )}
      {knowsBack && (
        <Button small icon={ChevronLeft} onClick={() => onMove(back)}>
          Previous
        </Button>
      )}
      <Button small onClick={forward} disabled={!next}>
        Next
        <ChevronRight size={15} aria-hidden />
      </Button>
    </nav>
  )
}
