// The pages of the gateway.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './frame.tsx'

const gateway = createRoute({ getParentRoute: () => shell, path: '/gateway', staticData: { crumb: 'Gateway' } })
const traffic = createRoute({
  getParentRoute: () => gateway,
  path: '/',
  staticData: { crumb: 'Traffic' },
  component: lazyRouteComponent(() => import('../screens/gateway/traffic.tsx'), 'Traffic'),
})
const policy = createRoute({
  getParentRoute: () => gateway,
  path: 'policy',
  staticData: { crumb: 'Routes & policy' },
  component: lazyRouteComponent(() => import('../screens/gateway/policy.tsx'), 'PolicyPage'),
})
const gatewayKeys = createRoute({
  getParentRoute: () => gateway,
  path: 'keys',
  staticData: { crumb: 'Keys & budgets' },
  component: lazyRouteComponent(() => import('../screens/gateway/keys.tsx'), 'Keys'),
})
const costs = createRoute({
  getParentRoute: () => gateway,
  path: 'costs',
  staticData: { crumb: 'Costs' },
  component: lazyRouteComponent(() => import('../screens/gateway/costs.tsx'), 'Costs'),
})
const playground = createRoute({
  getParentRoute: () => gateway,
  path: 'playground',
  staticData: { crumb: 'Playground' },
  component: lazyRouteComponent(() => import('../screens/gateway/playground.tsx'), 'Playground'),
})

const approvals = createRoute({
  getParentRoute: () => gateway,
  path: 'approvals',
  staticData: { crumb: 'Approvals' },
})
const approvalList = createRoute({
  getParentRoute: () => approvals,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/approvals/approvals.tsx'), 'Approvals'),
})
const approval = createRoute({
  getParentRoute: () => approvals,
  path: '$id',
  staticData: { crumb: ({ id }) => id ?? '' },
  component: lazyRouteComponent(() => import('../screens/approvals/approval.tsx'), 'ApprovalPage'),
})

export const gatewayRoutes = gateway.addChildren([
  traffic,
  approvals.addChildren([approvalList, approval]),
  playground,
  policy,
  gatewayKeys,
  costs,
])
