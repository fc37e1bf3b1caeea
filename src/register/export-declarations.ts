// The register as declaration files, in one canonical form: applying what was exported changes nothing, and exporting
// what was applied gives the same bytes.
import { stringify } from 'yaml'
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import type { Asset } from '../model/asset.ts'
import type { Fact, FactValue } from '../model/fact.ts'
import { BY_HAND } from './declaration.ts'
import type { RegisterStore } from './register-store.ts'

/** One document for each source, or the one that is named. */
export async function exportDeclarations(
  store: RegisterStore,
  wanted?: string,
): Promise<{ text: string; sources: string[] }> {
  const known = await store.declarations()
  const byHand = await store.declaredBy(undefined)
  const all = byHand.length > 0 ? [...known, BY_HAND].toSorted() : known
  if (wanted !== undefined && !all.includes(wanted)) {
    const near = suggest(wanted, all)
    throw new Failure('not_found', `no declaration is called "${wanted}"`, {
      hint: near ? `did you mean "${near}"?` : `there are ${all.join(', ') || 'none yet'}`,
    })
  }
  const sources = wanted === undefined ? all : [wanted]
  const documents: string[] = []
  for (const source of sources) {
    const assets = source === BY_HAND ? byHand : await store.declaredBy(source)
    const claims = await store.claims(assets.map(({ id }) => id))
    const own = claims.filter((claim) => claim.source === 'declared' && claim.by === source)
    documents.push(renderDeclaration(source, assets, own))
  }
  return { text: documents.join('---\n'), sources }
}

export function renderDeclaration(source: string, assets: readonly Asset[], claims: readonly Fact[]): string {
  const byAsset = Map.groupBy(claims, ({ asset }) => asset)
  const ordered = assets.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const document = { source, assets: ordered.map((asset) => declared(asset, byAsset.get(asset.id) ?? [])) }
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })
}

/** What is as it is unless said stays out. */
function declared(asset: Asset, claims: readonly Fact[]): object {
  const { id, kind, name, description, version, environment, exposure, dataClass, owners, deploymentModel } = asset
  const { sanctioned, tags, links } = asset
  const facts = claims
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap(({ key, value, confidence }) => (value === null ? [] : [[key, shown(value, confidence)] as const]))
  const { business, data, risk } = owners
  return present({
    id,
    kind,
    name,
    description,
    version,
    environment,
    exposure,
    dataClass,
    owners: unlessEmpty(present({ business, data, risk })),
    deploymentModel,
    sanctioned: sanctioned ? undefined : false,
    tags: unlessEmpty(tags),
    links: unlessEmpty(links.map(({ kind: how, to }) => ({ kind: how, to }))),
    facts: unlessEmpty(Object.fromEntries(facts)),
  })
}

const shown = (value: FactValue, confidence: number) => (confidence === 1 ? value : { value, confidence })

function present(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

const unlessEmpty = (value: object) => (Object.keys(value).length > 0 ? value : undefined)
