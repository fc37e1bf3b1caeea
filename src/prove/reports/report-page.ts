// What a report says, before it is HTML, CSV or JSON: the same content in each, so that none of them says more.
import type { Status } from '../../model/status.ts'

export const REPORT_KINDS = [
  'dossier',
  'risk-register',
  'control-statement',
  'supplier-assurance',
  'framework-statement',
] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

/** A cell with a status is shown with its shape; `about` is a second, quieter line. */
export type Cell = string | number | { status: Status; text?: string } | { text: string; about: string }

export interface ReportTable {
  /** File name of its CSV, without the extension. */
  name: string
  columns: readonly string[]
  rows: readonly (readonly Cell[])[]
  /** What it means that there is no row. */
  empty: string
}

export interface ReportSection {
  title: string
  text?: readonly string[]
  /** Label and value. */
  facts?: readonly (readonly [string, Cell])[]
  table?: ReportTable
}

export interface ReportPage {
  kind: ReportKind
  title: string
  /** The finding in one or two sentences: what somebody reads who reads nothing else. */
  summary: string
  /** The time that the answer is for. */
  asOf: string
  madeAt: string
  catalogVersion: string
  sections: readonly ReportSection[]
  /** Entries of the log that it rests on. */
  cited: readonly number[]
  /** How many more it rests on than it can carry the proofs of. */
  uncited: number
}
