// Which links of an asset people made by accepting what was found. It is not written down a second time: it follows from
// what they decided, so that a decision that is taken back takes its links along at the next apply.
import type { Link } from '../../model/asset.ts'
import type { Discovery } from '../../model/discovery.ts'
import type { Change } from '../../store/store.ts'
import { ASSET_KIND, linkFromSystem, linksOf } from './to-asset.ts'

const MOST_OF_AN_ASSET = 200

export async function isAcceptedLink(
  { discoveries }: Pick<Change, 'discoveries'>,
  from: string,
  { kind, to }: Link,
): Promise<boolean> {
  const [ends, starts] = await Promise.all([to, from].map(async (asset) => decidedAs(discoveries, asset)))
  return (ends ?? []).some((end) => {
    const found = ASSET_KIND[end.kind]
    if (end.system === from && found !== undefined && linkFromSystem(found, to)?.kind === kind) return true
    const same = (starts ?? []).filter(({ source }) => source === end.source)
    const known = new Map([[end.item, to]])
    return same.some((start) => linksOf(start, known, from).some((link) => link.kind === kind))
  })
}

async function decidedAs(discoveries: Change['discoveries'], asset: string): Promise<Discovery[]> {
  const { items } = await discoveries.list({ asset, limit: MOST_OF_AN_ASSET, now: '' })
  return items.filter(({ state }) => state === 'accepted' || state === 'linked')
}
