// The router over the addresses of `console/routes.tsx`: filters are words in the address, and nothing else is kept of it.
import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { tree } from './routes.tsx'
import { NotFound, ScreenError } from './shell/trouble.tsx'

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>
  }
}

export function createConsoleRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    defaultErrorComponent: ScreenError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const kept = Object.entries(search).flatMap(([key, value]) =>
        typeof value === 'string' && value !== '' ? [[key, value] as [string, string]] : [],
      )
      const text = new URLSearchParams(kept).toString()
      return text ? `?${text}` : ''
    },
  })
}
