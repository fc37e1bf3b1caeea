// A report that stands alone: entries, their proofs and everything that somebody with only the public key needs.

export interface ReportEntry {
  index: number
  leaf: string
  path: string[]
  /** What opens the commitments of personal fields. */
  opened?: Record<string, { salt: string; value: string }>
}

export interface ReportAttachment {
  sha256: string
  /** Base64; absent where the file lies beside the report. */
  content?: string
}

/** One change of keys: a checkpoint signed by both, and the entry under it that names the new key. */
export interface ReportHandover {
  checkpoint: string
  index: number
  leaf: string
  path: string[]
  /** From this checkpoint to the report's. */
  consistency: string[]
}

export interface Report {
  format: 'parapet-report/1'
  origin: string
  keys: string[]
  checkpoint: string
  handovers: ReportHandover[]
  entries: ReportEntry[]
  attachments: ReportAttachment[]
  older: { checkpoint: string; consistency: string[] }[]
  /** Entries matched but left out, because a report is bounded. */
  omitted: boolean
}
