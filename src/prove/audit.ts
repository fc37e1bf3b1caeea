// What can be done to a log, by name, and what an audit says of it.

export const ATTACKS = [
  'edited-entry',
  'deleted-entry',
  'truncated-tail',
  'emptied-log',
  'reordered',
  'duplicated',
  'inserted',
  'swapped-attachment',
  'rolled-back',
  'forked',
  'clock-moved-back',
  'wrong-key',
] as const
export type Attack = (typeof ATTACKS)[number]

export interface AuditFinding {
  attack: Attack
  /** The first entry that shows it. */
  index: number
  message: string
}

export interface AuditResult {
  ok: boolean
  size: number
  root: string
  entries: number
  checkpoints: number
  attachments: number
  findings: AuditFinding[]
}
