// Words that several files of a pack share. Objects are strict everywhere: an unknown key in a pack is a misspelling or
// a newer format, and either way not something to skip in silence.
import { z } from 'zod'

/** `prompt-injection`: the form of every id of our own. */
export const Id = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens')

/** Ids of other people's frameworks: `LLM01:2026`, `Art. 4`, `A&A`. */
export const ForeignId = z.string().min(1).max(100)

export const Text = z.string().max(2000)
export const Words = z.string().min(1).max(2000)

export const Ids = z.array(Id)
export const TextList = z.array(Words)

export const Source = z.strictObject({
  repo: Words,
  commit: z.string().regex(/^[0-9a-f]{40}$/, 'expected a commit of 40 hex digits'),
  date: z.iso.date().nullable(),
  licence: Words,
})

/** First lines of most files. */
export const HEADER = { catalog: z.literal('ai-security-catalog'), schema: z.literal(1) }

/** Framework id → ids of its items. */
export const Maps = z.record(Id, z.array(ForeignId))

export const LIFECYCLES = ['development', 'runtime'] as const
export const GOALS = ['disclose', 'deceive', 'disrupt'] as const
export const PROPERTIES = ['confidentiality', 'integrity', 'availability'] as const
export const IMPACT_CODES = ['T', 'P', 'I', 'A', 'B', 'E'] as const
export const ENFORCERS = ['gateway', 'scanner', 'redteam', 'register', 'privacy', 'incident', 'none'] as const
export const BASES = ['exchange', 'opencre', 'source', 'judgement'] as const

export const Lifecycle = z.enum(LIFECYCLES)
export const Goal = z.enum(GOALS)
export const Enforcer = z.enum(ENFORCERS)
