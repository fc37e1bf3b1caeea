// Answers for all systems over one ground, each derived when it is first asked for and again when something it rests on
// changed or its time ran out. What is kept for every system is small; the whole of a system, with its traces, is kept for
// those asked for last.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { MeasureNeed } from '../../derive/measure-needs.ts'
import type { ControlNeed } from '../../derive/needs.ts'
import { type Edge, walkFrom } from '../../derive/reach.ts'
import { type PostureInput, type SystemPosture, systemPosture } from '../../derive/system-posture.ts'
import { Failure } from '../../lib/failure.ts'
import type { Verdict } from '../../model/applicability.ts'
import type { Asset } from '../../model/asset.ts'
import { type Level, LEVELS, type Risk } from '../../model/risk.ts'
import type { Ground } from './ground.ts'

/** A system without its traces: all that lists and reports of many systems show. */
export interface Standing extends Omit<SystemPosture, 'analysis'> {
  catalogVersion: string
  /** By threat. */
  verdicts: ReadonlyMap<string, Verdict>
  /** Systems that are alike share these lists. */
  controlNeeds: readonly ControlNeed[]
  measureNeeds: readonly MeasureNeed[]
  /** Highest severity that is left as proven; absent where nothing threatens it. */
  worst: Level | undefined
  /** By threat. */
  severities: ReadonlyMap<string, Severities>
  aboveAppetite: readonly string[]
  conflicts: number
}

export type Severities = Pick<Risk, 'inherent' | 'designed' | 'proven'>

const MOST_WHOLE = 64
const MOST_COMPONENTS = 2000
/** Other requests get their turn this often while many systems are derived. */
const TURN_MS = 20

export class World {
  readonly ground: Ground
  readonly #appetite: Level
  readonly #standings = new Map<string, Standing>()
  readonly #whole = new Map<string, SystemPosture>()
  /** Asset → the systems that it is part of, or would be part of if it existed. */
  readonly #systemsOf = new Map<string, Set<string>>()

  constructor(ground: Ground, appetite: Level) {
    this.ground = ground
    this.#appetite = appetite
  }

  /** Something new is known of these assets. */
  touch(assets: Iterable<string>): void {
    for (const asset of assets)
      for (const system of [asset, ...(this.#systemsOf.get(asset) ?? [])]) {
        this.#standings.delete(system)
        this.#whole.delete(system)
      }
  }

  standing(id: string, now: Date): Standing {
    return this.#standing(id, now, now.toISOString())
  }

  #standing(id: string, now: Date, time: string): Standing {
    const known = this.#standings.get(id)
    return known && isAhead(known.validUntil, time) ? known : this.#derive(this.#find(id), now).standing
  }

  whole(id: string, now: Date): SystemPosture {
    const known = this.#whole.get(id)
    if (known && isAhead(known.validUntil, now.toISOString())) return known
    return this.#derive(this.#find(id), now).posture
  }

  /** Of every system, in the order of their ids. */
  async standings(now: Date): Promise<Standing[]> {
    const systems = [...this.ground.assets.values()].filter(({ kind }) => kind === 'system')
    const time = now.toISOString()
    let turn = performance.now()
    for (const { id } of systems) {
      this.#standing(id, now, time)
      if (performance.now() - turn < TURN_MS) continue
      await nextTurn()
      turn = performance.now()
    }
    return systems.map(({ id }) => this.#standing(id, now, time)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  #find(id: string): Asset {
    const found = this.ground.assets.get(id)
    if (found?.kind === 'system') return found
    const hint = found
      ? `it is a ${found.kind}; threats and risk are stated for systems`
      : 'list them: parapet system list'
    throw new Failure('not_found', `there is no system "${id.slice(0, 100)}"`, { hint })
  }

  /** What a system is derived from, for those who ask what would follow from something else. */
  input(id: string, now: Date): PostureInput {
    return this.#gather(this.#find(id), now).input
  }

  #gather(system: Asset, now: Date): { input: PostureInput; edges: readonly Edge[]; ends: string[] } {
    const { catalog, claims, evidence, selections, assignments, factors } = this.ground
    const { components, edges } = walkFrom(system, (id) => this.ground.assets.get(id))
    if (components.length > MOST_COMPONENTS)
      throw new Failure(
        'too_large',
        `${system.id} reaches ${components.length} components; ${MOST_COMPONENTS} are the most`,
        { hint: 'make systems of its parts: a link to a system ends there' },
      )
    const time = now.toISOString()
    const ids = [system.id, ...components.map(({ id }) => id)]
    const selected = [...(selections.get(system.id) ?? [])].filter(([, { until }]) => isAhead(until, time))
    const set = [...(factors.get(system.id)?.values() ?? [])].filter(({ until }) => isAhead(until, time))
    const input = {
      catalog,
      system,
      components,
      claims: ids.flatMap((id) => [...(claims.get(id) ?? [])]),
      evidence: evidence.of(ids),
      selections: new Map(selected),
      assigned: assignments.get(system.id) ?? new Map(),
      overrides: set,
      appetite: this.#appetite,
      now,
    }
    return { input, edges, ends: [...selected.map(([, one]) => one), ...set].flatMap(({ until }) => until ?? []) }
  }

  #derive(system: Asset, now: Date): { posture: SystemPosture; standing: Standing } {
    const { input, edges, ends } = this.#gather(system, now)
    const derived = systemPosture(input)
    const [validUntil] = [...ends, ...(derived.validUntil === undefined ? [] : [derived.validUntil])].toSorted()
    const posture = validUntil === undefined ? derived : { ...derived, validUntil }
    const standing = standingOf(posture)
    const linked = edges.map(({ link }) => link.to)
    for (const id of [system.id, ...standing.components.map((part) => part.id), ...linked]) {
      const systems = this.#systemsOf.get(id) ?? new Set()
      this.#systemsOf.set(id, systems.add(system.id))
    }
    this.#standings.set(system.id, standing)
    this.#whole.delete(system.id)
    this.#whole.set(system.id, posture)
    for (const oldest of this.#whole.keys()) {
      if (this.#whole.size <= MOST_WHOLE) break
      this.#whole.delete(oldest)
    }
    return { posture, standing }
  }
}

function standingOf({ analysis, ...rest }: SystemPosture): Standing {
  const { catalogVersion, threats, controls, measures, risks, aboveAppetite, conflicts } = analysis
  return {
    ...rest,
    catalogVersion,
    controlNeeds: controls,
    measureNeeds: measures,
    verdicts: new Map(threats.map(({ threat, verdict }) => [threat, verdict])),
    worst: LEVELS.findLast((level) => risks.some(({ proven }) => proven.severity === level)),
    severities: new Map(
      risks.map(({ threat, inherent, designed, proven }) => [threat, { inherent, designed, proven }]),
    ),
    aboveAppetite,
    conflicts: conflicts.length,
  }
}

const isAhead = (end: string | undefined, now: string) => end === undefined || now < end
