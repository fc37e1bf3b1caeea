// How long a file may take. A person's tree has a slow file or two, and each may have its time; where there is one after the
// other somebody put them there, and the more there were the less the next one gets.
// Invariant: files that are slow take no more than a fixed time all together, and each after them the least that counts.

/** Milliseconds of work that nearly no file needs; more of it is drawn from what all have together. */
const USUAL = 500
/** For all slow files of a scan. */
const ALL = 30_000
/** What each may take of what is left for all. */
const SHARE = 0.25

export class Patience {
  readonly #each: number
  #left: number

  /** `spent`: what slow files took before, in threads that are gone. */
  constructor(each: number, spent = 0) {
    this.#each = each
    this.#left = ALL - spent
  }

  /** For the next file. */
  get most(): number {
    return Math.min(this.#each, Math.max(USUAL, this.#left * SHARE))
  }

  get spent(): number {
    return ALL - this.#left
  }

  /** Says whether that was slow. */
  took(milliseconds: number): boolean {
    if (milliseconds < USUAL) return false
    this.#left = Math.max(0, this.#left - milliseconds)
    return true
  }
}
