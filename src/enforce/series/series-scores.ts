// What a series of inputs looks like, as counts that a person can check. Pure: the same series gives the same counts, in
// whatever order its members came.
import type { Member, Members } from './members.ts'

export interface SeriesScores {
  /** Inputs that are nearly the same as this one, and not the same. Those that ask for log-probabilities count twice. */
  variations: number
  /** Inputs that differ from this one in numbers only, which go on in equal steps. */
  sweep: number
  /** Inputs that are this one to the last letter. */
  repeats: number
}

/** The input is one of the series, and not among its members yet. */
export function seriesScores(members: Pick<Members, 'like'>, input: Member): SeriesScores {
  /** Undefined until there is one: most inputs are like none before them. */
  let different: Set<string> | undefined
  const framed: Member[] = [input]
  let [doubled, repeats] = [0, 1]
  members.like(input, (member, how) => {
    if (how === 'same') {
      repeats++
      return
    }
    if (how === 'framed') framed.push(member)
    different ??= new Set()
    if (different.has(member.exact)) return
    different.add(member.exact)
    if (member.asksConfidence) doubled++
  })
  return { variations: (different?.size ?? 0) + doubled, sweep: sweepOf(framed), repeats }
}

/** Numbers in equal steps are counted wherever they stand: what is put in between does not hide them. */
function sweepOf(framed: readonly Member[]): number {
  const slots = framed[0]?.slots.length ?? 0
  if (framed.length === 1) return Math.min(slots, 1)
  let most = 0
  for (let slot = 0; slot < slots; slot++) most = Math.max(most, 1 + equalSteps(framed, slot))
  return most
}

/** How often the step that most of the numbers are apart occurs. */
function equalSteps(framed: readonly Member[], slot: number): number {
  const values = new Float64Array(framed.length)
  for (const [i, { slots }] of framed.entries()) values[i] = slots[slot] ?? 0
  values.sort()
  for (let i = values.length - 1; i > 0; i--) values[i] = (values[i] ?? 0) - (values[i - 1] ?? 0)
  const steps = values.subarray(1).toSorted()
  let [most, run] = [0, 0]
  for (const [i, step] of steps.entries()) {
    run = i > 0 && step === steps[i - 1] ? run + 1 : 1
    if (step > 0 && run > most) most = run
  }
  return most
}
