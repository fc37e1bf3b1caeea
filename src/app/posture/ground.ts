// What everything is derived from, in memory: the register, the claims, the evidence and what people selected, either as
// it is now and kept current, or as it was at a past moment. It holds no answer, only what was recorded.
import type { Catalog } from '../../catalog/catalog.ts'
import type { Assigned } from '../../derive/reassign.ts'
import type { FactorSet } from '../../govern/factor.ts'
import type { Selected } from '../../govern/selection.ts'
import type { Asset } from '../../model/asset.ts'
import type { EntryRow } from '../../model/entry.ts'
import type { Fact } from '../../model/fact.ts'
import type { Reads } from '../../store/store.ts'
import { EvidenceIndex } from './evidence-index.ts'

/** By system, then by measure; also those whose time has passed. */
export type Selections = ReadonlyMap<string, ReadonlyMap<string, Selected>>

/** By system, then by control. */
export type Assignments = ReadonlyMap<string, ReadonlyMap<string, Assigned>>

/** By system; also those whose time has passed. */
export type Factors = ReadonlyMap<string, ReadonlyMap<string, FactorSet>>

export interface Sources {
  readonly read: Pick<Reads, 'log' | 'register' | 'evidence'>
  /** What people selected, now or at a past moment. */
  selections(at?: string): Promise<Selections>
  /** Whose controls people said they are. */
  assignments(at?: string): Promise<Assignments>
  /** Which factors of likelihood people set. */
  factors(at?: string): Promise<Factors>
}

export interface Ground {
  readonly catalog: Catalog
  readonly assets: Map<string, Asset>
  readonly claims: Map<string, readonly Fact[]>
  readonly evidence: EvidenceIndex
  selections: Selections
  assignments: Assignments
  factors: Factors
}

export async function loadGround({ read, ...decisions }: Sources, catalog: Catalog, at?: string): Promise<Ground> {
  const assets = await read.register.assets(at)
  const claims = await read.register.allClaims(at)
  const evidence = new EvidenceIndex()
  for await (const rows of read.evidence.all({ until: at })) evidence.add(rows)
  return {
    catalog,
    assets: new Map(assets.map((asset) => [asset.id, asset])),
    claims: Map.groupBy(claims, ({ asset }) => asset),
    evidence,
    selections: await decisions.selections(at),
    assignments: await decisions.assignments(at),
    factors: await decisions.factors(at),
  }
}

/** What entries of the log say has changed. */
export interface News {
  /** Assets that were revised, or of which something was claimed or proven. */
  assets: Set<string>
  /** First entry with evidence. */
  evidenceFrom: number | undefined
  /** Something was decided by people. */
  decided: boolean
}

const OTHERS = new Set([
  'account',
  'log',
  'token',
  'catalog',
  'job',
  'link',
  'session',
  'scan',
  'scan-source',
  'discovery',
  'scan-finding',
])

export function newsOf(rows: readonly EntryRow[]): News {
  const news: News = { assets: new Set(), evidenceFrom: undefined, decided: false }
  for (const { index, kind, subjectKind, subjectId } of rows) {
    if (kind.startsWith('evidence.')) news.evidenceFrom ??= index
    else if (subjectKind === 'asset') news.assets.add(subjectId)
    else if (!OTHERS.has(subjectKind)) news.decided = true
  }
  return news
}

/** Brings the ground up to date. Answers with the assets that something new is known of. */
export async function applyNews(ground: Ground, sources: Sources, news: News): Promise<Set<string>> {
  const { read } = sources
  const touched = new Set(news.assets)
  if (news.assets.size > 0) {
    const ids = [...news.assets]
    const [assets, claims] = [await read.register.assetsById(ids), await read.register.claims(ids)]
    for (const id of ids) {
      ground.assets.delete(id)
      ground.claims.delete(id)
    }
    for (const asset of assets) if (asset.retiredAt === undefined) ground.assets.set(asset.id, asset)
    for (const [asset, some] of Map.groupBy(claims, (claim) => claim.asset)) ground.claims.set(asset, some)
  }
  if (news.evidenceFrom !== undefined)
    for await (const rows of read.evidence.all({ fromEntry: news.evidenceFrom })) {
      ground.evidence.add(rows)
      for (const { asset } of rows) touched.add(asset)
    }
  if (news.decided) for (const system of await decideAnew(ground, sources)) touched.add(system)
  return touched
}

async function decideAnew(ground: Ground, sources: Sources): Promise<string[]> {
  const [selections, assignments] = [await sources.selections(), await sources.assignments()]
  const factors = await sources.factors()
  const changed = [
    ...changes(ground.selections, selections),
    ...changes(ground.assignments, assignments),
    ...changes(ground.factors, factors),
  ]
  ground.selections = selections
  ground.assignments = assignments
  ground.factors = factors
  return changed
}

type BySystem = ReadonlyMap<string, ReadonlyMap<string, object>>

/** Systems of which not the same was decided. */
function changes(before: BySystem, after: BySystem): string[] {
  const written = (all: BySystem, system: string) => JSON.stringify([...(all.get(system) ?? [])])
  const systems = new Set([...before.keys(), ...after.keys()])
  return [...systems].filter((system) => written(before, system) !== written(after, system))
}
