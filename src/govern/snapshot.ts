// What a risk was when somebody accepted it, and what is different now. Only what is named here binds an acceptance:
// another name, tag or owner of the system leaves it in force.
// Invariant: two snapshots have the same hash exactly when nothing differs between them.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../lib/canonical-json.ts'
import { VERDICTS } from '../model/applicability.ts'
import { ASSET_KINDS } from '../model/asset.ts'
import { LEVELS } from '../model/risk.ts'
import { STATUSES } from '../model/status.ts'

const Severity = z.strictObject({ likelihood: z.enum(LEVELS), impact: z.enum(LEVELS), severity: z.enum(LEVELS) })

/** A risk as it is derived at one moment. */
export type RiskState = z.infer<typeof RiskState>
export const RiskState = z.strictObject({
  system: z.string(),
  threat: z.string(),
  verdict: z.enum(VERDICTS),
  inherent: Severity,
  designed: Severity,
  proven: Severity,
  /** The system and everything that it is made of. */
  scope: z.array(z.strictObject({ id: z.string(), kind: z.enum(ASSET_KINDS), version: z.string().optional() })),
  /** The controls that the threat needs. */
  controls: z.array(z.strictObject({ id: z.string(), status: z.enum(STATUSES) })),
  catalogVersion: z.string(),
})

/** As much of a risk as a review remembers. */
export type Seen = z.infer<typeof Seen>
export const Seen = z.strictObject({ threat: z.string(), verdict: z.enum(VERDICTS), residual: z.enum(LEVELS) })

export const TRIGGERS = [
  'residual',
  'inherent',
  'verdict',
  'scope',
  'model-version',
  'control-status',
  'catalog',
] as const

export type Difference = z.infer<typeof Difference>
export const Difference = z.strictObject({
  trigger: z.enum(TRIGGERS),
  /** Which part, control or component differs. */
  what: z.string(),
  before: z.string(),
  after: z.string(),
})

const NONE = 'none'

export function snapshotHash(risk: RiskState): string {
  return createHash('sha256')
    .update(canonicalJson([...statements(risk)].toSorted(byText)))
    .digest('hex')
}

/** Without a risk: the threat no longer stands for this system, or the system is gone. */
export function differencesOf(then: RiskState, now: RiskState | undefined): Difference[] {
  const [old, present] = [statements(then), now === undefined ? [] : statements(now)]
  if (areSame(old, present)) return []
  const before = new Map(old.map(([trigger, what, value]) => [`${trigger} ${what}`, { trigger, what, value }]))
  const found: Difference[] = []
  for (const [trigger, what, value] of present) {
    const known = before.get(`${trigger} ${what}`)
    if (known?.value !== value) found.push({ trigger, what, before: known?.value ?? NONE, after: value })
    before.delete(`${trigger} ${what}`)
  }
  const gone =
    now === undefined ? [{ trigger: 'verdict' as const, what: then.threat, value: then.verdict }] : before.values()
  return [...found, ...[...gone].map(({ trigger, what, value }) => ({ trigger, what, before: value, after: NONE }))]
}

type Statement = readonly [trigger: Difference['trigger'], what: string, value: string]

/** Everything that binds, each thing once. A version is stated apart from the component, so that it differs as itself. */
function statements(risk: RiskState): Statement[] {
  const level = ({ likelihood, impact, severity }: RiskState['proven']) => `${severity} (${likelihood} × ${impact})`
  return [
    ['verdict', risk.threat, risk.verdict],
    ['inherent', 'inherent', level(risk.inherent)],
    ['residual', 'as designed', level(risk.designed)],
    ['residual', 'as proven', level(risk.proven)],
    ...risk.scope.flatMap(({ id, kind, version = 'not stated' }): Statement[] => [
      ['scope', id, kind],
      [kind === 'model' ? 'model-version' : 'scope', `version of ${id}`, version],
    ]),
    ...risk.controls.map(({ id, status }): Statement => ['control-status', id, status]),
    ['catalog', 'edition', risk.catalogVersion],
  ]
}

/** In one order too, as they nearly always are: most of what was accepted is as it was. */
function areSame(some: readonly Statement[], others: readonly Statement[]): boolean {
  if (some.length !== others.length) return false
  return some.every((one, i) => one.every((part, j) => part === others[i]?.[j]))
}

const byText = (a: Statement, b: Statement) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)
