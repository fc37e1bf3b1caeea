// The pages of the evidence log.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './frame.tsx'

const log = createRoute({ getParentRoute: () => shell, path: '/log', staticData: { crumb: 'Log' } })
const entries = createRoute({
  getParentRoute: () => log,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/log/entries.tsx'), 'Entries'),
})
const entry = createRoute({
  getParentRoute: () => log,
  path: '$index',
  staticData: { crumb: ({ index }) => `Entry ${index}` },
  component: lazyRouteComponent(() => import('../screens/log/entry.tsx'), 'Entry'),
})
const checkpoints = createRoute({
  getParentRoute: () => log,
  path: 'checkpoints',
  staticData: { crumb: 'Checkpoints' },
  component: lazyRouteComponent(() => import('../screens/log/checkpoints.tsx'), 'Checkpoints'),
})
const verify = createRoute({
  getParentRoute: () => log,
  path: 'verify',
  staticData: { crumb: 'Verify' },
  component: lazyRouteComponent(() => import('../screens/log/verify.tsx'), 'Verify'),
})

export const logRoutes = log.addChildren([entries, checkpoints, verify, entry])
