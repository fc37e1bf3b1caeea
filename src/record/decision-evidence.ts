// Turns what the guards decided into proof that their controls hold, for each system and on each of its routes.
// Invariant: only a guard that is enforced and did its work supports anything. One that is off or only observes, or that
// failed and let the call pass, supports nothing; and where it was proven before, that is evidence against it, which names
// the route, whether or not anybody calls.
// Invariant: a proof speaks for as long as it is fresh, so a measure that a call broke holds again only when none broke it
// for that long, or when another policy is in force: how calls happen to fall into rounds changes nothing.
// Invariant: a guard that failed and stopped the call proves nothing, for or against. Where it failed as often as it worked, what
// was proven is not said again, and that it failed is.
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Exchange } from '../model/exchange.ts'
import type { Policy } from '../model/policy.ts'
import type { Telling, ToldOf } from '../model/telling.ts'

export const COLLECTOR = 'gateway'

export type DecisionProof = Omit<Evidence, 'id' | 'receivedAt' | 'entry'>

export interface InForce {
  /** What is in force now, by route. */
  policies(): ReadonlyMap<string, Policy>
  /** Measures that a guard proves when it is enforced with these settings. */
  proves(guard: string, settings: JsonObject): readonly string[]
  /** Measures that hang on more than that the guard worked: on what each call says of them, or somebody who counts. */
  toldOf(guard: string, settings: JsonObject): readonly string[]
  /** By guard: what a call on which it worked says by itself. */
  tellers: ReadonlyMap<string, (exchange: Exchange) => readonly Telling[]>
  /** Measures told of that hang on no guard at all. */
  standing: readonly string[]
  /** How long a proof of this measure counts, in milliseconds. */
  freshMs(measure: string): number
  /** Whether calls may go past the guard on this route: sessions that it cannot look into. */
  goesPast(guard: string, route: string): boolean
}

/** Where a measure stands on a route of a system. */
interface Cell {
  /** The last word that was said of it. */
  said: 'nothing' | 'holds' | 'fails' | 'stuck'
  saidAt: number
  /** A call broke it, so nothing is said for it before then, and the policy that was in force; none where it is not known. */
  brokenUntil: number
  brokenUnder: string | undefined
  /** Calls since then that a guard worked on, those that went past it, and those that count where it is expected. */
  seen: number
  passed: number
  lacking: number
  /** Those that it failed on and stopped, under this policy. */
  stuck: number
  stuckUnder: string
  /** When the first of them began. */
  from: number
  /** What became of those that it worked on, and why the others went past it. */
  did: (count: number) => string
  why: (count: number) => string
}

interface Provable {
  guard: string
  isTold: boolean
}

interface SystemState {
  /** Routes that it uses, with the time of its last call there. */
  routes: Map<string, number>
  /** By measure, then by route. */
  cells: Map<string, Map<string, Cell>>
}

/** Something to say, and what to do once it is on record. */
export interface Saying {
  proof: DecisionProof
  settle(): void
}

const HOUR_MS = 3_600_000
/** A proof is said again while it is fresh, so that it never runs out under a guard at work. */
const SAY_AGAIN_MS = HOUR_MS
const IN_USE_MS = 24 * HOUR_MS
const MOST_SYSTEMS = 10_000

export class DecisionEvidence {
  readonly #inForce: InForce
  readonly #systems = new Map<string, SystemState>()
  /** By the hash of the policy: what each measure needs to be proven. */
  readonly #proven = new Map<string, ReadonlyMap<string, Provable>>()

  constructor(inForce: InForce) {
    this.#inForce = inForce
  }

  /** What was said before this process began, newest first. */
  recall(
    proofs: Iterable<Pick<Evidence, 'asset' | 'measure' | 'population' | 'failing' | 'observedFrom' | 'observedTo'>>,
  ): void {
    for (const { asset, measure, population, failing, observedFrom, observedTo } of proofs) {
      if (population?.of !== 'route') continue
      const system = this.#system(asset)
      const at = Date.parse(observedTo)
      for (const route of [...population.covered, ...failing]) {
        const cell = cellOf(system, measure, route)
        if (cell.said !== 'nothing') continue
        cell.said = failing.includes(route) ? 'fails' : 'holds'
        cell.saidAt = at
        // Calls that broke it were observed; that a guard is off is seen at a glance.
        if (cell.said === 'fails' && observedFrom < observedTo) cell.brokenUntil = at + this.#inForce.freshMs(measure)
      }
      for (const route of population.covered) system.routes.set(route, Math.max(at, system.routes.get(route) ?? 0))
    }
  }

  /** Calls that are on record. */
  note(exchanges: Iterable<Exchange>): void {
    const policies = this.#inForce.policies()
    for (const exchange of exchanges) this.#note(exchange, policies)
  }

  /** What somebody else knows, of calls on record or of what people decided. */
  tell(of: ToldOf, telling: Telling, count = 1): void {
    if (this.#inForce.policies().has(of.route)) this.#tell(of, telling, count)
  }

  /** The same, in place of what was told since the last word. */
  state(of: ToldOf, telling: Telling, count: number): void {
    const known = this.#systems.get(of.asset)?.cells.get(telling.measure)?.get(of.route)
    if (known !== undefined) Object.assign(known, { seen: 0, passed: 0, lacking: 0, stuck: 0, brokenUntil: 0 })
    this.tell(of, telling, count)
  }

  #tell({ asset, route, at }: ToldOf, { measure, says, words }: Telling, count: number): void {
    const system = this.#system(asset)
    const time = at.getTime()
    system.routes.set(route, Math.max(time, system.routes.get(route) ?? 0))
    const cell = cellOf(system, measure, route)
    begin(cell, time)
    if (says === 'holds') {
      cell.seen += count
      cell.did = words
      return
    }
    if (says === 'breaks') cell.passed += count
    else cell.lacking += count
    cell.why = words
  }

  #note(exchange: Exchange, policies: ReadonlyMap<string, Policy>): void {
    const { asset, route, at, decisions, verdicts } = exchange
    if (asset === undefined || route === undefined || decisions.length === 0) return
    const policy = policies.get(route)
    // What was decided under a policy that is gone proves nothing of the one in force.
    if (policy === undefined || decisions.some((decision) => decision.policy !== policy.hash)) return
    const system = this.#system(asset)
    const time = at.getTime()
    system.routes.set(route, Math.max(time, system.routes.get(route) ?? 0))
    const worked = new Map<string, boolean | 'stuck'>()
    for (const { guard, outcome } of verdicts) {
      const known = worked.get(guard)
      if (outcome !== 'failed') worked.set(guard, known ?? true)
      else if (policy.guards[guard]?.onFailure === 'pass') worked.set(guard, false)
      else if (known !== false) worked.set(guard, 'stuck')
    }
    for (const [measure, { guard, isTold }] of this.#measures(policy)) {
      const did = worked.get(guard)
      if (did === undefined || (did === true && isTold)) continue
      const cell = cellOf(system, measure, route)
      if (did === 'stuck') {
        cell.stuck = cell.stuckUnder === policy.hash ? cell.stuck + 1 : 1
        cell.stuckUnder = policy.hash
        continue
      }
      begin(cell, time)
      if (did) cell.seen++
      else {
        if (isTold) cell.lacking++
        else cell.passed++
        cell.why = () => `${guard} failed and let calls pass`
      }
    }
    for (const [guard, tells] of this.#inForce.tellers)
      if (worked.get(guard) === true)
        for (const telling of tells(exchange)) this.#tell({ asset, route, at }, telling, 1)
  }

  /** What there is to say now. Each word is said when it is new, and again each hour. */
  sayings(now: Date, sealed: string | undefined): Saying[] {
    const policies = this.#inForce.policies()
    const sayings: Saying[] = []
    for (const [asset, system] of this.#systems) {
      for (const route of system.routes.keys()) if (!policies.has(route)) forget(system, route)
      for (const [measure, cells] of system.cells) {
        const saying = this.#sayingOf({ asset, measure, system, cells, policies, now, sealed })
        if (saying !== undefined) sayings.push(saying)
      }
    }
    return sayings
  }

  #sayingOf(about: {
    asset: string
    measure: string
    system: SystemState
    cells: ReadonlyMap<string, Cell>
    policies: ReadonlyMap<string, Policy>
    now: Date
    sealed: string | undefined
  }): Saying | undefined {
    const { asset, measure, system, cells, policies, now, sealed } = about
    const time = now.getTime()
    const [covered, failing, stuckAt, notes]: [string[], string[], string[], string[]] = [[], [], [], []]
    let did: Cell['did'] = wentThrough
    const settled: (() => void)[] = []
    let isDue = false
    let [calls, from] = [0, time]
    for (const [route, cell] of cells) {
      const policy = policies.get(route)
      const against = policy && this.#against(measure, policy, cell, route)
      const isStuck = cell.stuck > 0 && cell.stuck >= cell.seen && cell.stuckUnder === policy?.hash
      const isAtWork = !isStuck && cell.seen > 0 && policy !== undefined && this.#measures(policy).has(measure)
      const isHealed = time >= cell.brokenUntil || isUnderAnother(measure, cell, policy, this.#inForce.standing)
      const wasProven = cell.said === 'holds' || cell.said === 'stuck'
      const isLate = wasProven && policy !== undefined && time - cell.saidAt >= SAY_AGAIN_MS
      const good = isAtWork && isHealed ? 'holds' : isStuck && isLate ? 'stuck' : undefined
      const word = against === undefined ? good : 'fails'
      if (word === undefined) {
        // Nobody had it until now, so that these lacked it is nothing to tell.
        cell.lacking = 0
        continue
      }
      if (word !== cell.said || time - cell.saidAt >= SAY_AGAIN_MS) isDue = true
      if (word === 'stuck') {
        stuckAt.push(route)
        notes.push(`${stuckOn(measure, cell)} on route ${route}`)
      } else if (against === undefined) {
        covered.push(route)
        calls += cell.seen
        did = cell.did
      } else {
        failing.push(route)
        notes.push(`${against} on route ${route}`)
      }
      const { seen, passed, lacking, stuck } = cell
      const isBroken = against !== undefined && passed + lacking > 0
      if (word === 'holds' || isBroken) from = Math.min(from, cell.from)
      const until = isBroken ? time + this.#inForce.freshMs(measure) : word === 'holds' ? 0 : cell.brokenUntil
      settled.push(() =>
        Object.assign(cell, {
          said: word,
          saidAt: time,
          brokenUntil: until,
          brokenUnder: isBroken ? policy?.hash : cell.brokenUnder,
          seen: cell.seen - seen,
          passed: cell.passed - passed,
          lacking: cell.lacking - lacking,
          stuck: cell.stuck - stuck,
        }),
      )
    }
    if (!isDue) return undefined
    const inUse = [...system.routes].flatMap(([route, last]) => (time - last < IN_USE_MS ? [route] : []))
    const names = [...new Set([...inUse, ...covered, ...failing, ...stuckAt])].toSorted()
    const at = now.toISOString()
    const worked = calls > 0 ? [did(calls)] : []
    const proof: DecisionProof = {
      measure,
      asset,
      kind: 'decision',
      supports: failing.length === 0 && covered.length > 0,
      population: { of: 'route', names, covered: covered.toSorted() },
      failing: failing.toSorted(),
      observedFrom: new Date(from).toISOString(),
      observedTo: at,
      collectedAt: at,
      collector: COLLECTOR,
      note: [...notes, ...worked].join('; ').slice(0, 500),
      ...(sealed === undefined || covered.length === 0 ? {} : { sha256: sealed }),
    }
    return { proof, settle: () => settled.forEach((settle) => settle()) }
  }

  /** Why a measure does not hold under a policy; undefined where nothing speaks against it. */
  #against(measure: string, policy: Policy, cell: Cell, route: string): string | undefined {
    const own = measure.slice(0, measure.indexOf('.'))
    const { goesPast, standing } = this.#inForce
    if (!standing.includes(measure) && goesPast(own, route)) return `realtime sessions go past ${own}`
    if (cell.passed > 0) return cell.why(cell.passed)
    const isExpected = cell.said !== 'nothing' || cell.seen > 0
    if (cell.lacking > 0 && isExpected) return cell.why(cell.lacking)
    if (this.#measures(policy).has(measure) || cell.said === 'nothing') return undefined
    const guard = measure.slice(0, measure.indexOf('.'))
    const mode = policy.guards[guard]?.mode
    if (mode === 'off') return `${guard} is off`
    if (mode === 'observe') return `${guard} only observes`
    return `the settings of ${guard} leave ${measure.slice(guard.length + 1)} out`
  }

  /** Measures that are provable under a policy, each with its guard. */
  #measures(policy: Policy): ReadonlyMap<string, Provable> {
    const known = this.#proven.get(policy.hash)
    if (known) return known
    const { proves, toldOf, standing } = this.#inForce
    const measures = new Map<string, Provable>(standing.map((measure) => [measure, { guard: '', isTold: true }]))
    for (const [guard, { mode, settings }] of Object.entries(policy.guards)) {
      if (mode !== 'enforce') continue
      for (const measure of proves(guard, settings)) measures.set(measure, { guard, isTold: false })
      for (const measure of toldOf(guard, settings)) measures.set(measure, { guard, isTold: true })
    }
    if (this.#proven.size >= 1000) this.#proven.clear()
    this.#proven.set(policy.hash, measures)
    return measures
  }

  #system(asset: string): SystemState {
    const known = this.#systems.get(asset)
    if (known) return known
    if (this.#systems.size >= MOST_SYSTEMS) this.#systems.delete(this.#systems.keys().next().value ?? '')
    const made: SystemState = { routes: new Map(), cells: new Map() }
    this.#systems.set(asset, made)
    return made
  }
}

function cellOf(system: SystemState, measure: string, route: string): Cell {
  const cells = system.cells.get(measure) ?? new Map<string, Cell>()
  system.cells.set(measure, cells)
  const cell = cells.get(route) ?? newCell()
  cells.set(route, cell)
  return cell
}

const newCell = (): Cell => ({
  said: 'nothing',
  saidAt: 0,
  brokenUntil: 0,
  brokenUnder: undefined,
  seen: 0,
  passed: 0,
  lacking: 0,
  stuck: 0,
  stuckUnder: '',
  from: 0,
  did: wentThrough,
  why: wentThrough,
})

const wentThrough = (count: number): string => `${count} ${count === 1 ? 'call' : 'calls'} went through it`

function stuckOn(measure: string, { stuck, seen }: Cell): string {
  return `${measure.slice(0, measure.indexOf('.'))} failed on ${stuck} of ${stuck + seen} calls, which were stopped,`
}

/** Another policy begins anew; what hangs on no guard it does not mend. */
function isUnderAnother(
  measure: string,
  { brokenUnder }: Cell,
  policy: Policy | undefined,
  standing: readonly string[],
): boolean {
  return brokenUnder !== undefined && brokenUnder !== policy?.hash && !standing.includes(measure)
}

function begin(cell: Cell, time: number): void {
  const isFirst = cell.seen + cell.passed + cell.lacking === 0
  cell.from = isFirst ? time : Math.min(cell.from, time)
}

/** A route that is gone needs no proof any more. */
function forget(system: SystemState, route: string): void {
  system.routes.delete(route)
  for (const cells of system.cells.values()) cells.delete(route)
}
