// The posture of all systems: now, kept current with the log, or at any past moment. Nothing here is truth: it is derived
// from register, claims, evidence and selections, and `check` derives it again from scratch and compares.
import { createHash } from 'node:crypto'
import { loadBuiltIn } from '../catalog/built-in.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import type { Asset } from '../model/asset.ts'
import type { Level } from '../model/risk.ts'
import type { Store } from '../store/store.ts'
import { catalogAt } from './catalog-history.ts'
import { applyNews, loadGround, newsOf, type Sources } from './posture/ground.ts'
import { type Standing, World } from './posture/world.ts'
import { plain } from './posture/plain.ts'
import type { PostureInput, SystemPosture } from '../derive/system-posture.ts'

/** Everything as it is at one moment. */
export interface View {
  readonly at: string
  readonly catalog: Catalog
  isSystem(id: string): boolean
  system(id: string): SystemPosture
  standing(id: string): Standing
  /** What a system is derived from, for those who ask what would follow from something else. */
  input(id: string): PostureInput
  /** Of every system, in the order of their ids. */
  standings(): Promise<Standing[]>
  /** Everything in the register, in the order of the ids. */
  assets(): Asset[]
}

export interface Posture {
  /** Now, or at a past moment. */
  view(at?: string): Promise<View>
  /** Derives every system anew and names those whose kept answer differs. */
  check(): Promise<{ systems: number; different: string[]; digest: string }>
}

export interface PostureOptions {
  store: Store
  catalog: Catalog
  /** A version that was in force in the past. */
  catalogNamed?: (name: string) => Catalog
  now: () => Date
  appetite: Level
  selections: Sources['selections']
  assignments: Sources['assignments']
  factors: Sources['factors']
}

const MOST_PAST = 2
/** Where changes never pause, an answer is dated with the last one it saw. */
const MOST_TRIES = 3
const MOST_ENTRIES_AT_ONCE = 2000

export function createPosture(options: PostureOptions): Posture {
  const { store, catalog, now, appetite } = options
  const sources: Sources = {
    read: store.read,
    selections: options.selections,
    assignments: options.assignments,
    factors: options.factors,
  }
  const catalogNamed = (name: string) => (name === catalog.name ? catalog : (options.catalogNamed ?? loadBuiltIn)(name))
  const past = new Map<string, Promise<World>>()
  let live: { world: World; seen: number } | undefined
  let turn: Promise<unknown> = Promise.resolve()

  /** One at a time: the ground is not changed under who reads the log. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  /** Dated with a moment that was over before anything was read, so that a replay of that moment finds the same. */
  async function present(): Promise<View> {
    let least: string | undefined
    for (let tries = 1; ; tries++) {
      const over = await store.closeMoment(least)
      const { view, isWhole } = await inTurn(() => current(over))
      if (isWhole || tries === MOST_TRIES) return view
      least = view.at
    }
  }

  /** `isWhole`: nothing changed since that moment, so what was read is of no other. */
  async function current(over: string): Promise<{ view: View; isWhole: boolean }> {
    const state = await store.read.log.state()
    const at = over < state.lastAt ? state.lastAt : over
    live ??= { seen: state.size, world: new World(await loadGround(sources, catalog), appetite) }
    while (live.seen < state.size) {
      const rows = await store.read.log.rows(live.seen, Math.min(state.size, live.seen + MOST_ENTRIES_AT_ONCE))
      live.world.touch(await applyNews(live.world.ground, sources, newsOf(rows)))
      live.seen += rows.length
    }
    const { size } = await store.read.log.state()
    return { view: viewOf(live.world, at), isWhole: at === over && size === state.size }
  }

  async function at(time: string): Promise<View> {
    const moment = new Date(time).toISOString()
    if (moment > now().toISOString())
      throw new Failure('input_invalid', `at: ${moment} lies in the future`, { hint: 'leave it out for now' })
    const known = past.get(moment) ?? pastWorld(moment)
    past.delete(moment)
    past.set(moment, known)
    for (const oldest of past.keys()) if (past.size > MOST_PAST) past.delete(oldest)
    try {
      return viewOf(await known, moment)
    } catch (error) {
      past.delete(moment)
      throw error
    }
  }

  async function pastWorld(moment: string): Promise<World> {
    return new World(await loadGround(sources, catalogNamed(await catalogAt(store, moment)), moment), appetite)
  }

  return {
    view: (time) => (time === undefined ? present() : at(time)),
    check: () =>
      inTurn(async () => {
        const { view: kept } = await current(now().toISOString())
        const fresh = viewOf(new World(await loadGround(sources, catalog), appetite), kept.at)
        const [before, after] = [await kept.standings(), await fresh.standings()]
        const anew = new Map(after.map((one) => [one.id, written(one)]))
        const different = before.filter((one) => written(one) !== anew.get(one.id)).map(({ id }) => id)
        const digest = createHash('sha256')
          .update([...anew.values()].join('\n'))
          .digest('hex')
        return { systems: after.length, different, digest }
      }),
  }
}

/** What is needed follows from the verdicts and is told by the statuses; spelled out it would be most of the text. */
function written({ controlNeeds: _controls, measureNeeds: _measures, ...standing }: Standing): string {
  return canonicalJson(plain(standing))
}

function viewOf(world: World, at: string): View {
  const time = new Date(at)
  return {
    at,
    catalog: world.ground.catalog,
    isSystem: (id) => world.ground.assets.get(id)?.kind === 'system',
    system: (id) => world.whole(id, time),
    standing: (id) => world.standing(id, time),
    input: (id) => world.input(id, time),
    standings: () => world.standings(time),
    assets: () => [...world.ground.assets.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }
}
