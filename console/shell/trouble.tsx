// An address that leads nowhere, and a screen that broke.
import { Link, useRouter } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useEffect } from 'react'
import { ErrorState } from '../ui/states.tsx'

export function NotFound() {
  useEffect(() => {
    document.title = 'No such page · Parapet'
  }, [])
  return (
    <div className="mx-auto grid min-h-[60dvh] max-w-md place-content-center justify-items-center px-6 text-center">
      <span className="mb-4 grid size-11 place-items-center rounded-lg border border-line bg-sunken text-ink-3">
        <Compass size={20} strokeWidth={1.6} aria-hidden />
      </span>
      <h1 className="text-md font-semibold">There is no such page</h1>
      <p className="mt-1 text-sm text-pretty text-ink-2">
        The address may be from another version, or mistyped. Search finds most things by name or id.
      </p>
      <Link to="/" className="link mt-5 text-sm">
        Go to the start page
      </Link>
    </div>
  )
}

/** Where no frame is around it. */
export function NotFoundAlone() {
  return (
    <main>
      <NotFound />
    </main>
  )
}

export function ScreenError({ error }: { error: unknown }) {
  const router = useRouter()
  return <ErrorState error={error} retry={() => void router.invalidate()} />
}
