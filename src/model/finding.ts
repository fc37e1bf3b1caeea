// What a detector saw in a text, where, and how sure it is. Offsets count UTF-16 units of the original text, as
// JavaScript's `slice` does, so that a caller can cut, mask or show the place without decoding anything twice.

/** Who speaks in a part of a turn. Trust falls from left to right, the model's own words last. */
export const SPEAKERS = ['system', 'developer', 'user', 'tool', 'document', 'assistant'] as const
export type Speaker = (typeof SPEAKERS)[number]

export const FAMILIES = ['injection', 'secret', 'personal', 'output', 'resource'] as const
export type Family = (typeof FAMILIES)[number]

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export interface Finding {
  /** The detector's id: its file name and its anchor in the documentation. */
  detector: string
  /** The control of the AI Exchange that this finding is evidence for. */
  control: string
  family: Family
  /** What it is, within the family: `email`, `github-pat`, `hidden-text`, … */
  kind: string
  start: number
  end: number
  severity: Severity
  /** 0 to 1. From 0.5 on the detector would stand by it. */
  confidence: number
  /** For people. Never holds the secret or the personal value itself. */
  note: string
  /** What to put in place of the text; absent where cutting would not help. */
  redaction?: string
}
