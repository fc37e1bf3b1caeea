// What one artefact may cost. Each limit that is met becomes a finding, so that a bound never reads as "nothing there".
export interface ArtefactLimits {
  /** Archives within archives. */
  depth: number
  /** Of all archives of one file together. */
  members: number
  /** What one compressed member may expand to. */
  memberBytes: number
  /** What all compressed members of one file together may expand to. */
  expandedBytes: number
  /** Opcodes of all pickles of one file together. */
  opcodes: number
  /** Text that is parsed: JSON, YAML, XML, source code, templates. */
  textBytes: number
  findings: number
}

export const ARTEFACT_LIMITS: ArtefactLimits = {
  depth: 8,
  members: 100_000,
  memberBytes: 256 * 1024 * 1024,
  expandedBytes: 1024 * 1024 * 1024,
  opcodes: 200_000_000,
  textBytes: 64 * 1024 * 1024,
  findings: 100,
}
