// The evidence that still matters, by asset and measure. Proofs that newer ones have overtaken are let go, so memory
// follows what there is to prove and not how long it has been proven.
import { withoutOutdated } from '../../derive/status/last-words.ts'
import type { Evidence } from '../../model/evidence.ts'

/** Lists shorter than this are not worth sorting out. */
const LEAST_SORTED_OUT = 16

interface Kept {
  rows: Evidence[]
  /** Length at which the outdated are sorted out again: twice what was left, so that the cost stays in proportion. */
  next: number
}

export class EvidenceIndex {
  readonly #byAsset = new Map<string, Map<string, Kept>>()
  #size = 0

  /** How many rows are held. */
  get size(): number {
    return this.#size
  }

  add(rows: readonly Evidence[]): void {
    for (const row of rows) {
      let measures = this.#byAsset.get(row.asset)
      if (!measures) this.#byAsset.set(row.asset, (measures = new Map()))
      let kept = measures.get(row.measure)
      if (!kept) measures.set(row.measure, (kept = { rows: [], next: LEAST_SORTED_OUT }))
      kept.rows.push(row)
      this.#size++
      if (kept.rows.length >= kept.next) this.#sortOut(kept)
    }
  }

  #sortOut(kept: Kept): void {
    this.#size -= kept.rows.length
    kept.rows = withoutOutdated(kept.rows)
    kept.next = Math.max(LEAST_SORTED_OUT, kept.rows.length * 2)
    this.#size += kept.rows.length
  }

  /** Measure → proofs on any of these assets. */
  of(assets: readonly string[]): Map<string, readonly Evidence[]> {
    const found = new Map<string, readonly Evidence[]>()
    for (const asset of assets)
      for (const [measure, { rows }] of this.#byAsset.get(asset) ?? []) {
        const before = found.get(measure)
        found.set(measure, before ? [...before, ...rows] : rows)
      }
    return found
  }
}
