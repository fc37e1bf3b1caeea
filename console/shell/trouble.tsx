// An address that leads nowhere, and a screen that broke.
import { Link, useRouter } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { EmptyState, ErrorState } from '../ui/states.tsx'

export function NotFound() {
  return (
    <div className="grid min-h-[60dvh] place-items-center">
      <EmptyState
        icon={Compass}
        title="There is no such page"
        action={
          <Link to="/" className="link text-sm">
            Go to the start page
          </Link>
        }
      >
        The address may be from another version, or mistyped. Search finds most things by name or id.
      </EmptyState>
    </div>
  )
}

export function ScreenError({ error }: { error: unknown }) {
  const router = useRouter()
  return <ErrorState error={error} retry={() => void router.invalidate()} />
}
