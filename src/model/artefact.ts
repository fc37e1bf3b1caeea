// What a model file would do to whoever loads it. A verdict follows from findings alone, and a file that could not be
// read is never benign: what was not looked at is a finding like any other.
import type { Severity } from './finding.ts'

export const ARTEFACT_VERDICTS = ['benign', 'suspicious', 'malicious'] as const
export type ArtefactVerdict = (typeof ARTEFACT_VERDICTS)[number]

export interface ArtefactFinding {
  /** Names the row of the table of techniques, and its anchor in the documentation. */
  technique: string
  /** What this finding alone makes of the file; benign for a remark. */
  verdict: ArtefactVerdict
  severity: Severity
  /** What happens, and when. */
  effect: string
  /** What was seen, in words. Bounded, and never more than a few words of the file itself. */
  why: string
  remedy: string
  /** The way from the file to the member, as `model.zip!archive/data.pkl`; empty for the file itself. */
  place: string
  /** Bytes from the start of the member. */
  offset?: number
  /** Of a pickle: the opcode that does it. */
  opcode?: string
}

export interface ArtefactMember {
  name: string
  bytes: number
  /** What its bytes say it is; absent where nothing had to be read. */
  format?: string
}

export interface ArtefactReport {
  format: string
  verdict: ArtefactVerdict
  findings: ArtefactFinding[]
  /** Of archives: what is inside, in their own order. */
  members: ArtefactMember[]
  /** Members and findings beyond the limits, counted. */
  leftOut: { members: number; findings: number }
}

/** Whose word vouches for the bytes of a file; `mismatch`: they are not the ones that were vouched for. */
export const GATE_WORDS = ['signed', 'listed', 'pinned', 'unsigned', 'mismatch'] as const

export interface GateWord {
  says: (typeof GATE_WORDS)[number]
  /** Who signed it, or the commit that it is pinned to. */
  by?: string
}

export interface ArtefactFileReport extends ArtefactReport {
  file: string
  /** What the gates of its source say of it; absent where it has none. */
  gate?: GateWord
}
