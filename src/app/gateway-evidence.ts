// What the gateway decides becomes evidence: with each round of sealing, as one batch that names the routes.
import type { Catalog } from '../catalog/catalog.ts'
import { freshDays } from '../derive/status/freshness.ts'
import { GUARDS } from '../enforce/guards/index.ts'
import type { RecordRule } from '../enforce/record-rule.ts'
import { REVIEWER_HEALTH } from '../enforce/guards/oversight.ts'
import { MOST_ROWS } from '../model/page.ts'
import type { Telling, ToldOf } from '../model/telling.ts'
import { MOST_ROWS_AT_ONCE } from '../prove/record-evidence.ts'
import { COLLECTOR, DecisionEvidence, type Saying } from '../record/decision-evidence.ts'
import { Completeness, REQUEST_LOG } from '../record/completeness.ts'
import type { Recorder } from '../record/recorder.ts'
import type { Store } from '../store/store.ts'
import type { AppGateway } from './gateway.ts'
import { takeIn } from './intake.ts'
import { TRANSPORT, transportTold } from './transport-evidence.ts'
import { reviewed } from './reviewers.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const RECALLED_DAYS = 31
const MOST_PAGES = 50
const ACTOR = { kind: 'system', id: 'gateway', role: 'owner' } as const

interface EvidenceParts {
  record: Recorder
  gateway: Pick<AppGateway, 'routes' | 'onExchange'>
  /** What is kept of all calls, unless their route says otherwise. */
  keeps: RecordRule
  store: Store
  catalog: Catalog
  now: () => Date
}

export function collectEvidence({ record, gateway, keeps, store, catalog, now }: EvidenceParts): void {
  const guards = new Map(GUARDS.map((guard) => [guard.id, guard]))
  const evidence = new DecisionEvidence({
    policies: () => new Map(gateway.routes.map(({ id, enforcement }) => [id, enforcement.policy])),
    proves: (guard, settings) =>
      (guards.get(guard)?.proves(settings) ?? []).filter((measure) => catalog.measuresById.has(measure)),
    toldOf: (guard, settings) => guards.get(guard)?.toldOf(settings) ?? [],
    tellers: new Map(GUARDS.flatMap(({ id, tells }) => (tells === undefined ? [] : [[id, tells]]))),
    standing: [REQUEST_LOG, TRANSPORT],
    freshMs: (measure) => (freshDays(catalog.measuresById.get(measure)) ?? 1) * DAY_MS,
    // Guards that count see sessions as well; those that read do not.
    goesPast(guard, id) {
      const route = gateway.routes.find((one) => one.id === id)
      if (route?.realtime !== 'unguarded') return false
      return route.enforcement.guards.some((one) => one.id === guard && one.admit === undefined)
    },
  })
  let isRecalled = false
  const reviewers = watchReviewers(store, gateway)
  const whole = new Completeness((id) => {
    const route = gateway.routes.find((one) => one.id === id)
    return route?.record.content ?? keeps.content
  })
  gateway.onExchange((exchange) => whole.ended(exchange, now()))
  record.onKept((batch) => {
    evidence.note(batch.exchanges)
    for (const exchange of batch.exchanges) {
      const told = transportTold(exchange, gateway.routes)
      if (told !== undefined) evidence.tell(...told)
    }
    whole.kept(batch)
  })
  record.onCycle(async (sealed) => {
    if (!isRecalled) await recall(store, evidence, now())
    isRecalled = true
    for (const told of whole.tellings(now(), sealed !== undefined)) evidence.tell(...told)
    for (const told of await reviewers(now())) evidence.state(...told)
    const root = sealed?.root && Buffer.from(sealed.root).toString('hex')
    const sayings = evidence.sayings(now(), root)
    for (let i = 0; i < sayings.length; i += MOST_ROWS_AT_ONCE)
      await say({ catalog, now }, store, sayings.slice(i, i + MOST_ROWS_AT_ONCE))
  })
}

/** Looks when somebody decided, and each hour: a day without decisions does not make those of the week before untrue. */
function watchReviewers(store: Store, gateway: Pick<AppGateway, 'routes'>) {
  let [isNews, lookedAt] = [true, 0]
  store.onRecorded((rows) => {
    isNews ||= rows.some(({ subjectKind, kind }) => subjectKind === 'approval' && kind !== 'approval.asked')
  })
  return async (now: Date): Promise<(readonly [ToldOf, Telling, count: number])[]> => {
    if (!isNews && now.getTime() - lookedAt < HOUR_MS) return []
    ;[isNews, lookedAt] = [false, now.getTime()]
    const { routes } = await reviewed({ store, routes: gateway.routes, now })
    return routes.flatMap(({ route, asset, decisions, questions, strays, isEnough, from }) => {
      if (asset === undefined || (strays.length === 0 && !isEnough)) return []
      const words = () =>
        strays.length > 0 ? strays.join(', ') : `${decisions} decisions of people stayed within bounds`
      const says = strays.length > 0 ? 'breaks' : 'holds'
      return [[{ asset, route, at: from }, { measure: REVIEWER_HEALTH, says, words }, questions] as const]
    })
  }
}

/** Of an asset that was retired meanwhile, or was never in the register, there is nothing to prove. */
async function say(
  intake: { catalog: Catalog; now: () => Date },
  store: Store,
  sayings: readonly Saying[],
): Promise<void> {
  await store.change(async (tx) => {
    const found = await tx.register.assetsById([...new Set(sayings.map(({ proof }) => proof.asset))])
    const active = new Set(found.filter(({ retiredAt }) => retiredAt === undefined).map(({ id }) => id))
    const rows = sayings.map(({ proof }) => proof).filter(({ asset }) => active.has(asset))
    if (rows.length > 0) await takeIn(intake, tx, rows, ACTOR)
  })
  for (const { settle } of sayings) settle()
}

/** What was said before this process began: a guard that was turned off while it was down must not stay proven. */
async function recall(store: Store, evidence: DecisionEvidence, now: Date): Promise<void> {
  const since = new Date(now.getTime() - RECALLED_DAYS * DAY_MS).toISOString()
  for (const asset of await systemsWithKeys(store)) {
    let cursor: string | undefined
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await store.read.evidence.list({ asset, collector: COLLECTOR, since, limit: MOST_ROWS, cursor })
      evidence.recall(page.items)
      cursor = page.next
      if (cursor === undefined) break
    }
  }
}

async function systemsWithKeys(store: Store): Promise<Set<string>> {
  const systems = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await store.read.gatewayKeys.list({ limit: MOST_ROWS, cursor })
    for (const { asset } of page.items) if (asset !== undefined) systems.add(asset)
    cursor = page.next
  } while (cursor !== undefined)
  return systems
}
