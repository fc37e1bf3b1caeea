// The catalogue's large pages over HTTP: decision tree, matrix, frameworks, privacy, practices, testing, and what
// changed between two versions.
import { z } from 'zod'
import { loadBuiltIn } from '../../catalog/built-in.ts'
import { diffCatalogs } from '../../catalog/diff.ts'
import { frameworkDetail, frameworkRow, itemDetail, itemRow } from '../../catalog/view/framework.ts'
import * as view from '../../catalog/view/overview.ts'
import { defineRoute } from '../route.ts'
import { CatalogDiff } from './catalog-diff-reply.ts'
import { find, findItem, Flag, matches, Name, page, pageOf, paging } from './catalog-lookup.ts'
import * as reply from './catalog-overview-reply.ts'

const getDecisionTree = defineRoute({
  id: 'get-decision-tree',
  method: 'GET',
  path: '/api/catalog/decision-tree',
  command: 'catalog decision-tree',
  summary: 'The questions that lead to the threats of a system, and the rules behind them',
  needs: 'catalog:read',
  reply: reply.DecisionTree,
  handle: async ({ app }) => view.decisionTreeView(app.catalog),
})

const getResponsibility = defineRoute({
  id: 'get-responsibility',
  method: 'GET',
  path: '/api/catalog/responsibility',
  command: 'catalog responsibility',
  summary: 'Who must act on each threat, by way of deployment',
  needs: 'catalog:read',
  reply: reply.ResponsibilityReply,
  handle: async ({ app }) => view.responsibilityView(app.catalog),
})

const getMatrix = defineRoute({
  id: 'get-matrix',
  method: 'GET',
  path: '/api/catalog/matrix',
  command: 'catalog matrix',
  summary: 'The AI security matrix: attack surface, threat, asset and harm',
  needs: 'catalog:read',
  reply: reply.Matrix,
  handle: async ({ app }) => view.matrixView(app.catalog),
})

const getPeriodicTable = defineRoute({
  id: 'get-periodic-table',
  method: 'GET',
  path: '/api/catalog/periodic-table',
  command: 'catalog periodic-table',
  summary: 'The periodic table: impact, attack surface, threat and its controls',
  needs: 'catalog:read',
  reply: reply.PeriodicTable,
  handle: async ({ app }) => view.periodicTableView(app.catalog),
})

const listFrameworks = defineRoute({
  id: 'list-frameworks',
  method: 'GET',
  path: '/api/catalog/frameworks',
  command: 'catalog frameworks',
  summary: 'Frameworks, laws and lists that the catalogue is mapped to',
  needs: 'catalog:read',
  query: z.strictObject({ ...paging }),
  reply: page(reply.FrameworkRow),
  handle: async ({ app: { catalog }, query }) =>
    pageOf(
      catalog.frameworks.map((framework) => frameworkRow(catalog, framework)),
      query,
    ),
})

const getFramework = defineRoute({
  id: 'get-framework',
  method: 'GET',
  path: '/api/catalog/frameworks/:id',
  command: 'catalog framework',
  summary: 'A framework and a page of its items, with the threats and controls each is about',
  needs: 'catalog:read',
  params: z.strictObject({ id: Name }),
  query: z.strictObject({
    kind: Name.optional().describe('only items of this kind'),
    parent: Name.optional().describe('only items under this one'),
    mapped: Flag.optional().describe('only items that are, or are not, linked to a threat or control'),
    ...paging,
  }),
  reply: reply.FrameworkDetail,
  handle: async ({ app: { catalog }, params, query }) => {
    const { found } = find(catalog, 'framework', params.id, catalog.frameworksById)
    const rows = found.items
      .map((item) => itemRow(catalog, item))
      .filter((item) => matches(item, query, ['kind', 'parent']))
      .filter(
        ({ threats, controls }) => query.mapped === undefined || threats.length + controls.length > 0 === query.mapped,
      )
    return { ...frameworkDetail(catalog, found), ...pageOf(rows, query) }
  },
})

const getFrameworkItem = defineRoute({
  id: 'get-framework-item',
  method: 'GET',
  path: '/api/catalog/frameworks/:id/items/:item',
  command: 'catalog item',
  summary: 'An item of a framework with its links',
  needs: 'catalog:read',
  params: z.strictObject({ id: Name, item: Name }),
  reply: reply.ItemDetail,
  handle: async ({ app: { catalog }, params }) => {
    const { found } = find(catalog, 'framework', params.id, catalog.frameworksById)
    return itemDetail(catalog, found, findItem(catalog, found, params.item))
  },
})

const getPrivacy = defineRoute({
  id: 'get-privacy',
  method: 'GET',
  path: '/api/catalog/privacy',
  command: 'catalog privacy',
  summary: 'Privacy principles and their obligations',
  needs: 'catalog:read',
  reply: reply.Privacy,
  handle: async ({ app }) => view.privacyView(app.catalog),
})

const getPractices = defineRoute({
  id: 'get-practices',
  method: 'GET',
  path: '/api/catalog/practices',
  command: 'catalog practices',
  summary: 'Pillars, best practices and incident scenarios',
  needs: 'catalog:read',
  reply: reply.Practices,
  handle: async ({ app }) => view.practicesView(app.catalog),
})

const getTesting = defineRoute({
  id: 'get-testing',
  method: 'GET',
  path: '/api/catalog/testing',
  command: 'catalog testing',
  summary: 'Test procedures, attack classes, tools and query budgets',
  needs: 'catalog:read',
  reply: reply.Testing,
  handle: async ({ app }) => view.testingView(app.catalog),
})

const getDiff = defineRoute({
  id: 'diff-catalogs',
  method: 'GET',
  path: '/api/catalog/diff',
  command: 'catalog diff',
  summary: 'What changed between two versions of the catalogue',
  needs: 'catalog:read',
  query: z.strictObject({
    old: Name.describe('a version that comes with Parapet'),
    new: Name.optional().describe('another version; the one in use unless given'),
  }),
  reply: CatalogDiff,
  // Only versions that come with Parapet: a caller of the API must not make the server read its folders.
  handle: async ({ app, query }) =>
    diffCatalogs(loadBuiltIn(query.old), query.new === undefined ? app.catalog : loadBuiltIn(query.new)),
})

export const overviewRoutes = [
  getDecisionTree,
  getResponsibility,
  getMatrix,
  getPeriodicTable,
  listFrameworks,
  getFramework,
  getFrameworkItem,
  getPrivacy,
  getPractices,
  getTesting,
  getDiff,
] as const
