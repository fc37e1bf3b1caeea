// What budgets need of a store.
import type { Budget } from '../../model/budget.ts'
import type { Page, PageQuery } from '../../model/page.ts'

export interface BudgetStore {
  insert(budget: Budget): Promise<void>
  byId(id: string): Promise<Budget | undefined>
  setLimit(id: string, limit: number): Promise<void>
  close(id: string, at: string): Promise<boolean>
  list(query: PageQuery & { isOpen?: boolean | undefined }): Promise<Page<Budget>>
}
