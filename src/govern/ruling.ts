// A standing rule that somebody set for one thing of a system, with a reason, and may change or clear: there is one for
// each thing, and its revisions tell what was ruled when.
import { z } from 'zod'
import { Failure } from '../lib/failure.ts'
import type { Actor } from '../model/actor.ts'
import type { Kept } from '../model/decision.ts'
import { personOf } from './govern.ts'
import type { GovernChange } from './govern-store.ts'
import { advance, all, begin, type Noun } from './noun.ts'

/** Who ruled, when and why. */
export const ruled = { by: z.string(), at: z.string(), reason: z.string() }
export const Cleared = z.strictObject({ state: z.literal('cleared'), ...ruled })

type Ruling = { state: string; by: string; at: string; reason: string }
export type Ruler = { by: string; at: string }

/** The thing of a system that is ruled on. */
export interface Thing {
  system: string
  subject: string
}

export async function setRuling<T extends Ruling>(
  noun: Noun<T>,
  tx: GovernChange,
  actor: Actor,
  thing: Thing,
  rule: (ruler: Ruler) => T,
): Promise<Kept<T>> {
  const { at } = await tx.stamp()
  const [before] = await all(noun, tx.decisions, thing)
  const value = rule({ by: personOf(actor), at })
  if (before === undefined) return begin(noun, tx, thing, { actor, event: 'set', value })
  if (value.state === 'cleared' && before.value.state === 'cleared') return before
  return advance(noun, tx, before, { actor, event: value.state === 'cleared' ? 'cleared' : 'set', value })
}

export async function clearRuling<T extends Ruling>(
  noun: Noun<T | z.infer<typeof Cleared>>,
  tx: GovernChange,
  actor: Actor,
  thing: Thing,
  reason: string,
): Promise<Kept<T | z.infer<typeof Cleared>>> {
  const [before] = await all(noun, tx.decisions, thing)
  if (before === undefined || before.value.state === 'cleared')
    throw new Failure('not_found', `there is no ${noun.name} of ${thing.subject} for ${thing.system}`, {
      hint: `list them: parapet ${noun.verb ?? noun.name} list`,
    })
  return setRuling(noun, tx, actor, thing, ({ by, at }) => ({ state: 'cleared', by, at, reason }))
}
