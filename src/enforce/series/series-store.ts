// What is kept of series so that a restart does not forget them. It is sealed: numbers out of inputs are in it.

export interface KeptSeries {
  id: string
  sealed: string
  /** ISO 8601. */
  at: string
}

export interface SeriesStore {
  /** In place of what was kept under the same ids. */
  save(rows: readonly KeptSeries[]): Promise<void>
  /** The newest first, none older than `since`. */
  latest(since: string, limit: number): Promise<KeptSeries[]>
  /** Removes some older ones, and says how many. */
  sweep(before: string, limit: number): Promise<number>
}
