// What reading one file gives. It crosses threads, so it is plain data, and it holds nothing that is not needed later.
import type { NotScannedReason, SourceFinding } from '../../model/discovered.ts'
import type { Unit } from '../syntax/expr.ts'
import type { Dependency } from './manifests.ts'

/** A finding before the rule's own words are added; the file is the one it stands in. */
export interface TextHit {
  rule: string
  line: number
  subject: string
  confidence: number
  severity: SourceFinding['severity']
}

export interface SourceFile {
  file: string
  bytes: number
  unit?: Unit
  dependencies?: Dependency[]
  /** What a manifest calls what it builds. */
  called?: string
  /** Found in the text itself: secrets, hidden words. */
  hits?: TextHit[]
  instructions?: boolean
  /** `parapet: ignore …` comments, as they were written. */
  ignored?: Ignored[]
  problem?: { reason: NotScannedReason; detail: string }
}

/** What somebody says to leave a finding as it is; whether it counts is judged later. */
export interface Ignored {
  rule: string
  owner?: string
  until?: string
  reason: string
  /** Where it stands. */
  at: number
  /** The line that it covers. */
  line: number
}
