// What of one request or one answer waits for a person, and for whose word. Several rules may ask: then each of them has to
// be satisfied, within the shortest of their times.
import type { ApproverRole, Hold } from '../../model/approval.ts'

/** A tool call that the model wants, as it would go out. */
export interface HeldCall {
  name: string
  arguments: string
}

export class Holds {
  readonly calls: HeldCall[] = []
  readonly #asked: Hold[] = []
  #areWordsHeld = false

  /** All of it waits, and not only calls. */
  get areWordsHeld(): boolean {
    return this.#areWordsHeld
  }

  call(hold: Hold, call: HeldCall): void {
    this.#asked.push(hold)
    if (this.calls.at(-1) !== call) this.calls.push(call)
  }

  words(hold: Hold): void {
    this.#asked.push(hold)
    this.#areWordsHeld = true
  }

  /** What has to be asked; undefined where nothing waits. */
  get all(): Hold | undefined {
    if (this.#asked.length === 0) return undefined
    return {
      needs: together(this.#asked.map(({ needs }) => needs)),
      waitSeconds: Math.min(...this.#asked.map(({ waitSeconds }) => waitSeconds)),
      why: [...new Set(this.#asked.map(({ why }) => why))].join('; ').slice(0, 500),
    }
  }
}

/** Of each role as many as the rule that wants the most of it. */
function together(all: readonly (readonly ApproverRole[])[]): ApproverRole[] {
  const needs: ApproverRole[] = []
  for (const wanted of all) {
    const left = [...needs]
    for (const role of wanted) {
      const i = left.indexOf(role)
      if (i >= 0) left.splice(i, 1)
      else needs.push(role)
    }
  }
  return needs
}
