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
  /** Megabytes of the scanning thread's heap. */
  heap: number
  /** Files that are kept for analysis. */
  units: number
  /** Bytes of source that are kept for analysis. */
  unitBytes: number
  /** Lines of `notScanned`. */
  missed: number
}

export const DISCOVER_LIMITS: DiscoverLimits = {
  files: 1_000_000,
  depth: 64,
  fileBytes: 4 * 1024 * 1024,
  fileTime: 10_000,
  heap: 2048,
  units: 50_000,
  unitBytes: 96 * 1024 * 1024,
  missed: 2_000,
}
