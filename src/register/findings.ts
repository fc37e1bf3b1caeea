// What is wrong with the register itself, asset by asset, each with what to do about it. A gap in the register is a
// finding and never an error: half a truth that is written down is better than a whole one that is not.
import { type Asset, OWNER_ROLES } from '../model/asset.ts'
import type { Page, PageQuery } from '../model/page.ts'
import { type Conflict, conflictsOf } from './conflicts.ts'
import type { Problem } from './register-store.ts'
import type { Register } from './register.ts'

const NOT_SEEN_DAYS = 30
const DAY = 86_400_000
const SHOWN = 5

export interface RegisterFinding {
  problem: Problem
  message: string
  remedy: string
}

export interface AssetFindings {
  asset: Asset
  findings: RegisterFinding[]
}

export async function listFindings(
  { store, now }: Register,
  query: PageQuery & { problem?: Problem | undefined },
): Promise<Page<AssetFindings>> {
  const seenBefore = new Date(now().getTime() - NOT_SEEN_DAYS * DAY).toISOString()
  const { items, next } = await store.read.register.problems({ ...query, seenBefore })
  const claims = await store.read.register.claims(items.map(({ id }) => id))
  const conflicts = Map.groupBy(conflictsOf(claims), ({ asset }) => asset)
  const targets = [...new Set(items.flatMap(({ links }) => links.map(({ to }) => to)))]
  const ends = await store.read.register.assetsById(targets)
  const gone = new Set(ends.filter(({ retiredAt }) => retiredAt !== undefined).map(({ id }) => id))
  const shown = items.map((asset) => ({
    asset,
    findings: findingsOf(asset, { conflicts: conflicts.get(asset.id) ?? [], gone, seenBefore }).filter(
      ({ problem }) => query.problem === undefined || problem === query.problem,
    ),
  }))
  return { items: shown.filter(({ findings }) => findings.length > 0), next }
}

interface Around {
  conflicts: readonly Conflict[]
  /** Assets that left the register. */
  gone: ReadonlySet<string>
  seenBefore: string
}

export function findingsOf(asset: Asset, { conflicts, gone, seenBefore }: Around): RegisterFinding[] {
  const { id, source, owners, sanctioned, lastSeen, links } = asset
  const found: RegisterFinding[] = []
  const missing = OWNER_ROLES.filter((role) => owners[role] === undefined)
  if (missing.length > 0)
    found.push({
      problem: 'no-owners',
      message: `it has no ${new Intl.ListFormat('en', { type: 'disjunction' }).format(missing)} owner`,
      remedy: `name ${missing.map((role) => `owners.${role}`).join(', ')}`,
    })
  if (!sanctioned)
    found.push({
      problem: 'unsanctioned',
      message: 'it runs without anybody having agreed to it',
      remedy: 'sanction it, or stop it and retire it here',
    })
  if (source !== 'declared')
    found.push({
      problem: 'not-confirmed',
      message: `it was ${source}, and nobody has declared it`,
      remedy: `declare it in a file or with \`parapet asset put ${id}\`, or retire it`,
    })
  if (source !== 'declared' && lastSeen < seenBefore)
    found.push({
      problem: 'not-seen',
      message: `it was last seen on ${lastSeen.slice(0, 10)}, more than ${NOT_SEEN_DAYS} days ago`,
      remedy: 'retire it if it is gone, or run the scanner that found it',
    })
  for (const { key, claims } of conflicts)
    found.push({
      problem: 'conflicting-facts',
      message: `sources disagree about ${key}: ${claims.map(({ value, source: from, by }) => `${JSON.stringify(value)} (${from} by ${by})`).join(', ')}`,
      remedy: `find out which is right and withdraw the other: \`parapet fact withdraw ${id} --key ${key}\``,
    })
  const dangling = links.filter(({ to }) => gone.has(to))
  if (dangling.length > 0)
    found.push({
      problem: 'dangling',
      message: `it is linked to what left the register: ${dangling
        .slice(0, SHOWN)
        .map(({ kind, to }) => `${kind} ${to}`)
        .join(', ')}${dangling.length > SHOWN ? ', …' : ''}`,
      remedy: 'take the links out, or state what they lead to again',
    })
  return found
}
