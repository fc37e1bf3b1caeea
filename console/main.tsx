// Starts the console: one query cache, one router, and the rule for what happens when a session ends.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError, whenSignedOut } from './api.ts'
import { createConsoleRouter } from './router.tsx'
import { keepClient, sessionEnded } from './session.ts'
import './styles/app.css'

const MOST_RETRIES = 2

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < MOST_RETRIES && error instanceof ApiError && error.status === 0,
      refetchOnWindowFocus: true,
    },
  },
})

const router = createConsoleRouter(client)
keepClient(client)
whenSignedOut(() => {
  sessionEnded()
  const { pathname, href } = router.state.location
  if (pathname !== '/sign-in' && pathname !== '/welcome')
    void router.navigate({ to: '/sign-in', search: { next: href } })
})

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
}
