// The settings of the house and of oneself.
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { shell } from './frame.tsx'

const settings = createRoute({ getParentRoute: () => shell, path: '/settings', staticData: { crumb: 'Settings' } })
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/account' })
  },
})
const account = createRoute({
  getParentRoute: () => settings,
  path: 'account',
  staticData: { crumb: 'My account' },
  component: lazyRouteComponent(() => import('../screens/settings/account.tsx'), 'Account'),
})
const people = createRoute({
  getParentRoute: () => settings,
  path: 'people',
  staticData: { crumb: 'People' },
  component: lazyRouteComponent(() => import('../screens/settings/people.tsx'), 'People'),
})
const tokens = createRoute({
  getParentRoute: () => settings,
  path: 'tokens',
  staticData: { crumb: 'API tokens' },
  component: lazyRouteComponent(() => import('../screens/settings/tokens.tsx'), 'Tokens'),
})
const jobs = createRoute({
  getParentRoute: () => settings,
  path: 'jobs',
  staticData: { crumb: 'Jobs' },
  component: lazyRouteComponent(() => import('../screens/settings/jobs.tsx'), 'Jobs'),
})
const system = createRoute({
  getParentRoute: () => settings,
  path: 'system',
  staticData: { crumb: 'System' },
  component: lazyRouteComponent(() => import('../screens/settings/system.tsx'), 'System'),
})

export const settingsRoutes = settings.addChildren([settingsHome, account, people, tokens, jobs, system])
