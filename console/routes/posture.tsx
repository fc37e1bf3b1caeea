// Where the organisation stands: threats, controls, standards, risks, attack paths.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { toTitleOfId } from '../lib/format.ts'
import { shell } from './frame.tsx'

const threatMatrix = createRoute({
  getParentRoute: () => shell,
  path: '/matrix',
  staticData: { crumb: 'Threat matrix' },
  component: lazyRouteComponent(() => import('../screens/matrix/threat-matrix.tsx'), 'ThreatMatrix'),
})
const coverage = createRoute({ getParentRoute: () => shell, path: '/controls', staticData: { crumb: 'Controls' } })
const coverageList = createRoute({
  getParentRoute: () => coverage,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/controls/controls.tsx'), 'ControlsInForce'),
})
const coverageOfControl = createRoute({
  getParentRoute: () => coverage,
  path: '$id',
  staticData: { crumb: ({ id }) => toTitleOfId(id) },
  component: lazyRouteComponent(() => import('../screens/controls/control.tsx'), 'ControlInForce'),
})
const standards = createRoute({ getParentRoute: () => shell, path: '/frameworks', staticData: { crumb: 'Frameworks' } })
const standardList = createRoute({
  getParentRoute: () => standards,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/frameworks/frameworks.tsx'), 'FrameworksInForce'),
})
const standard = createRoute({
  getParentRoute: () => standards,
  path: '$id',
  staticData: { crumb: ({ id }) => toTitleOfId(id) },
  component: lazyRouteComponent(() => import('../screens/frameworks/framework.tsx'), 'FrameworkInForce'),
})
const practices = createRoute({
  getParentRoute: () => shell,
  path: '/practices',
  staticData: { crumb: 'Practices' },
  component: lazyRouteComponent(() => import('../screens/practices/practices.tsx'), 'Practices'),
})
const suppliers = createRoute({
  getParentRoute: () => shell,
  path: '/suppliers',
  staticData: { crumb: 'Suppliers' },
  component: lazyRouteComponent(() => import('../screens/suppliers/suppliers.tsx'), 'SuppliersPage'),
})
const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  staticData: { crumb: 'Reports' },
  component: lazyRouteComponent(() => import('../screens/reports/reports.tsx'), 'Reports'),
})
const risks = createRoute({ getParentRoute: () => shell, path: '/risks', staticData: { crumb: 'Risks' } })
const riskRegister = createRoute({
  getParentRoute: () => risks,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/risks/register.tsx'), 'RiskRegister'),
})
const workbench = createRoute({
  getParentRoute: () => risks,
  path: '$system',
  staticData: { crumb: ({ system }) => system ?? '' },
  component: lazyRouteComponent(() => import('../screens/risks/workbench.tsx'), 'Workbench'),
})

const attackPaths = createRoute({
  getParentRoute: () => shell,
  path: '/attack-paths',
  staticData: { crumb: 'Attack paths' },
})
const attackPathList = createRoute({
  getParentRoute: () => attackPaths,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/attack-paths/attack-paths.tsx'), 'AttackPaths'),
})
const attackPath = createRoute({
  getParentRoute: () => attackPaths,
  path: '$path',
  staticData: { crumb: ({ path }) => path ?? '' },
  component: lazyRouteComponent(() => import('../screens/attack-paths/attack-path.tsx'), 'AttackPathPage'),
})

export const postureRoutes = [
  threatMatrix,
  risks.addChildren([riskRegister, workbench]),
  attackPaths.addChildren([attackPathList, attackPath]),
  coverage.addChildren([coverageList, coverageOfControl]),
  standards.addChildren([standardList, standard]),
  practices,
  suppliers,
  reports,
] as const
