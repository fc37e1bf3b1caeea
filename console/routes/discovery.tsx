// What scans and traffic found, and what can reach what.
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { shell } from './frame.tsx'

const graph = createRoute({
  getParentRoute: () => shell,
  path: '/graph',
  staticData: { crumb: 'Graph' },
  component: lazyRouteComponent(() => import('../screens/graph/graph.tsx'), 'Graph'),
})

const discovery = createRoute({ getParentRoute: () => shell, path: '/discovery', staticData: { crumb: 'Discovery' } })
const discoveryHome = createRoute({
  getParentRoute: () => discovery,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/discovery/scans' })
  },
})
const scans = createRoute({ getParentRoute: () => discovery, path: 'scans', staticData: { crumb: 'Scans' } })
const scanList = createRoute({
  getParentRoute: () => scans,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/discovery/scans.tsx'), 'Scans'),
})
const scan = createRoute({
  getParentRoute: () => scans,
  path: '$id',
  staticData: { crumb: ({ id }) => id ?? '' },
  component: lazyRouteComponent(() => import('../screens/discovery/scan.tsx'), 'ScanPage'),
})
const findings = createRoute({
  getParentRoute: () => discovery,
  path: 'findings',
  staticData: { crumb: 'Findings' },
  component: lazyRouteComponent(() => import('../screens/discovery/findings.tsx'), 'ScanFindings'),
})
const bom = createRoute({
  getParentRoute: () => discovery,
  path: 'bom',
  staticData: { crumb: 'Bill of materials' },
  component: lazyRouteComponent(() => import('../screens/discovery/bom.tsx'), 'BomPage'),
})
const modelFiles = createRoute({
  getParentRoute: () => discovery,
  path: 'model-files',
  staticData: { crumb: 'Model files' },
  component: lazyRouteComponent(() => import('../screens/discovery/model-files.tsx'), 'ModelFiles'),
})
const shadowAi = createRoute({
  getParentRoute: () => discovery,
  path: 'shadow-ai',
  staticData: { crumb: 'Shadow AI' },
  component: lazyRouteComponent(() => import('../screens/discovery/shadow-ai.tsx'), 'ShadowAi'),
})

export const discoveryRoutes = [
  graph,
  discovery.addChildren([discoveryHome, scans.addChildren([scanList, scan]), findings, bom, modelFiles, shadowAi]),
] as const
