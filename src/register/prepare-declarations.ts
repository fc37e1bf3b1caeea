// What applying declarations would do, worked out against the register as it is. `plan` shows it and `apply` writes it,
// so that what is shown and what is done cannot differ.
import { createHash } from 'node:crypto'
import { canonicalJson } from '../lib/canonical-json.ts'
import { Failure, type Issue } from '../lib/failure.ts'
import type { Asset, AssetKind, Link } from '../model/asset.ts'
import type { Fact, FactValue } from '../model/fact.ts'
import { type KeptLinks, withKept } from './accepted-links.ts'
import { bodyOf } from './asset-body.ts'
import { BY_HAND } from './declaration.ts'
import type { FieldChange } from './fields.ts'
import { checkLinks } from './link-rules.ts'
import { type Declared, type DeclaredAsset, type DeclaredFact, moved, refuse } from './read-declarations.ts'
import type { RegisterStore } from './register-store.ts'
import { nearestIds } from './register.ts'
import { revise, type Revision, type Step, stepOf } from './revise.ts'

export interface FactChange {
  key: string
  /** Absent: this source claimed nothing before, or claims nothing any more. */
  before?: FactValue
  after?: FactValue
  /** How sure the source is, where it is not. */
  confidence?: number
}

export interface PlanStep {
  asset: string
  kind: AssetKind
  name: string
  source: string
  step: Step
  changes: FieldChange[]
  facts: FactChange[]
}

export interface Plan {
  steps: PlanStep[]
  /** Assets that are declared as they already are. */
  unchanged: number
  /** What is allowed and may still not be meant. */
  warnings: string[]
  /** Of the steps: equal for equal plans. */
  hash: string
}

/** A step with what it writes. */
export interface PreparedStep {
  shown: PlanStep
  revision: Revision
  claims: Pick<Fact, 'asset' | 'key' | 'value' | 'by' | 'confidence'>[]
}

export interface Prepared {
  steps: PreparedStep[]
  plan: Plan
}

const MOST_STEPS = 9000
const MOST_WARNINGS = 20

export async function prepareDeclarations(
  store: RegisterStore,
  declared: Declared,
  accepted: KeptLinks,
  at: string,
): Promise<Prepared> {
  const present = await presentState(store, declared)
  const wanted = new Map(declared.assets.map((asset) => [asset.body.id, asset]))
  const leaving = present.owned.filter(({ id }) => !wanted.has(id))
  const kept = staying(accepted, leaving)
  refuse(ownershipIssues(declared, present))
  refuse(await linkIssues(store, declared, present, leaving))
  const steps = [
    ...declared.assets.flatMap((asset) => declaredStep(asset, present, kept.get(asset.body.id) ?? [], at)),
    ...leaving.map((asset) => retiredStep(asset, present, at)),
  ].toSorted((a, b) => (a.shown.asset < b.shown.asset ? -1 : 1))
  if (steps.length > MOST_STEPS)
    throw new Failure('too_large', `${steps.length} assets would change; ${MOST_STEPS} are the most at once`, {
      hint: 'apply fewer files at a time',
    })
  const shown = steps.map((step) => step.shown)
  const hash = createHash('sha256').update(JSON.stringify(shown)).digest('hex')
  const unchanged = declared.assets.length - shown.filter(({ step }) => step !== 'retired').length
  const warnings = [...keptWords(kept), ...(await warningsOf(store, leaving, wanted))].slice(0, MOST_WARNINGS)
  return { steps, plan: { steps: shown, unchanged, warnings, hash } }
}

/** Without those that lead to what leaves the register. */
function staying(accepted: KeptLinks, leaving: readonly Asset[]): KeptLinks {
  const gone = new Set(leaving.map(({ id }) => id))
  const left = [...accepted].map(([id, links]) => [id, links.filter(({ to }) => !gone.has(to))] as const)
  return new Map(left.filter(([, links]) => links.length > 0))
}

const keptWords = (kept: KeptLinks) =>
  [...kept].map(([id, links]) => {
    const said = links.map(({ kind, to }) => `${kind} ${to}`).join(', ')
    return `${id} keeps what was accepted and no file says: ${said}`
  })

interface Present {
  assets: ReadonlyMap<string, Asset>
  /** In the register and owned by one of the sources. */
  owned: readonly Asset[]
  claims: ReadonlyMap<string, readonly Fact[]>
}

async function presentState(store: RegisterStore, { sources, assets }: Declared): Promise<Present> {
  const owned: Asset[] = []
  for (const source of sources) owned.push(...(await store.declaredBy(source === BY_HAND ? undefined : source)))
  const named = new Set(assets.flatMap(({ body }) => [body.id, ...body.links.map(({ to }) => to)]))
  const known = await store.assetsById([...named])
  const ids = [...new Set([...assets.map(({ body }) => body.id), ...owned.map(({ id }) => id)])]
  const claims = (await store.claims(ids)).filter(({ source }) => source === 'declared')
  return {
    assets: new Map([...owned, ...known].map((asset) => [asset.id, asset])),
    owned,
    claims: Map.groupBy(claims, ({ asset }) => asset),
  }
}

/** The name of the declaration that owns an asset of the register; undefined where nobody declared it. */
function ownerOf({ source, declaredBy, retiredAt }: Asset): string | undefined {
  return source === 'declared' && retiredAt === undefined ? (declaredBy ?? BY_HAND) : undefined
}

function ownershipIssues({ sources, assets }: Declared, present: Present): Issue[] {
  return assets.flatMap(({ body, source, place }) => {
    const before = present.assets.get(body.id)
    const owner = before && ownerOf(before)
    if (owner === undefined || owner === source || sources.includes(owner)) return []
    if (owner === BY_HAND) return []
    const message = `"${body.id}" is declared by "${owner}"; take it out there first, or apply both at once`
    return [{ path: place('.id'), message }]
  })
}

async function linkIssues(
  store: RegisterStore,
  { assets }: Declared,
  present: Present,
  leaving: readonly Asset[],
): Promise<Issue[]> {
  const gone = new Set(leaving.map(({ id }) => id))
  const known = new Map([
    ...[...present.assets.values()].map(
      ({ id, kind, retiredAt }) => [id, { kind, retired: retiredAt !== undefined || gone.has(id) }] as const,
    ),
    ...assets.map(({ body }) => [body.id, { kind: body.kind, retired: false }] as const),
  ])
  const strangers = [...new Set(assets.flatMap(({ links }) => links.map(({ to }) => to)))].filter(
    (id) => !known.has(id),
  )
  const near = await nearestIds(store, strangers, assets.map(({ body }) => body.id)) // prettier-ignore
  return assets.flatMap(({ body, links, place }) => {
    const kept = present.assets.get(body.id)?.links ?? []
    const issues = checkLinks({ id: body.id, kind: body.kind, links }, known, kept, near)
    return issues.map((issue) => moved(issue, place(`.${issue.path}`)))
  })
}

function declaredStep(
  { body: stated, source, facts }: DeclaredAsset,
  present: Present,
  links: readonly Link[],
  at: string,
): PreparedStep[] {
  const before = present.assets.get(stated.id)
  const body = withKept(stated, links, before?.links ?? [])
  const declaredBy = source === BY_HAND ? undefined : source
  const revision = revise(before, body, { source: 'declared', declaredBy }, at)
  const owners = [source, before && ownerOf(before)]
  const claims = claimSteps(body.id, source, facts, present.claims.get(body.id) ?? [], owners)
  if (revision.changes.length === 0 && claims.length === 0) return []
  const kept = before && revision.changes.length === 0 ? { before, asset: before, changes: [] } : revision
  return [toStep(kept, source, claims)]
}

function retiredStep(before: Asset, present: Present, at: string): PreparedStep {
  const { source, declaredBy, lastSeen } = before
  const revision = revise(before, bodyOf(before), { source, declaredBy, retired: true, seenAt: lastSeen }, at)
  const owner = ownerOf(before) ?? BY_HAND
  return toStep(revision, owner, claimSteps(before.id, owner, new Map(), present.claims.get(before.id) ?? [], [owner]))
}

type ClaimStep = PreparedStep['claims'][number] & { before: FactValue | undefined }

/** Claims that come or change, and those of its declaration, old or new, that nobody makes any more. */
function claimSteps(
  asset: string,
  source: string,
  facts: ReadonlyMap<string, DeclaredFact>,
  claims: readonly Fact[],
  owners: readonly (string | undefined)[],
): ClaimStep[] {
  const own = new Map(claims.filter(({ by }) => by === source).map((claim) => [claim.key, claim]))
  const made = [...facts].flatMap(([key, { value, confidence }]): ClaimStep[] => {
    const was = own.get(key)
    if (was && canonicalJson(was.value) === canonicalJson(value) && was.confidence === confidence) return []
    return [{ asset, key, value, by: source, confidence, before: was?.value ?? undefined }]
  })
  const gone = claims.filter(({ by, key }) => owners.includes(by) && (by !== source || !facts.has(key)))
  return [
    ...made,
    ...gone.map(({ key, by, value }) => ({ asset, key, value: null, by, confidence: 1, before: value ?? undefined })),
  ]
}

function toStep(revision: Revision, source: string, claims: readonly ClaimStep[]): PreparedStep {
  const { id, kind, name } = revision.asset
  const facts = claims.map(({ key, before, value, confidence }) => ({
    key,
    ...(before === undefined ? {} : { before }),
    ...(value === null ? {} : { after: value }),
    ...(confidence === 1 ? {} : { confidence }),
  }))
  return {
    shown: { asset: id, kind, name, source, step: stepOf(revision), changes: revision.changes, facts },
    revision,
    claims: claims.map(({ before: _before, ...claim }) => claim),
  }
}

async function warningsOf(
  store: RegisterStore,
  leaving: readonly Asset[],
  wanted: ReadonlyMap<string, DeclaredAsset>,
): Promise<string[]> {
  const gone = new Set(leaving.map(({ id }) => id))
  const warnings: string[] = []
  for (const { id } of leaving) {
    if (warnings.length >= MOST_WARNINGS) break
    const links = await store.linksTo(id, MOST_WARNINGS)
    const left = links.filter(({ from, kind, to }) => {
      const declared = wanted.get(from)
      return declared ? declared.body.links.some((link) => link.kind === kind && link.to === to) : !gone.has(from)
    })
    warnings.push(...left.map(({ from, kind }) => `${from} is still linked to ${id} (${kind}), which is retired`))
  }
  return warnings.slice(0, MOST_WARNINGS)
}
