// A point in time: relative for the reader, absolute in UTC on hover and for machines.
import { useNow } from '../lib/clock.ts'
import { formatAbsolute, formatRelative } from '../lib/format.ts'

export function Time({ at, absolute = false }: { at: string; absolute?: boolean }) {
  const now = useNow()
  return (
    <time dateTime={at} title={formatAbsolute(at)} className="whitespace-nowrap">
      {absolute ? formatAbsolute(at) : formatRelative(at, now)}
    </time>
  )
}
