// Makes an immutable policy out of what the operator wrote: every guard has a rule, settings are checked once, and the
// hash names exactly this policy on every machine.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, type JsonObject } from '../lib/canonical-json.ts'
import { type Mode, MODES, type Policy, type Rule } from '../model/policy.ts'
import type { ReadyGuard } from './guard.ts'
import { GUARDS } from './guards/index.ts'

const ruleOf = (mode: Mode) => ({
  mode: z.enum(MODES).default(mode).describe('off, observe (decide and record, change nothing) or enforce'),
  onFailure: z.enum(['block', 'pass']).default('block').describe('what it means when the guard cannot do its work'),
  deadlineMs: z
    .int()
    .min(1)
    .max(60_000)
    .default(1000)
    .describe(
      'how long the guard may work on a call, request and answer together, and as long again for each further 250,000 characters that it reads',
    ),
})

/** By the mode that a guard has unless told otherwise; schemas are large, and most guards have the same. */
const RULES = { off: ruleOf('off'), observe: ruleOf('observe'), enforce: ruleOf('enforce') } as const

/** What stands under `guards` in the configuration: one member for each guard there is. */
export const GuardsConfig = z.strictObject(
  Object.fromEntries(
    GUARDS.map((guard) => [guard.id, guard.settings.extend(RULES[guard.mode]).prefault({}).describe(guard.title)]),
  ),
)

/** What a route says of its own: members that are left out stay as they are for all. */
export type GuardChanges = z.infer<typeof GuardChanges>
export const GuardChanges = z.strictObject(
  Object.fromEntries(
    GUARDS.map((guard) => [
      guard.id,
      z
        .strictObject(withoutDefaults(guard.settings.extend(RULES[guard.mode]).shape))
        .optional()
        .describe(guard.title),
    ]),
  ),
)

/** A default would be put in place of what is left out, and so undo what was said for all. */
function withoutDefaults(shape: z.ZodRawShape): z.ZodRawShape {
  return Object.fromEntries(
    Object.entries(shape).map(([key, member]) => {
      const bare = member instanceof z.ZodDefault || member instanceof z.ZodPrefault ? member.unwrap() : member
      const { description } = z.globalRegistry.get(member) ?? {}
      const optional = z.optional(bare)
      return [key, description === undefined ? optional : optional.describe(description)]
    }),
  )
}

/** A policy with its guards made ready. */
export interface Enforcement {
  readonly policy: Policy
  readonly guards: readonly ReadyGuard[]
}

/** Made once: a policy of many routes reads them for each. */
const READERS = GUARDS.map((guard) => ({
  guard,
  rule: z.object(RULES[guard.mode]),
  settings: z.object(guard.settings.shape),
}))

/** Later layers win, member by member. */
export function createEnforcement(...layers: readonly GuardChanges[]): Enforcement {
  const rules: Record<string, Rule> = {}
  const guards: ReadyGuard[] = []
  for (const { guard, ...read } of READERS) {
    const written: unknown = Object.assign({}, ...layers.map((layer) => layer[guard.id]))
    const { mode, onFailure, deadlineMs } = read.rule.parse(written)
    const settings = read.settings.parse(written)
    rules[guard.id] = Object.freeze({ mode, onFailure, deadlineMs, settings: settings as JsonObject })
    if (mode !== 'off') guards.push(guard.ready(settings))
  }
  const frozen = Object.freeze(rules)
  const hash = createHash('sha256')
    .update(canonicalJson(frozen as unknown as JsonObject))
    .digest('hex')
  return Object.freeze({ policy: Object.freeze({ hash, guards: frozen }), guards: Object.freeze(guards) })
}

/** For many routes under what is said for all: those that say the same of their own share one. */
export function enforcements(all: GuardChanges): (own: GuardChanges) => Enforcement {
  const known = new Map<string, Enforcement>()
  return (own) => {
    const said = JSON.stringify(own)
    const made = known.get(said) ?? createEnforcement(all, own)
    known.set(said, made)
    return made
  }
}
