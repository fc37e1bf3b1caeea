// What is known of each question of the catalogue about an asset: its own claims, what holds of a system with all its parts,
// and whether sources disagree.
import type { FactRead } from '../../../src/model/applicability.ts'
import type { Reply } from '../../api.ts'

type Question = Reply<'GET', '/api/catalog/facts'>['items'][number]
type Claim = Reply<'GET', '/api/assets/:id/facts'>['items'][number]

export interface Known extends Question {
  /** Of the asset itself. */
  claims: readonly Claim[]
  /** What holds of a system, counting its components, its links and what follows from other facts. */
  read: FactRead | undefined
  isContested: boolean
}

export function toKnown(
  questions: readonly Question[],
  /** Absent for a past day: then only what held is shown, not who claims it today. */
  facts: Reply<'GET', '/api/assets/:id/facts'> | undefined,
  derived: readonly FactRead[],
): Known[] {
  const contested = new Set([
    ...(facts?.conflicts ?? []).map(({ key }) => key),
    ...derived.filter(({ origin }) => origin === 'conflict').map(({ key }) => key),
  ])
  return questions.map((question) => ({
    ...question,
    claims: facts?.items.filter(({ key }) => key === question.id) ?? [],
    read: derived.find(({ key }) => key === question.id),
    isContested: contested.has(question.id),
  }))
}

export const isKnown = ({ claims, read: known, isContested }: Known) =>
  !isContested && (known ? known.value !== undefined : claims.length > 0)
