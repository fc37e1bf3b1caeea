// An asset while somebody edits it: every field is there, empty ones as empty text. And back to what the server is told.
import type { AssetKind, DataClass, Environment, Exposure, Link, Owners } from '../../../src/model/asset.ts'
import type { Reply } from '../../api.ts'

export type Asset = Reply<'GET', '/api/assets/:id'>
type Body = Reply<'POST', '/api/assets/:id/merge'>['merged']

export interface Draft {
  id: string
  kind: AssetKind
  name: string
  description: string
  version: string
  environment: Environment | ''
  exposure: Exposure | ''
  dataClass: DataClass | ''
  owners: Owners
  deploymentModel: string
  sanctioned: boolean
  /** Divided by commas. */
  tags: string
  links: readonly Link[]
}

export const newDraft = (kind: AssetKind): Draft => ({
  id: '',
  kind,
  name: '',
  description: '',
  version: '',
  environment: '',
  exposure: '',
  dataClass: '',
  owners: {},
  deploymentModel: '',
  sanctioned: true,
  tags: '',
  links: [],
})

export const toDraft = (asset: Body): Draft => ({
  id: asset.id,
  kind: asset.kind,
  name: asset.name,
  description: asset.description ?? '',
  version: asset.version ?? '',
  environment: asset.environment ?? '',
  exposure: asset.exposure ?? '',
  dataClass: asset.dataClass ?? '',
  owners: ownersFrom(asset.owners),
  deploymentModel: asset.deploymentModel ?? '',
  sanctioned: asset.sanctioned,
  tags: asset.tags.join(', '),
  links: asset.links,
})

export function ownersFrom({ business, data, risk }: Body['owners']): Owners {
  return { ...(business && { business }), ...(data && { data }), ...(risk && { risk }) }
}

/** What the server is told: empty fields are left out. */
export function toStated(draft: Draft) {
  const { id: _, tags, links, owners, environment, exposure, dataClass, ...plain } = draft
  return {
    kind: plain.kind,
    name: plain.name.trim(),
    ...(plain.description.trim() && { description: plain.description.trim() }),
    ...(plain.version.trim() && { version: plain.version.trim() }),
    ...(environment && { environment }),
    ...(exposure && { exposure }),
    ...(dataClass && { dataClass }),
    ...(plain.deploymentModel && { deploymentModel: plain.deploymentModel }),
    sanctioned: plain.sanctioned,
    owners: ownersFrom(owners),
    tags: [...new Set(tags.split(',').map((tag) => tag.trim()))].filter(Boolean),
    links: links.map(({ kind, to }) => ({ kind, to })),
  }
}

/** `Support assistant (EU)` → `support-assistant-eu`. */
export const idFromName = (name: string) =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^-+|-+$/g, '')

/** What both changed, as the person who edits chose: the merged body holds theirs. */
export function withChoices(merged: Body, mine: Draft, choices: Readonly<Record<string, 'mine' | 'theirs'>>): Draft {
  const draft = toDraft(merged)
  const fields = new Set(Object.keys(choices).filter((field) => choices[field] === 'mine'))
  const owners = { ...draft.owners }
  for (const role of ['business', 'data', 'risk'] as const) {
    if (!fields.has(`owners.${role}`)) continue
    delete owners[role]
    if (mine.owners[role]) owners[role] = mine.owners[role]
  }
  const kept = Object.fromEntries(Object.entries(mine).filter(([field]) => fields.has(field)))
  return { ...draft, ...kept, owners }
}
