// Old names, codes and slips of the pen lead to the right page: the address becomes the real one, and the page says so.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { CornerDownRight } from 'lucide-react'
import { useEffect } from 'react'
import { placeOf, type Reference } from './kinds.ts'

interface Found {
  id: string
  foundAs: { name: string; by: string; note: string | null } | null
}

/** The name it was asked for by, once the address has been put right. */
export function useCanonical(kind: Reference['kind'], data: Found | undefined): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (!data?.foundAs) return
    void navigate({
      href: `${placeOf({ kind, id: data.id })}?as=${encodeURIComponent(data.foundAs.name)}`,
      replace: true,
    })
  }, [data, kind, navigate])
}

export function AskedAs() {
  const { as: name } = useSearch({ from: '/shell' })
  if (!name) return null
  return (
    <p className="mb-4 flex items-center gap-2 rounded-md bg-note-soft px-3 py-2 text-sm text-note">
      <CornerDownRight size={15} aria-hidden className="shrink-0" />
      <span>“{name}” leads here: it is an earlier or another name of this.</span>
    </p>
  )
}
