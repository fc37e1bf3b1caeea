// What the posture routes share: how a status is shown, what every answer is stamped with, and which moment is asked for.
import { z } from 'zod'
import type { View } from '../../app/posture.ts'
import { VERDICTS } from '../../model/applicability.ts'
import { MOST_ROWS, type Page } from '../../model/page.ts'
import { LEVELS } from '../../model/risk.ts'
import { STATUSES, type Rollup } from '../../model/status.ts'
import { Time } from './shapes.ts'

export const StatusWord = z.enum(STATUSES)
export const Verdict = z.enum(VERDICTS)
export const Level = z.enum(LEVELS)
export const AssetId = z.string().min(1).max(160)
export const CatalogId = z.string().min(1).max(200)

export const at = { at: Time.optional().describe('a past moment; else now') }
export const system = { id: AssetId.describe('id of the system') }

const words = z.array(z.string()).readonly()
const Coverage = z.object({ covered: z.int(), of: z.int(), what: z.string(), uncovered: words })

export const ShownStatus = z.object({
  status: StatusWord,
  reason: z.string(),
  evidence: words.describe('ids of what it rests on, newest first; the first few'),
  coverage: Coverage.optional(),
  failing: words.optional().describe('what it does not hold for; the first few'),
  validUntil: z.string().optional().describe('when this changes by itself if nothing arrives'),
})

export const ShownSeverity = z.object({ likelihood: Level, impact: Level, severity: Level })
export const Value = z.union([z.boolean(), z.string(), z.array(z.string()).readonly()])
export const FactRead = z.object({
  key: z.string(),
  value: Value.optional().describe('absent: unknown'),
  origin: z.string(),
  claims: z.array(z.string()).readonly(),
})
export const TraceStep = z.object({
  rule: z.string(),
  text: z.string(),
  verdict: Verdict,
  facts: z.array(FactRead).readonly(),
})

export const Counts = z.record(StatusWord, z.int())
export const ShownRollup = z.object({ ...ShownStatus.shape, counts: Counts.describe('parts by status') })

/** Without the parts: for lists. */
export const ShortStatus = ShownRollup.pick({ status: true, reason: true, counts: true, validUntil: true })

export function shortStatus({ status, reason, counts, validUntil }: Rollup): z.input<typeof ShortStatus> {
  return { status, reason, counts: { ...counts }, validUntil }
}

const stamp = {
  at: z.string().describe('the moment it is true for'),
  catalog: z.string().describe('the catalogue that was in force'),
  catalogVersion: z.string(),
}

/** Every answer says when it is true and by which catalogue. */
export function stamped<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ ...stamp, ...shape })
}

export function stampOf({ at: time, catalog }: View) {
  return { at: time, catalog: catalog.name, catalogVersion: catalog.version }
}

export function stampedPage<T extends z.ZodType>(item: T) {
  return stamped({ items: z.array(item), total: z.int().describe('on all pages'), next: z.string().optional() })
}

/** A page of what is in memory. The cursor is the id of the last item, wherever that stands by then. */
export function pageIn<T>(
  all: readonly T[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  idOf: (item: T) => string,
): Page<T> & { total: number } {
  const start = cursor === undefined ? 0 : all.findIndex((item) => idOf(item) === cursor) + 1
  const items = all.slice(start, start + Math.min(limit, MOST_ROWS))
  const last = items.at(-1)
  const next = start + items.length < all.length && last !== undefined ? idOf(last) : undefined
  return { items, total: all.length, next }
}
