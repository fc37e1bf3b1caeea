// Links of declared assets that no file says and that somebody accepted. A file does not speak of what was found elsewhere, so
// applying it keeps them, and the plan says so, for whoever wants to write them down.
import type { AssetBody, Link } from '../model/asset.ts'
import { bodyOf } from './asset-body.ts'
import type { Declared } from './read-declarations.ts'
import type { Register } from './register.ts'

export type KeptLinks = ReadonlyMap<string, readonly Link[]>

const MOST_ASKED = 2000

export async function acceptedLinks(
  { store, isAccepted }: Pick<Register, 'store' | 'isAccepted'>,
  { assets }: Declared,
): Promise<KeptLinks> {
  const kept = new Map<string, Link[]>()
  if (isAccepted === undefined) return kept
  const bodies = new Map(assets.map(({ body }) => [body.id, body]))
  let asked = 0
  for (const { id, links } of await store.read.register.assetsById([...bodies.keys()]))
    for (const link of links) {
      if (says(bodies.get(id), link) || asked++ >= MOST_ASKED) continue
      if (await isAccepted(id, link)) kept.set(id, [...(kept.get(id) ?? []), link])
    }
  return kept
}

/** `there`: what the asset is linked to now; what is not there any more is not brought back. */
export function withKept(body: AssetBody, kept: readonly Link[], there: readonly Link[]): AssetBody {
  const more = kept.filter((link) => there.some(({ kind, to }) => kind === link.kind && to === link.to))
  return more.length === 0 ? body : bodyOf({ ...body, links: [...body.links, ...more] })
}

const says = (body: AssetBody | undefined, { kind, to }: Link) =>
  body?.links.some((one) => one.kind === kind && one.to === to) === true
