// Every list is read in pages: a limit, and a cursor that says where to go on.

export const MOST_ROWS = 200

export interface PageQuery {
  limit: number
  cursor?: string | undefined
}

export interface Page<T> {
  items: T[]
  /** Absent on the last page. */
  next?: string | undefined
}
