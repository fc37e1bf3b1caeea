// A factor of likelihood that somebody sets otherwise than it is computed, because he knows what no fact tells. It needs a
// reason and an end: what nobody looks at again falls back to what is computed.
import { z } from 'zod'
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import type { Actor } from '../model/actor.ts'
import type { Kept } from '../model/decision.ts'
import { type Level, LEVELS } from '../model/risk.ts'
import { activeSystem, checkEnd, checkKnown, type Govern } from './govern.ts'
import type { DecisionStore } from './govern-store.ts'
import { all, type Noun } from './noun.ts'
import { Cleared, clearRuling, ruled, setRuling } from './ruling.ts'

export type FactorRuling = z.infer<typeof FactorRuling>
export const FactorRuling = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('set'), level: z.enum(LEVELS), ...ruled, until: z.string() }),
  Cleared,
])

export const factorNoun: Noun<FactorRuling> = {
  name: 'factor',
  verb: 'risk factor',
  schema: FactorRuling,
  until: (ruling) => (ruling.state === 'set' ? ruling.until : undefined),
}

export interface FactorOf {
  system: string
  threat: string
  factor: string
}

const subjectOf = ({ threat, factor }: FactorOf) => `${threat}/${factor}`

/** The threat and the factor that a ruling is about. */
export function factorOf(subject: string): { threat: string; factor: string } {
  const [threat = '', factor = ''] = subject.split('/')
  return { threat, factor }
}

export async function setFactor(
  govern: Govern,
  actor: Actor,
  given: FactorOf & { level: Level; reason: string; until: string },
): Promise<Kept<FactorRuling>> {
  await activeSystem(govern, given.system)
  checkKnown(govern, 'threat', given.threat)
  checkFactor(govern, given.factor)
  const thing = { system: given.system, subject: subjectOf(given) }
  return govern.store.change((tx) =>
    setRuling(factorNoun, tx, actor, thing, ({ by, at }): FactorRuling => ({
      state: 'set',
      level: given.level,
      by,
      at,
      reason: given.reason,
      until: checkEnd(given.until, at, govern.policy.acceptanceDays),
    })),
  )
}

export async function clearFactor(
  govern: Govern,
  actor: Actor,
  given: FactorOf & { reason: string },
): Promise<Kept<FactorRuling>> {
  const thing = { system: given.system, subject: subjectOf(given) }
  return govern.store.change((tx) => clearRuling(factorNoun, tx, actor, thing, given.reason))
}

function checkFactor({ factors }: Govern, id: string): void {
  if (factors.includes(id)) return
  const near = suggest(id, factors)
  throw new Failure('input_invalid', `likelihood has no factor "${id}"`, {
    hint: near === undefined ? `it has ${factors.join(', ')}` : `did you mean "${near}"?`,
    issues: [{ path: 'factor', message: 'is no factor', ...(near === undefined ? {} : { suggestion: near }) }],
  })
}

export interface FactorSet {
  threat: string
  factor: string
  level: Level
  reason: string
  /** From then on it holds no longer. */
  until: string
}

/** System → subject → what was set last, also where its time has passed; as it is, or as it was at a past moment. */
export async function factorsAt(decisions: DecisionStore, at?: string): Promise<Map<string, Map<string, FactorSet>>> {
  const found = new Map<string, Map<string, FactorSet>>()
  for (const { system, subject, value } of await all(factorNoun, decisions, { states: ['set'] }, at)) {
    if (system === undefined || value.state !== 'set') continue
    const { level, reason, until } = value
    const ofSystem = found.get(system) ?? new Map<string, FactorSet>()
    found.set(system, ofSystem.set(subject, { ...factorOf(subject), level, reason, until }))
  }
  return found
}
