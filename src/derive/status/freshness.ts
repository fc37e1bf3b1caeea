// How long a proof counts. The time runs from what the proof speaks of, never from when it was handed in, and nobody
// can move its end: a later end needs a newer proof.
import type { Measure } from '../../catalog/catalog.ts'
import type { Evidence } from '../../model/evidence.ts'

const DAY_MS = 86_400_000
/** For assurance that names no end of its own. */
const ASSURANCE_DAYS = 365

export interface Freshness {
  fresh: boolean
  /** When it stops, or stopped, to count by time alone; absent where only a release ends it. */
  until?: string
  /** Why it counts no more. */
  over?: string
}

export function freshness(
  proof: Evidence,
  measure: Pick<Measure, 'freshness'>,
  release: string | undefined,
  now: string,
): Freshness {
  const over = measure.freshness === 'release' && proof.kind !== 'assurance' ? overtaken(proof, release) : undefined
  if (over !== undefined) return { fresh: false, over }
  const until = endOf(proof, measure)
  if (until === undefined) return { fresh: true }
  return now < until ? { fresh: true, until } : { fresh: false, until, over: `it counted until ${until}` }
}

function overtaken(proof: Evidence, release: string | undefined): string | undefined {
  if (release === undefined || proof.release === release) return undefined
  if (proof.release === undefined) return `it names no release, and ${release} runs now`
  return `it was made for release ${proof.release}, and ${release} runs now`
}

function endOf(proof: Evidence, measure: Pick<Measure, 'freshness'>): string | undefined {
  const own = proof.validUntil
  if (proof.kind === 'assurance') return own ?? after(proof.observedTo, ASSURANCE_DAYS)
  const days = freshDays(measure)
  if (days === undefined) return own
  const end = after(proof.observedTo, days)
  return own !== undefined && own < end ? own : end
}

/** Undefined where a release ends it, or nobody knows the measure. */
export function freshDays(measure: Pick<Measure, 'freshness'> | undefined): number | undefined {
  if (measure === undefined || measure.freshness === 'release') return undefined
  return measure.freshness === '24h' ? 1 : Number.parseInt(measure.freshness, 10)
}

const after = (time: string, days: number) => new Date(Date.parse(time) + days * DAY_MS).toISOString()
