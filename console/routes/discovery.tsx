// What was found, and what can reach what.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './frame.tsx'

const graph = createRoute({
  getParentRoute: () => shell,
  path: '/graph',
  staticData: { crumb: 'Graph' },
  component: lazyRouteComponent(() => import('../screens/graph/graph.tsx'), 'Graph'),
})

export const discoveryRoutes = [graph] as const
