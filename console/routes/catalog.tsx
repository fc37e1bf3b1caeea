// The pages of the catalogue.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { toTitleOfId } from '../lib/format.ts'
import { shell } from './frame.tsx'

const catalog = createRoute({ getParentRoute: () => shell, path: '/catalog', staticData: { crumb: 'Catalogue' } })
const catalogHome = createRoute({
  getParentRoute: () => catalog,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/catalog/overview.tsx'), 'Overview'),
})
const matrix = createRoute({
  getParentRoute: () => catalog,
  path: 'matrix',
  staticData: { crumb: 'Matrix' },
  component: lazyRouteComponent(() => import('../screens/catalog/matrix.tsx'), 'Matrix'),
})
const periodicTable = createRoute({
  getParentRoute: () => catalog,
  path: 'periodic-table',
  staticData: { crumb: 'Periodic table' },
  component: lazyRouteComponent(() => import('../screens/catalog/periodic-table.tsx'), 'PeriodicTable'),
})
const threats = createRoute({ getParentRoute: () => catalog, path: 'threats', staticData: { crumb: 'Threats' } })
const threatList = createRoute({
  getParentRoute: () => threats,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/catalog/threats.tsx'), 'Threats'),
})
const threat = createRoute({
  getParentRoute: () => threats,
  path: '$id',
  staticData: { crumb: ({ id }) => toTitleOfId(id) },
  component: lazyRouteComponent(() => import('../screens/catalog/threat.tsx'), 'Threat'),
})
const controls = createRoute({ getParentRoute: () => catalog, path: 'controls', staticData: { crumb: 'Controls' } })
const controlList = createRoute({
  getParentRoute: () => controls,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/catalog/controls.tsx'), 'Controls'),
})
const control = createRoute({
  getParentRoute: () => controls,
  path: '$id',
  staticData: { crumb: ({ id }) => toTitleOfId(id) },
  component: lazyRouteComponent(() => import('../screens/catalog/control.tsx'), 'Control'),
})
const measures = createRoute({ getParentRoute: () => catalog, path: 'measures', staticData: { crumb: 'Measures' } })
const measureList = createRoute({
  getParentRoute: () => measures,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/catalog/measures.tsx'), 'Measures'),
})
const measure = createRoute({
  getParentRoute: () => measures,
  path: '$id',
  staticData: { crumb: ({ id }) => id ?? '' },
  component: lazyRouteComponent(() => import('../screens/catalog/measure.tsx'), 'Measure'),
})
const facts = createRoute({
  getParentRoute: () => catalog,
  path: 'facts',
  staticData: { crumb: 'Facts' },
  component: lazyRouteComponent(() => import('../screens/catalog/facts.tsx'), 'FactList'),
})
const decisionTree = createRoute({
  getParentRoute: () => catalog,
  path: 'decision-tree',
  staticData: { crumb: 'Decision tree' },
  component: lazyRouteComponent(() => import('../screens/catalog/decision-tree.tsx'), 'DecisionTree'),
})
const duties = createRoute({
  getParentRoute: () => catalog,
  path: 'duties',
  staticData: { crumb: 'Duties and tests' },
  component: lazyRouteComponent(() => import('../screens/catalog/duties.tsx'), 'Duties'),
})
const frameworks = createRoute({
  getParentRoute: () => catalog,
  path: 'frameworks',
  staticData: { crumb: 'Frameworks' },
})
const frameworkList = createRoute({
  getParentRoute: () => frameworks,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/catalog/frameworks.tsx'), 'Frameworks'),
})
const frameworkRoom = createRoute({
  getParentRoute: () => frameworks,
  path: '$id',
  staticData: { crumb: ({ id }) => toTitleOfId(id) },
})
const framework = createRoute({
  getParentRoute: () => frameworkRoom,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/catalog/framework.tsx'), 'Framework'),
})
const frameworkItem = createRoute({
  getParentRoute: () => frameworkRoom,
  path: '$item',
  staticData: { crumb: ({ item }) => item ?? '' },
  component: lazyRouteComponent(() => import('../screens/catalog/framework-item.tsx'), 'FrameworkItem'),
})

export const catalogRoutes = catalog.addChildren([
  catalogHome,
  matrix,
  periodicTable,
  threats.addChildren([threatList, threat]),
  controls.addChildren([controlList, control]),
  measures.addChildren([measureList, measure]),
  facts,
  decisionTree,
  duties,
  frameworks.addChildren([frameworkList, frameworkRoom.addChildren([framework, frameworkItem])]),
])
