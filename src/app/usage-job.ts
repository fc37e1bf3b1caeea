// Makes the sums by day anew from the calls on record. Days that calls are still being added to are read again until what
// was read is all there is, so that the sums that come out are those of the record and nothing else.
import { Failure } from '../lib/failure.ts'
import type { Tally, UsageKey } from '../record/call-store.ts'
import { fromLeaf } from '../record/leaf.ts'
import { tallyOf } from '../record/tally.ts'
import { USAGE_GROUPS } from '../record/call-store.ts'
import type { Store } from '../store/store.ts'
import type { JobKind } from './job-kind.ts'

export const USAGE_JOB = 'usage-rebuild'
const DAY_MS = 86_400_000
const MOST_TRIES = 5

export const usageJob = (store: Store, now: () => Date): JobKind => ({
  kind: USAGE_JOB,
  mostAttempts: 3,
  async run(_, report, signal) {
    const first = await oldestDay(store)
    const today = now().toISOString().slice(0, 10)
    let days = 0
    for (let day = first; day !== undefined && day <= today; day = dayAfter(day)) {
      signal.throwIfAborted()
      await rebuildDay(store, day)
      await report({ done: ++days, total: undefined, note: day })
    }
    return { days, ...(first === undefined ? {} : { from: first }) }
  },
})

async function oldestDay(store: Store): Promise<string | undefined> {
  for await (const [call] of store.read.calls.all({})) return call && fromLeaf(call.leaf).at.toISOString().slice(0, 10)
  return undefined
}

const dayAfter = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)

async function rebuildDay(store: Store, day: string): Promise<void> {
  const range = { since: `${day}T00:00:00.000Z`, until: `${dayAfter(day)}T00:00:00.000Z` }
  for (let i = 0; i < MOST_TRIES; i++) {
    const sums = new Map<string, UsageKey & Tally>()
    let read = 0
    for await (const calls of store.read.calls.all(range)) {
      read += calls.length
      for (const sum of tallyOf(calls.map(({ leaf }) => fromLeaf(leaf)))) addTo(sums, sum)
    }
    const isWhole = await store.change(async (tx) => {
      if ((await tx.calls.count(range)) !== read) return false
      await tx.usage.clear(day, day)
      await tx.usage.add([...sums.values()])
      return true
    })
    if (isWhole) return
  }
  throw new Failure('conflict', `calls of ${day} come in faster than they are added up`, { hint: 'try again later' })
}

function addTo(sums: Map<string, UsageKey & Tally>, sum: UsageKey & Tally): void {
  const key = USAGE_GROUPS.map((group) => sum[group]).join('\n')
  const before = sums.get(key)
  if (before === undefined) return void sums.set(key, sum)
  before.calls += sum.calls
  before.blocked += sum.blocked
  before.failed += sum.failed
  before.inputTokens += sum.inputTokens
  before.outputTokens += sum.outputTokens
  before.costNanos += sum.costNanos
}
