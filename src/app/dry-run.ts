// A dry run of a policy over the calls on record: nothing is sent, counted or recorded.
import { dryRoutes } from '../enforce/policies/dry-routes.ts'
import { dryRun, type DryRun } from '../enforce/policies/dry-run.ts'
import { type Enforce, inForce } from '../enforce/policies/enforce.ts'
import type { GatewayPolicy } from '../enforce/policies/gateway-policy.ts'
import { type BudgetBook, createBudgetBook } from '../enforce/spend/budget-book.ts'
import { openBudgets } from '../enforce/spend/budgets.ts'
import { createPrices } from '../enforce/spend/prices.ts'
import type { KeptRequest, RecordedCalls } from '../enforce/policies/recorded-call.ts'
import { Failure } from '../lib/failure.ts'
import type { Caller } from '../enforce/routes.ts'
import type { CallQuery } from '../record/call-store.ts'
import { fromLeaf } from '../record/leaf.ts'
import type { Reads } from '../store/store.ts'
import type { Config } from './config.ts'

const RUN_MS = 20_000
const MOST_CHANGES = 500

/** The words of calls, where the policy had them kept: by the ids of the calls. */
export type RequestsOf = (ids: readonly string[]) => Promise<ReadonlyMap<string, KeptRequest>>

export interface DryRunParts {
  enforce: Enforce
  config: Pick<Config, 'prices'>
  read: Reads
  requestsOf: RequestsOf
}

export type DryRunRange = Pick<CallQuery, 'since' | 'until' | 'route' | 'asset'> & { mostCalls: number }

/** One at a time: it reads many texts, and calls go on meanwhile. */
export function createDryRun({ enforce, config, read, requestsOf }: DryRunParts) {
  const prices = createPrices(config.prices)
  let isRunning = false
  return async (candidate: GatewayPolicy, { mostCalls, ...range }: DryRunRange): Promise<DryRun> => {
    if (isRunning) throw new Failure('too_many', 'a dry run is under way', { retryAfter: RUN_MS / 1000 })
    isRunning = true
    try {
      const { policy } = await inForce(enforce, read)
      const budgets = await budgetsOf(read)
      return await dryRun(recordedCalls(read, requestsOf, range), {
        candidate: dryRoutes(candidate, enforce.demo),
        present: dryRoutes(policy, enforce.demo),
        callerOf: callers(read),
        meters: { prices, budgets },
        mostCalls,
        mostChanges: MOST_CHANGES,
        forMs: RUN_MS,
        now: enforce.now,
        clock: () => performance.now(),
      })
    } finally {
      isRunning = false
    }
  }
}

async function* recordedCalls(
  { calls }: Pick<Reads, 'calls'>,
  requestsOf: RequestsOf,
  range: Pick<CallQuery, 'since' | 'until' | 'route' | 'asset'>,
): RecordedCalls {
  for await (const rows of calls.all(range)) {
    const requests = await requestsOf(rows.map(({ id }) => id))
    for (const { id, leaf } of rows) yield { exchange: fromLeaf(leaf), request: requests.get(id) }
  }
}

/** Those that are open now; one that cannot be read refuses calls, so here it ends the run. */
async function budgetsOf({ budgets }: Pick<Reads, 'budgets'>): Promise<BudgetBook> {
  const book = createBudgetBook(
    () => openBudgets(budgets),
    (error) => {
      throw error
    },
  )
  await book.renew()
  return book
}

/** What keys are good for now; those that ended are taken as they were. */
function callers({ gatewayKeys }: Pick<Reads, 'gatewayKeys'>): (keyId: string) => Promise<Caller | undefined> {
  const known = new Map<string, Caller | undefined>()
  return async (keyId) => {
    if (known.has(keyId)) return known.get(keyId)
    const key = await gatewayKeys.byId(keyId)
    const caller = key && {
      keyId,
      asset: key.asset,
      agent: key.agent,
      models: key.models,
      routes: key.routes,
      limits: key.limits,
    }
    known.set(keyId, caller)
    return caller
  }
}
