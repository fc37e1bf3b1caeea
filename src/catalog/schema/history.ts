// history.json: which names are older than the pack, and what became of those that are gone. Ours, beside the facts:
// a link or a decision made under an old name must still lead somewhere.
import { z } from 'zod'
import { Id, Text, Words } from './common.ts'

export const NOUNS = ['threat', 'control', 'measure', 'fact', 'framework', 'item'] as const

const Edition = z.string().regex(/^\d{4}-\d{2}$/, 'expected a year and month, as in 2026-11')

export const Retired = z.strictObject({
  noun: z.enum(NOUNS),
  /** The id it had, or its name where it had no id of its own. */
  id: Words,
  since: Edition,
  /** First edition without it. */
  until: Edition,
  /** Empty: nothing took its place. */
  renamedTo: z.array(Words),
  note: Text,
})

export const HistoryFile = z.strictObject({
  schema: z.literal(1),
  /** Edition → ids that were there already; whatever is not listed came with this pack. */
  since: z.record(Edition, z.partialRecord(z.enum(NOUNS), z.array(Id))),
  retired: z.array(Retired),
})
