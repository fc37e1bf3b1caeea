// What decisions of people show of a practice: reviews that were held, training and policies that were attested, threats
// that are still open. Like the checks of the register, none of them passes on nothing.
import { type Asset, OWNER_ROLES } from '../../model/asset.ts'
import type { StatusReport } from '../../model/status.ts'
import { shareOf } from './share.ts'

/** What is on record at one moment. */
export interface Records {
  now: string
  assets: readonly Asset[]
  reviewDays: number
  reviews: readonly { system: string; occasion: string; outcome: string; at: string }[]
  /** In force, by e-mail address of the person. */
  attested: readonly { what: string; person: string }[]
  /** By system: threats of which nobody knows whether they apply. */
  undecided: ReadonlyMap<string, number>
}

const DAY_MS = 86_400_000

/** By `<practice>.<requirement>`. */
export const RECORD_CHECKS: Readonly<Record<string, (records: Records) => StatusReport>> = {
  'risk-assessments.before-launch': ({ assets, reviews }) => {
    const fit = reviews.filter(({ occasion, outcome }) => occasion === 'before-launch' && outcome !== 'not-fit')
    const reviewed = new Set(fit.map(({ system }) => system))
    const live = systemsOf(assets).filter(({ environment }) => environment === 'production')
    const what = 'system in production'
    return shareBy({ what, lacks: 'without a first review that found it fit' }, live, ({ id }) => reviewed.has(id))
  },
  'risk-assessments.recurring': ({ assets, reviews, now, reviewDays }) => {
    const since = new Date(Date.parse(now) - reviewDays * DAY_MS).toISOString()
    const reviewed = new Set(reviews.filter(({ at }) => at > since).map(({ system }) => system))
    const lacks = `without a review in the last ${reviewDays} days`
    return shareBy({ what: 'system', lacks }, systemsOf(assets), ({ id }) => reviewed.has(id))
  },
  'risk-assessments.threat-model': ({ assets, undecided }) =>
    shareBy(
      { what: 'system', lacks: 'with threats that may apply, until its questions are answered' },
      systemsOf(assets),
      ({ id }) => undecided.get(id) === 0,
    ),
  'shadow-ai-control.clear-policy': (records) => ownersWho(records, 'policy', 'without having attested a policy'),
  'shadow-ai-control.train': (records) => ownersWho(records, 'training', 'without having attested a training'),
}

const systemsOf = (assets: readonly Asset[]) => assets.filter(({ kind }) => kind === 'system')

/** Those whom the register names are known; who else uses AI is not. */
function ownersWho({ assets, attested }: Records, wanted: string, lacks: string): StatusReport {
  const owners = assets.flatMap((asset) => OWNER_ROLES.flatMap((role) => asset.owners[role]?.toLowerCase() ?? []))
  const done = new Set(attested.filter(({ what }) => what === wanted).map(({ person }) => person.toLowerCase()))
  const named = [...new Set(owners)].toSorted().map((id) => ({ id }))
  return shareBy({ what: 'owner named in it', lacks }, named, ({ id }) => done.has(id))
}

function shareBy<T extends { id: string }>(
  share: { what: string; lacks: string },
  counted: readonly T[],
  holds: (one: T) => boolean,
): StatusReport {
  const failing = counted.filter((one) => !holds(one))
  return shareOf(
    share,
    counted.map(({ id }) => id),
    failing.map(({ id }) => id),
  )
}
