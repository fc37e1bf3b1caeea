// What somebody supposes about a system: facts, choices, proofs, a way of deployment. Asked of the server it changes
// nothing; all but a proof, which only evidence gives, can be made so.
import type { FactValue } from '../../../src/model/fact.ts'
import type { Status } from '../../../src/model/status.ts'
import { api } from '../../api.ts'
import { toDraft, toStated } from '../inventory/draft.ts'
import { toSentFact } from './sent-fact.ts'

export type Supposed =
  | { change: 'fact'; key: string; value: FactValue | undefined }
  | { change: 'selection'; measure: string; decision: 'chosen' | 'not-needed' }
  | { change: 'status'; measure: string; status: Status }
  | { change: 'deployment-model'; model: string }

/** Two that cannot both be supposed have the same. */
export function subjectOf(one: Supposed): string {
  if (one.change === 'fact') return `fact ${one.key}`
  return one.change === 'deployment-model' ? one.change : `measure ${one.measure}`
}

export const toAsked = (one: Supposed) =>
  one.change === 'fact' ? { ...one, value: one.value === undefined ? null : toSentFact(one.value) } : one

/** Proofs cannot be decided: a plan with one stays a question. */
export const canApply = (all: readonly Supposed[]) => all.length > 0 && all.every(({ change }) => change !== 'status')

interface Terms {
  reason: string
  /** When what is left out has to be looked at again. */
  until: string
}

/** Makes it so, one change after the other: each is recorded in one's name. */
export async function applySupposed(system: string, all: readonly Supposed[], terms: Terms): Promise<void> {
  for (const one of all) await applyOne(system, one, terms)
}

async function applyOne(system: string, one: Supposed, { reason, until }: Terms): Promise<void> {
  const params = { id: system }
  if (one.change === 'fact') {
    const { key, value } = one
    if (value === undefined) await api.post('/api/assets/:id/facts/withdraw', { params, body: { key } })
    else await api.post('/api/assets/:id/facts', { params, body: { key, value: toSentFact(value) } })
  }
  if (one.change === 'selection') {
    const { measure, decision } = one
    await api.put('/api/systems/:system/measures/:measure/selection', {
      params: { system, measure },
      body: { choice: decision, reason, ...(decision === 'not-needed' ? { until: `${until}T23:59:59Z` } : {}) },
    })
  }
  if (one.change === 'deployment-model') {
    const asset = await api.get('/api/assets/:id', { params })
    const body = { ...toStated(toDraft({ ...asset, deploymentModel: one.model })), revision: asset.revision }
    await api.put('/api/assets/:id', { params, body })
  }
}
