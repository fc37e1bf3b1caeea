// What a call, or somebody who counts, says by itself of whether a measure holds. For such a measure it is not enough that
// a guard was at work.
export interface Telling {
  measure: string
  /** `lacks`: it does not hold, which counts only on routes where it ever held, because there it is expected. */
  says: 'holds' | 'breaks' | 'lacks'
  words: (count: number) => string
}

export interface ToldOf {
  /** A system, and a route that it uses. */
  asset: string
  route: string
  at: Date
}
