// Words for what is to be done about a risk and for where it stands.
import type { Reply } from '../../api.ts'

export type RiskRow = Reply<'GET', '/api/risks'>['items'][number]

export const TREATMENT_WORDS: Readonly<Record<NonNullable<RiskRow['treatment']>, string>> = {
  mitigate: 'Mitigate',
  transfer: 'Transfer',
  avoid: 'Avoid',
  accept: 'Accept',
}

export const RISK_STATUS: Readonly<
  Record<RiskRow['status'], { name: string; tone: 'neutral' | 'note' | 'good' | 'warn' }>
> = {
  open: { name: 'Open', tone: 'neutral' },
  proposed: { name: 'To be decided', tone: 'note' },
  accepted: { name: 'Accepted', tone: 'good' },
  reopened: { name: 'Open again', tone: 'warn' },
}

export const RISK_STATUS_WORDS: Readonly<Record<RiskRow['status'], string>> = {
  open: RISK_STATUS.open.name,
  proposed: RISK_STATUS.proposed.name,
  accepted: RISK_STATUS.accepted.name,
  reopened: RISK_STATUS.reopened.name,
}

export const toExportedRisk = ({ controls, evidence, ...row }: RiskRow) => ({
  ...row,
  controls: controls.map(({ id, status }) => `${id}: ${status}`),
  evidence: [...evidence],
})
