// How much may be spent on models, by whom and in which time. What was spent is not here: it is the sum of what each
// process has told the store.

export const BUDGET_UNITS = ['usd', 'tokens'] as const
export type BudgetUnit = (typeof BUDGET_UNITS)[number]

export const BUDGET_PERIODS = ['hour', 'day', 'week', 'month', 'total'] as const
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number]

/** Money is counted in whole billionths of a dollar, so that the price of a single token needs no fraction. */
export const NANOS_PER_USD = 1_000_000_000

export interface Budget {
  id: string
  name: string
  unit: BudgetUnit
  /** Billionths of a dollar, or tokens. */
  limit: number
  period: BudgetPeriod
  /** Whose calls count: all that fit each member that is there. */
  key: string | undefined
  asset: string | undefined
  /** A pattern; a * stands for any characters. */
  model: string | undefined
  createdBy: string
  createdAt: string
  closedAt: string | undefined
}

const DAY_MS = 86_400_000

/** The first moment of the period that a moment lies in, in UTC; weeks begin on Monday. */
export function periodStart(period: BudgetPeriod, at: Date): string {
  const iso = hourOf(at)
  if (period === 'total') return 'total'
  if (period === 'hour') return iso
  if (period === 'month') return iso.slice(0, 7)
  if (period === 'day') return iso.slice(0, 10)
  const monday = at.getTime() - ((at.getUTCDay() + 6) % 7) * DAY_MS
  return new Date(monday).toISOString().slice(0, 10)
}

let [hour, hourText] = [Number.NaN, '']

/** As in 2026-05-01T17. Asked with every call, and mostly the same as before. */
function hourOf(at: Date): string {
  const now = Math.floor(at.getTime() / 3_600_000)
  if (now !== hour) [hour, hourText] = [now, at.toISOString().slice(0, 13)]
  return hourText
}

/** When the next period begins; undefined where there is none. */
export function nextPeriod(period: BudgetPeriod, at: Date): Date | undefined {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  switch (period) {
    case 'hour':
      return new Date(Date.UTC(year, month, day, at.getUTCHours() + 1))
    case 'day':
      return new Date(Date.UTC(year, month, day + 1))
    case 'week':
      return new Date(Date.UTC(year, month, day + 7 - ((at.getUTCDay() + 6) % 7)))
    case 'month':
      return new Date(Date.UTC(year, month + 1))
    case 'total':
      return undefined
  }
}

/** The pool that a budget's money of one period is taken from. */
export function budgetPool({ id, period }: Pick<Budget, 'id' | 'period'>, at: Date): string {
  return `${id}/${periodStart(period, at)}`
}
