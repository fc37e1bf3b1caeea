// The three powers that must not meet in one agent: reading what others may have written, reading what is sensitive,
// and sending data out. Which assets of a graph give which of them, by their claims or by what they plainly are.
import type { Catalog } from '../catalog/catalog.ts'
import type { Asset, LinkKind } from '../model/asset.ts'
import type { Fact } from '../model/fact.ts'
import { currentClaims } from './claims.ts'

/** A fact of the catalogue's trifecta. */
export type Power = string

export interface Given {
  power: Power
  because: string
}

const READING: ReadonlySet<LinkKind> = new Set(['reads', 'retrievesFrom', 'uses', 'calls'])
const SENDING: ReadonlySet<LinkKind> = new Set(['calls', 'writes', 'uses'])
/** What an asset is said to be, where the question was asked of itself and not of a whole system. */
const ALSO: Readonly<Record<Power, readonly string[]>> = {
  'untrusted-data-in-prompt': ['untrusted-writers-to-corpus'],
  'reaches-sensitive-data': ['augmentation-sensitive', 'personal-data'],
}

/** By asset. A claim that another source denies counts too: what may be there is not shown as absent. */
export function claimedPowers(catalog: Catalog, claims: readonly Fact[]): (asset: Asset) => Given[] {
  const { byAsset } = currentClaims(catalog, claims)
  return ({ id }) =>
    catalog.trifecta.allOf.flatMap((power) => {
      const key = [power, ...(ALSO[power] ?? [])].find((one) =>
        byAsset
          .get(id)
          ?.get(one)
          ?.some(({ value }) => value === true),
      )
      return key === undefined ? [] : [{ power, because: `the fact \`${key}\` was stated of ${id}` }]
    })
}

/** What an asset gives to whoever reaches it over such a link. */
export function plainPowers(kind: LinkKind, { id, dataClass, exposure, kind: what }: Asset): Given[] {
  const isOpen = exposure === 'public' || exposure === 'partners'
  const given: Given[] = []
  if (kind === 'exposedTo') given.push({ power: 'untrusted-data-in-prompt', because: `it is exposed to ${id}` })
  if (READING.has(kind)) {
    if (isOpen) given.push({ power: 'untrusted-data-in-prompt', because: `${id} is open to ${exposure}` })
    if (dataClass === 'confidential' || dataClass === 'restricted') {
      given.push({ power: 'reaches-sensitive-data', because: `${id} holds ${dataClass} data` })
    }
  }
  const sends = what === 'tool' || what === 'mcp-server' || what === 'endpoint' || what === 'provider'
  if (SENDING.has(kind) && sends && isOpen) {
    given.push({ power: 'can-send-data-out', because: `${id} sends to ${exposure}` })
  }
  return given
}
