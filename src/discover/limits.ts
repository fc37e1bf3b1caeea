// What one scan may cost, whatever is in the tree.

export interface DiscoverLimits {
  /** Files of one scan. */
  files: number
  /** Folders inside each other. */
  depth: number
  /** Bytes of one file. */
  fileBytes: number
  /** Milliseconds for one file. */
  fileTime: number
  /** Milliseconds for walking and reading; what is left then is named and not read. */
  scanTime: number
  /** Milliseconds for judging what was read. */
  judgeTime: number
  /** Megabytes of the scanning thread's heap. */
  heap: number
  /** Files that are kept for analysis. */
  units: number
  /** Bytes of source that are kept for analysis. */
  unitBytes: number
  /** Expressions of files that have very many, all together. */
  crowds: number
  /** Lines of `notScanned`. */
  missed: number
}

export const DISCOVER_LIMITS: DiscoverLimits = {
  files: 1_000_000,
  depth: 64,
  fileBytes: 4 * 1024 * 1024,
  fileTime: 5_000,
  scanTime: 60 * 60_000,
  judgeTime: 90_000,
  heap: 2048,
  units: 50_000,
  unitBytes: 96 * 1024 * 1024,
  crowds: 800_000,
  missed: 2_000,
}
