// Every address of the console. Screens are fetched when first opened (or pointed at); only the frame comes at once.
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { toTitleOfId } from './lib/format.ts'
import { ensureSession } from './session.ts'
import { Shell } from './shell/shell.tsx'
import { NotFoundAlone } from './shell/trouble.tsx'

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

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFoundAlone,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: words,
  component: lazyRouteComponent(() => import('./screens/session/sign-in.tsx'), 'SignIn'),
})
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./screens/session/welcome.tsx'), 'Welcome'),
})
const answer = createRoute({
  getParentRoute: () => root,
  path: '/assurance',
  component: lazyRouteComponent(() => import('./screens/assurance/answer.tsx'), 'AnswerQuestions'),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  validateSearch: words,
  beforeLoad: async ({ context, location }) => {
    const session = await ensureSession(context.client)
    if (!session.signedIn) throw redirect({ to: '/sign-in', search: { next: location.href } })
  },
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  staticData: { crumb: 'Home' },
  component: lazyRouteComponent(() => import('./screens/home/home.tsx'), 'Home'),
})

const inventory = createRoute({ getParentRoute: () => shell, path: '/inventory', staticData: { crumb: 'Inventory' } })
const assetList = createRoute({
  getParentRoute: () => inventory,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/inventory/inventory.tsx'), 'Inventory'),
})
const asset = createRoute({
  getParentRoute: () => inventory,
  path: '$id',
  staticData: { crumb: ({ id }) => id ?? '' },
  component: lazyRouteComponent(() => import('./screens/inventory/asset.tsx'), 'Asset'),
})
const systems = createRoute({ getParentRoute: () => shell, path: '/systems', staticData: { crumb: 'Inventory' } })
const systemList = createRoute({
  getParentRoute: () => systems,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inventory' })
  },
})
const systemRoom = createRoute({
  getParentRoute: () => systems,
  path: '$id',
  staticData: { crumb: ({ id }) => id ?? '' },
})
const systemPage = createRoute({
  getParentRoute: () => systemRoom,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/system/system.tsx'), 'System'),
})

const threatMatrix = createRoute({
  getParentRoute: () => shell,
  path: '/matrix',
  staticData: { crumb: 'Threat matrix' },
  component: lazyRouteComponent(() => import('./screens/matrix/threat-matrix.tsx'), 'ThreatMatrix'),
})
const coverage = createRoute({ getParentRoute: () => shell, path: '/controls', staticData: { crumb: 'Controls' } })
const coverageList = createRoute({
  getParentRoute: () => coverage,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/controls/controls.tsx'), 'ControlsInForce'),
})
const coverageOfControl = createRoute({
  getParentRoute: () => coverage,
  path: '$id',
  staticData: { crumb: ({ id }) => toTitleOfId(id) },
  component: lazyRouteComponent(() => import('./screens/controls/control.tsx'), 'ControlInForce'),
})
const standards = createRoute({ getParentRoute: () => shell, path: '/frameworks', staticData: { crumb: 'Frameworks' } })
const standardList = createRoute({
  getParentRoute: () => standards,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/frameworks/frameworks.tsx'), 'FrameworksInForce'),
})
const standard = createRoute({
  getParentRoute: () => standards,
  path: '$id',
  staticData: { crumb: ({ id }) => toTitleOfId(id) },
  component: lazyRouteComponent(() => import('./screens/frameworks/framework.tsx'), 'FrameworkInForce'),
})
const practices = createRoute({
  getParentRoute: () => shell,
  path: '/practices',
  staticData: { crumb: 'Practices' },
  component: lazyRouteComponent(() => import('./screens/practices/practices.tsx'), 'Practices'),
})
const suppliers = createRoute({
  getParentRoute: () => shell,
  path: '/suppliers',
  staticData: { crumb: 'Suppliers' },
  component: lazyRouteComponent(() => import('./screens/suppliers/suppliers.tsx'), 'SuppliersPage'),
})
const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  staticData: { crumb: 'Reports' },
  component: lazyRouteComponent(() => import('./screens/reports/reports.tsx'), 'Reports'),
})
const risks = createRoute({ getParentRoute: () => shell, path: '/risks', staticData: { crumb: 'Risks' } })
const riskRegister = createRoute({
  getParentRoute: () => risks,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/risks/register.tsx'), 'RiskRegister'),
})
const workbench = createRoute({
  getParentRoute: () => risks,
  path: '$system',
  staticData: { crumb: ({ system }) => system ?? '' },
  component: lazyRouteComponent(() => import('./screens/risks/workbench.tsx'), 'Workbench'),
})

const attackPaths = createRoute({
  getParentRoute: () => shell,
  path: '/attack-paths',
  staticData: { crumb: 'Attack paths' },
})
const attackPathList = createRoute({
  getParentRoute: () => attackPaths,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/attack-paths/attack-paths.tsx'), 'AttackPaths'),
})
const attackPath = createRoute({
  getParentRoute: () => attackPaths,
  path: '$path',
  staticData: { crumb: ({ path }) => path ?? '' },
  component: lazyRouteComponent(() => import('./screens/attack-paths/attack-path.tsx'), 'AttackPathPage'),
})

const catalog = createRoute({ getParentRoute: () => shell, path: '/catalog', staticData: { crumb: 'Catalogue' } })
const catalogHome = createRoute({
  getParentRoute: () => catalog,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/catalog/overview.tsx'), 'Overview'),
})
const matrix = createRoute({
  getParentRoute: () => catalog,
  path: 'matrix',
  staticData: { crumb: 'Matrix' },
  component: lazyRouteComponent(() => import('./screens/catalog/matrix.tsx'), 'Matrix'),
})
const periodicTable = createRoute({
  getParentRoute: () => catalog,
  path: 'periodic-table',
  staticData: { crumb: 'Periodic table' },
  component: lazyRouteComponent(() => import('./screens/catalog/periodic-table.tsx'), 'PeriodicTable'),
})
const threats = createRoute({ getParentRoute: () => catalog, path: 'threats', staticData: { crumb: 'Threats' } })
const threatList = createRoute({
  getParentRoute: () => threats,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/catalog/threats.tsx'), 'Threats'),
})
const threat = createRoute({
  getParentRoute: () => threats,
  path: '$id',
  staticData: { crumb: ({ id }) => toTitleOfId(id) },
  component: lazyRouteComponent(() => import('./screens/catalog/threat.tsx'), 'Threat'),
})
const controls = createRoute({ getParentRoute: () => catalog, path: 'controls', staticData: { crumb: 'Controls' } })
const controlList = createRoute({
  getParentRoute: () => controls,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/catalog/controls.tsx'), 'Controls'),
})
const control = createRoute({
  getParentRoute: () => controls,
  path: '$id',
  staticData: { crumb: ({ id }) => toTitleOfId(id) },
  component: lazyRouteComponent(() => import('./screens/catalog/control.tsx'), 'Control'),
})
const measures = createRoute({ getParentRoute: () => catalog, path: 'measures', staticData: { crumb: 'Measures' } })
const measureList = createRoute({
  getParentRoute: () => measures,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/catalog/measures.tsx'), 'Measures'),
})
const measure = createRoute({
  getParentRoute: () => measures,
  path: '$id',
  staticData: { crumb: ({ id }) => id ?? '' },
  component: lazyRouteComponent(() => import('./screens/catalog/measure.tsx'), 'Measure'),
})
const facts = createRoute({
  getParentRoute: () => catalog,
  path: 'facts',
  staticData: { crumb: 'Facts' },
  component: lazyRouteComponent(() => import('./screens/catalog/facts.tsx'), 'FactList'),
})
const decisionTree = createRoute({
  getParentRoute: () => catalog,
  path: 'decision-tree',
  staticData: { crumb: 'Decision tree' },
  component: lazyRouteComponent(() => import('./screens/catalog/decision-tree.tsx'), 'DecisionTree'),
})
const duties = createRoute({
  getParentRoute: () => catalog,
  path: 'duties',
  staticData: { crumb: 'Duties and tests' },
  component: lazyRouteComponent(() => import('./screens/catalog/duties.tsx'), 'Duties'),
})
const frameworks = createRoute({
  getParentRoute: () => catalog,
  path: 'frameworks',
  staticData: { crumb: 'Frameworks' },
})
const frameworkList = createRoute({
  getParentRoute: () => frameworks,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/catalog/frameworks.tsx'), 'Frameworks'),
})
const frameworkRoom = createRoute({
  getParentRoute: () => frameworks,
  path: '$id',
  staticData: { crumb: ({ id }) => toTitleOfId(id) },
})
const framework = createRoute({
  getParentRoute: () => frameworkRoom,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/catalog/framework.tsx'), 'Framework'),
})
const frameworkItem = createRoute({
  getParentRoute: () => frameworkRoom,
  path: '$item',
  staticData: { crumb: ({ item }) => item ?? '' },
  component: lazyRouteComponent(() => import('./screens/catalog/framework-item.tsx'), 'FrameworkItem'),
})

const gateway = createRoute({ getParentRoute: () => shell, path: '/gateway', staticData: { crumb: 'Gateway' } })
const traffic = createRoute({
  getParentRoute: () => gateway,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/gateway/traffic.tsx'), 'Traffic'),
})
const policy = createRoute({
  getParentRoute: () => gateway,
  path: 'policy',
  staticData: { crumb: 'Routes and policy' },
  component: lazyRouteComponent(() => import('./screens/gateway/policy.tsx'), 'PolicyPage'),
})
const gatewayKeys = createRoute({
  getParentRoute: () => gateway,
  path: 'keys',
  staticData: { crumb: 'Keys and budgets' },
  component: lazyRouteComponent(() => import('./screens/gateway/keys.tsx'), 'Keys'),
})
const costs = createRoute({
  getParentRoute: () => gateway,
  path: 'costs',
  staticData: { crumb: 'Costs' },
  component: lazyRouteComponent(() => import('./screens/gateway/costs.tsx'), 'Costs'),
})
const playground = createRoute({
  getParentRoute: () => gateway,
  path: 'playground',
  staticData: { crumb: 'Playground' },
  component: lazyRouteComponent(() => import('./screens/gateway/playground.tsx'), 'Playground'),
})

const log = createRoute({ getParentRoute: () => shell, path: '/log', staticData: { crumb: 'Log' } })
const entries = createRoute({
  getParentRoute: () => log,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/log/entries.tsx'), 'Entries'),
})
const entry = createRoute({
  getParentRoute: () => log,
  path: '$index',
  staticData: { crumb: ({ index }) => `Entry ${index}` },
  component: lazyRouteComponent(() => import('./screens/log/entry.tsx'), 'Entry'),
})
const checkpoints = createRoute({
  getParentRoute: () => log,
  path: 'checkpoints',
  staticData: { crumb: 'Checkpoints' },
  component: lazyRouteComponent(() => import('./screens/log/checkpoints.tsx'), 'Checkpoints'),
})
const verify = createRoute({
  getParentRoute: () => log,
  path: 'verify',
  staticData: { crumb: 'Verify' },
  component: lazyRouteComponent(() => import('./screens/log/verify.tsx'), 'Verify'),
})

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
  component: lazyRouteComponent(() => import('./screens/settings/account.tsx'), 'Account'),
})
const people = createRoute({
  getParentRoute: () => settings,
  path: 'people',
  staticData: { crumb: 'People' },
  component: lazyRouteComponent(() => import('./screens/settings/people.tsx'), 'People'),
})
const tokens = createRoute({
  getParentRoute: () => settings,
  path: 'tokens',
  staticData: { crumb: 'API tokens' },
  component: lazyRouteComponent(() => import('./screens/settings/tokens.tsx'), 'Tokens'),
})
const jobs = createRoute({
  getParentRoute: () => settings,
  path: 'jobs',
  staticData: { crumb: 'Jobs' },
  component: lazyRouteComponent(() => import('./screens/settings/jobs.tsx'), 'Jobs'),
})
const system = createRoute({
  getParentRoute: () => settings,
  path: 'system',
  staticData: { crumb: 'System' },
  component: lazyRouteComponent(() => import('./screens/settings/system.tsx'), 'System'),
})

export const tree = root.addChildren([
  signIn,
  welcome,
  answer,
  shell.addChildren([
    home,
    inventory.addChildren([assetList, asset]),
    systems.addChildren([systemList, systemRoom.addChildren([systemPage])]),
    threatMatrix,
    risks.addChildren([riskRegister, workbench]),
    attackPaths.addChildren([attackPathList, attackPath]),
    coverage.addChildren([coverageList, coverageOfControl]),
    standards.addChildren([standardList, standard]),
    practices,
    suppliers,
    reports,
    catalog.addChildren([
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
    ]),
    gateway.addChildren([traffic, playground, policy, gatewayKeys, costs]),
    log.addChildren([entries, checkpoints, verify, entry]),
    settings.addChildren([settingsHome, account, people, tokens, jobs, system]),
  ]),
])
