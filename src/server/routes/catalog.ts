// The catalogue over HTTP. Everything here is reading: a pack changes by installing another one, never through the API.
import { z } from 'zod'
import { KINDS } from '../../catalog/noun.ts'
import { resolveName } from '../../catalog/resolve.ts'
import { ENFORCERS, LIFECYCLES } from '../../catalog/schema/common.ts'
import { CONTROL_GROUPS, EVIDENCE_KINDS } from '../../catalog/schema/controls.ts'
import { TOPICS } from '../../catalog/schema/risk-analysis.ts'
import { CATEGORIES, THREAT_KINDS } from '../../catalog/schema/threats.ts'
import { searchCatalog } from '../../catalog/search.ts'
import * as row from '../../catalog/view/threat.ts'
import { defineRoute } from '../route.ts'
import { find, Flag, matches, Name, page, pageOf, paging } from './catalog-lookup.ts'
import { overviewRoutes } from './catalog-overview.ts'
import * as reply from './catalog-reply.ts'

const showCatalog = defineRoute({
  id: 'get-catalog',
  method: 'GET',
  path: '/api/catalog',
  command: 'catalog show',
  summary: 'Version, counts and sources of the catalogue in use',
  needs: 'catalog:read',
  reply: z.object({
    name: z.string(),
    version: z.string(),
    title: z.string(),
    counts: z.object({
      threats: z.record(z.enum(THREAT_KINDS), z.int()),
      controls: z.int(),
      measures: z.int(),
      facts: z.int(),
      questions: z.int(),
      frameworks: z.int(),
      frameworkItems: z.int(),
      privacyObligations: z.int(),
      practiceRequirements: z.int(),
      retiredNames: z.int(),
    }),
    sources: reply.list(
      z.object({
        repo: z.string(),
        commit: z.string(),
        date: z.string().nullable(),
        licence: z.string(),
        use: z.string(),
      }),
    ),
    basisValues: z.record(z.string(), z.string()),
    controlGroups: reply.list(reply.Named),
  }),
  handle: async ({ app: { catalog } }) => {
    const { counts, sources, title, basisValues } = catalog.index
    return {
      name: catalog.name,
      version: catalog.version,
      title,
      counts: {
        threats: counts.threats,
        controls: counts.controls,
        measures: counts.controlMeasures,
        facts: counts.facts,
        questions: counts.decisionQuestions,
        frameworks: Object.keys(counts.frameworks).length,
        frameworkItems: counts.frameworkItems,
        privacyObligations: counts.privacyObligations,
        practiceRequirements: counts.practiceRequirements,
        retiredNames: counts.retiredNames,
      },
      sources,
      basisValues,
      controlGroups: catalog.controlGroups.map(({ id, name }) => ({ id, name })),
    }
  },
})

const search = defineRoute({
  id: 'search-catalog',
  method: 'GET',
  path: '/api/catalog/search',
  command: 'catalog search',
  summary: 'Finds threats, controls, measures, facts, framework items, obligations, practices and tests',
  needs: 'catalog:read',
  query: z.strictObject({
    q: Name.describe('words, parts of words, ids or names'),
    kind: z.enum(KINDS).optional().describe('only this kind'),
    limit: z.coerce.number().int().min(1).max(100).default(20).describe('most results'),
  }),
  reply: z.object({
    items: reply.list(reply.Reference.extend({ ofName: z.string().optional(), text: z.string(), score: z.number() })),
    total: z.int().describe('how many match in all'),
    counts: z
      .partialRecord(z.enum(KINDS), z.int())
      .describe('how many of each kind match, whatever kind was asked for'),
  }),
  handle: async ({ app, query }) => searchCatalog(app.catalog, query.q, { kind: query.kind, limit: query.limit }),
})

const resolve = defineRoute({
  id: 'resolve-name',
  method: 'GET',
  path: '/api/catalog/resolve',
  command: 'catalog resolve',
  summary: 'What a name means: an id, code, tag, permalink, former or misspelt name, or an id of a framework',
  needs: 'catalog:read',
  query: z.strictObject({ name: Name }),
  reply: z.object({ outcome: z.enum(['one', 'several']), matches: reply.list(reply.Match) }),
  handle: async ({ app, query }) => {
    const matches = resolveName(app.catalog, query.name)
    return { outcome: matches.length === 1 ? ('one' as const) : ('several' as const), matches }
  },
})

const listThreats = defineRoute({
  id: 'list-threats',
  method: 'GET',
  path: '/api/catalog/threats',
  command: 'catalog threats',
  summary: 'Threats, in the order of the Exchange',
  needs: 'catalog:read',
  query: z.strictObject({
    kind: z.enum(THREAT_KINDS).optional(),
    category: z.enum(CATEGORIES).optional(),
    lifecycle: z.enum(LIFECYCLES).optional(),
    parent: Name.optional(),
    control: Name.optional().describe('only threats that this control counters'),
    agentic: Flag.optional(),
    rag: Flag.optional(),
    ...paging,
  }),
  reply: page(reply.ThreatRow),
  handle: async ({ app: { catalog }, query }) =>
    pageOf(
      catalog.threats
        .filter((threat) => matches(threat, query, ['kind', 'category', 'lifecycle', 'parent', 'agentic', 'rag']))
        .filter((threat) => query.control === undefined || threat.controls.includes(query.control))
        .map((threat) => row.threatRow(threat)),
      query,
    ),
})

const getThreat = defineRoute({
  id: 'get-threat',
  method: 'GET',
  path: '/api/catalog/threats/:id',
  command: 'catalog threat',
  summary: 'A threat with its controls, facts, responsibilities and framework items',
  needs: 'catalog:read',
  params: z.strictObject({ id: Name }),
  reply: reply.ThreatDetail,
  handle: async ({ app: { catalog }, params }) => {
    const { found, foundAs } = find(catalog, 'threat', params.id, catalog.threatsById)
    return { ...row.threatDetail(catalog, found), foundAs }
  },
})

const listControls = defineRoute({
  id: 'list-controls',
  method: 'GET',
  path: '/api/catalog/controls',
  command: 'catalog controls',
  summary: 'Controls, in the order of the Exchange',
  needs: 'catalog:read',
  query: z.strictObject({
    group: z.enum(CONTROL_GROUPS).optional(),
    enforceableBy: z.enum(ENFORCERS).optional(),
    lifecycle: z.enum(LIFECYCLES).optional(),
    threat: Name.optional().describe('only controls that counter this threat'),
    agentic: Flag.optional(),
    ...paging,
  }),
  reply: page(reply.ControlRow),
  handle: async ({ app: { catalog }, query }) =>
    pageOf(
      catalog.controls
        .filter((control) => matches(control, query, ['group', 'enforceableBy', 'agentic']))
        .filter(({ threats }) => query.threat === undefined || threats === 'all' || threats.includes(query.threat))
        .map((control) => row.controlRow(control))
        .filter(({ lifecycle }) => query.lifecycle === undefined || lifecycle.includes(query.lifecycle)),
      query,
    ),
})

const getControl = defineRoute({
  id: 'get-control',
  method: 'GET',
  path: '/api/catalog/controls/:id',
  command: 'catalog control',
  summary: 'A control with its measures, threats, former names and framework items',
  needs: 'catalog:read',
  params: z.strictObject({ id: Name }),
  reply: reply.ControlDetail,
  handle: async ({ app: { catalog }, params }) => {
    const { found, foundAs } = find(catalog, 'control', params.id, catalog.controlsById)
    return { ...row.controlDetail(catalog, found), foundAs }
  },
})

const listMeasures = defineRoute({
  id: 'list-measures',
  method: 'GET',
  path: '/api/catalog/measures',
  command: 'catalog measures',
  summary: 'Measures: how each control is carried out, proven, and for how long a proof counts',
  needs: 'catalog:read',
  query: z.strictObject({
    control: Name.optional(),
    evidenceKind: z.enum(EVIDENCE_KINDS).optional(),
    enforceableBy: z.enum(ENFORCERS).optional(),
    ...paging,
  }),
  reply: page(reply.MeasureRow),
  handle: async ({ app: { catalog }, query }) =>
    pageOf(
      catalog.measures
        .filter((measure) => matches(measure, query, ['control', 'evidenceKind', 'enforceableBy']))
        .map((measure) => row.measureRow(measure)),
      query,
    ),
})

const getMeasure = defineRoute({
  id: 'get-measure',
  method: 'GET',
  path: '/api/catalog/measures/:id',
  command: 'catalog measure',
  summary: 'A measure with its control and the threats that it helps against',
  needs: 'catalog:read',
  params: z.strictObject({ id: Name }),
  reply: reply.MeasureDetail,
  handle: async ({ app: { catalog }, params }) => {
    const { found, foundAs } = find(catalog, 'measure', params.id, catalog.measuresById)
    return { ...row.measureDetail(catalog, found), foundAs }
  },
})

const listFacts = defineRoute({
  id: 'list-facts',
  method: 'GET',
  path: '/api/catalog/facts',
  command: 'catalog facts',
  summary: 'The questions about a system, their answers, and which threats read them',
  needs: 'catalog:read',
  query: z.strictObject({ topic: z.enum(TOPICS).optional(), ...paging }),
  reply: page(reply.FactRow),
  handle: async ({ app: { catalog }, query }) =>
    pageOf(
      catalog.facts.filter((fact) => matches(fact, query, ['topic'])).map((fact) => row.factRow(catalog, fact)),
      query,
    ),
})

export const catalogRoutes = [
  showCatalog,
  search,
  resolve,
  listThreats,
  getThreat,
  listControls,
  getControl,
  listMeasures,
  getMeasure,
  listFacts,
  ...overviewRoutes,
] as const
