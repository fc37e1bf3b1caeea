// What can be done to a log, by name.
import type { EntryRow } from '../model/entry.ts'

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

export type Leaf = Readonly<Record<string, unknown>>

/** Empty when the leaf is no longer JSON. */
export function leafOf(row: EntryRow): Leaf {
  try {
    const leaf: unknown = JSON.parse(row.leaf)
    return typeof leaf === 'object' && leaf !== null ? (leaf as Leaf) : {}
  } catch {
    return {}
  }
}
