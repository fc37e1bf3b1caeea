// What reports are written from: one view of the posture, and the decisions of people as they stood at its moment.
import type { Acceptance } from '../../govern/acceptance.ts'
import type { Assurance } from '../../govern/assurance.ts'
import type { Kept } from '../../model/decision.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Coverage, StatusReport } from '../../model/status.ts'
import type { Cell, ReportSection } from '../../prove/reports/report-page.ts'
import type { View } from '../posture.ts'

export interface StandingAcceptance extends Kept<Acceptance> {
  /** Whether the risk is borne by it, and until when. */
  inForceUntil?: string | undefined
  /** `active`, `voided`, … */
  state: string
}

export interface ReportSource {
  view: View
  acceptances: readonly StandingAcceptance[]
  assurances: readonly Kept<Assurance>[]
}

/** The body of a report; what all reports share is added when it is made. */
export interface Written {
  title: string
  summary: string
  sections: readonly ReportSection[]
  /** What it is about, for the log. */
  subject: { kind: string; id: string }
  evidence: readonly Evidence[]
}

export const day = (time: string | undefined): string => time?.slice(0, 10) ?? ''

export const coverageText = (coverage: Coverage | undefined): string =>
  coverage ? `${coverage.covered} of ${coverage.of} ${coverage.what}` : ''

export const statusCell = ({ status }: Pick<StatusReport, 'status'>): Cell => ({ status })

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** Everything that was shown of a system and its parts and still matters. */
export function evidenceOf(view: View, id: string): Evidence[] {
  return [...view.input(id).evidence.values()].flat().toSorted((a, b) => b.entry - a.entry)
}

/** The evidence that statuses rest on, which is what a report must be able to prove. */
export function restingOn(evidence: readonly Evidence[], reports: Iterable<StatusReport>): Evidence[] {
  const ids = new Set([...reports].flatMap((report) => report.evidence))
  return evidence.filter(({ id }) => ids.has(id))
}
