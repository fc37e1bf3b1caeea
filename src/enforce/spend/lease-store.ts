// Where what is shared by all replicas is kept: how much of each pool is taken, and by whom. A holder is one process. What
// it tells is absolute – so much spent, so much held – so that telling it twice, or after a silence, does no harm.

/** A pool of units. Its limit is the asker's to say, because it may change while the pool is used. */
export interface StockAsk {
  /** Names the pool and, where it has periods, the period. */
  pool: string
  /**
   * What becomes of what a holder that fell silent held: `spent`, because nobody can know that it was not, or `free`, as with
   * calls at once, which end with the process that made them.
   */
  onSilence: 'spent' | 'free'
  limit: number
  holder: string
  spent: number
  /** What it must be left with: units in use. */
  held: number
  /** With less than this it could do nothing more, and gets none: half of what each of two needs would serve neither. */
  needs: number
  /** What it would like to have; at least that. */
  wants: number
  now: number
  /** Silent until then, the holder counts as gone. */
  until: number
}

export interface StockState {
  /** `held` of the asker, or between what it needs and what it wants. */
  held: number
  /** Not taken by anybody. */
  left: number
  /** Not spent by anybody: what would be left if all that is held came back. */
  unspent: number
}

/** Units that flow back with time: `limit` of them in each window, and as many at once after a pause. */
export interface FlowAsk {
  pool: string
  limit: number
  windowMs: number
  /** Taken since the last time, whether or not it was left; less than none where some are given back. */
  taken: number
  /** Less would not serve it, and is not given. */
  needs: number
  wants: number
  now: number
}

export interface FlowState {
  /** At most what was wanted. */
  granted: number
  left: number
  /** Milliseconds until as many as were needed in vain will be there. */
  waitMs: number
}

/** A holder's part in a pool: the ledger is the sum of these. */
export interface LeaseRow {
  pool: string
  holder: string
  spent: number
  held: number
  /** Held when the holder fell silent, and so counted as spent until somebody knows better. */
  lost: number
  updatedAt: number
}

export interface LeaseStore {
  stock(ask: StockAsk): Promise<StockState>
  flow(ask: FlowAsk): Promise<FlowState>
  /** All holders of pools whose names begin so, at most `limit` of them. */
  list(prefix: string, limit: number): Promise<LeaseRow[]>
  /** Gives back what silent holders of a pool had; returns how much that was. */
  release(pool: string): Promise<number>
  /** Forgets flows that are full again and holders that left nothing behind, silent since then. */
  sweep(before: number, limit: number): Promise<number>
}
