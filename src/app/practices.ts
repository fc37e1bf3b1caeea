// Where the practices of the organisation stand in a view: what the register holds, what is derived and what people decided,
// all of the same moment.
import { practiceStatus, type RequirementStatus } from '../derive/organisation/practice-status.ts'
import type { Records } from '../derive/organisation/record-checks.ts'
import { attestationNoun, attestationStanding } from '../govern/attestation.ts'
import { all } from '../govern/noun.ts'
import { reviewNoun } from '../govern/review.ts'
import type { App } from './app.ts'
import type { View } from './posture.ts'

type Rooms = Pick<App, 'store' | 'config'>

/** `at`: the past moment that the view is of; absent for now. */
export async function practices(rooms: Rooms, view: View, at?: string): Promise<RequirementStatus[]> {
  const { decisions } = rooms.store.read
  const systems = await view.standings()
  const reviews = await all(reviewNoun, decisions, {}, at)
  return practiceStatus(view.catalog, systems, {
    now: view.at,
    assets: view.assets(),
    reviewDays: rooms.config.risk.reviewDays,
    reviews: reviews.map(({ system = '', value: { occasion, outcome, at: held } }) => ({
      system,
      occasion,
      outcome,
      at: held,
    })),
    attested: await attestedIn(rooms, view.at, at),
    undecided: new Map(
      systems.map(({ id, verdicts }) => [id, [...verdicts.values()].filter((one) => one === 'unknown').length]),
    ),
  })
}

/** A person is named by address or by account; owners are named by address. */
async function attestedIn({ store }: Rooms, now: string, at: string | undefined): Promise<Records['attested']> {
  const made = await all(attestationNoun, store.read.decisions, {}, at)
  const current = made.filter(({ value }) => attestationStanding(value, now) === 'current')
  const emails = new Map<string, string>()
  for (const person of new Set(current.map(({ value }) => value.person)))
    emails.set(person, (await store.read.accounts.byId(person))?.email ?? person)
  return current.map(({ value: { what, person } }) => ({ what, person: emails.get(person) ?? person }))
}
