// A call on its way to the record, and what is told of those that arrived there.
import type { Exchange } from '../model/exchange.ts'
import type { Words } from '../model/words.ts'

export interface Waiting {
  exchange: Exchange
  /** It is counted and gets no row: so nobody can fill the disk with calls that are refused. */
  isOnlyCounted: boolean
  /** A row of calls that were counted already. */
  isCrowd: boolean
  words: Words | undefined
  /** Its words were to be kept. */
  isWordless: boolean
  isFirst: boolean
  settle: ((error?: unknown) => void) | undefined
}

export const WAITING: Omit<Waiting, 'exchange'> = {
  isOnlyCounted: false,
  isCrowd: false,
  words: undefined,
  isWordless: false,
  isFirst: false,
  settle: undefined,
}

/** Calls that are over, and on record since now. */
export interface KeptBatch {
  exchanges: readonly Exchange[]
  segment: string
  /** Those that have no row of their own. */
  counted: readonly Exchange[]
  /** Ids of those whose words were to be kept and are not. */
  wordless: ReadonlySet<string>
}

/** Undefined where none of them is over. */
export function keptOf(batch: readonly Waiting[], segment: string): KeptBatch | undefined {
  const over = batch.filter(({ isFirst }) => !isFirst)
  if (over.length === 0) return undefined
  const of = (isOnlyCounted: boolean) =>
    over.flatMap((one) => (one.isOnlyCounted === isOnlyCounted ? [one.exchange] : []))
  const wordless = new Set(over.flatMap(({ exchange, isWordless }) => (isWordless ? [exchange.id] : [])))
  return { exchanges: of(false), segment, counted: of(true), wordless }
}
