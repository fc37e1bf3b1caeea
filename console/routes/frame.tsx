// What every address hangs on: the pages without a session, and the frame around the others.
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { ensureSession } from '../session.ts'
import { Shell } from '../shell/shell.tsx'
import { NotFoundAlone } from '../shell/trouble.tsx'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    crumb?: string | ((params: Readonly<Record<string, string>>) => string)
  }
}

/** All filters are words in the address; anything else in it is left out. */
export type Search = Partial<Record<string, string>>
function words(input: Record<string, unknown>): Search {
  const kept = Object.entries(input).flatMap(([key, value]) =>
    typeof value === 'string' && value !== '' ? [[key, value.slice(0, 500)] as const] : [],
  )
  return Object.fromEntries(kept)
}

export const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFoundAlone,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: words,
  component: lazyRouteComponent(() => import('../screens/session/sign-in.tsx'), 'SignIn'),
})
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../screens/session/welcome.tsx'), 'Welcome'),
})
const answer = createRoute({
  getParentRoute: () => root,
  path: '/assurance',
  component: lazyRouteComponent(() => import('../screens/assurance/answer.tsx'), 'AnswerQuestions'),
})

export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  validateSearch: words,
  beforeLoad: async ({ context, location }) => {
    const session = await ensureSession(context.client)
    if (!session.signedIn) throw redirect({ to: '/sign-in', search: { next: location.href } })
  },
})

export const alone = [signIn, welcome, answer] as const
