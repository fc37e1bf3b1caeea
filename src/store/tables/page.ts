// Pages by key: the cursor is the key of the last row shown, so a page costs the same wherever it is.
import { Failure } from '../../lib/failure.ts'
import { MOST_ROWS, type Page, type PageQuery } from '../../model/page.ts'

const MOST_CURSOR = 200

/** How many rows to read: one more than the page has, which tells whether another page follows. */
export function rowsToRead({ limit }: PageQuery): number {
  if (!Number.isInteger(limit) || limit < 1)
    throw new Failure('input_invalid', 'limit: expected a whole number from 1', {
      hint: `at most ${MOST_ROWS} rows a page`,
    })
  return Math.min(limit, MOST_ROWS) + 1
}

export function cursorText({ cursor }: PageQuery): string | undefined {
  if (cursor === undefined) return undefined
  if (cursor.length > 0 && cursor.length <= MOST_CURSOR) return cursor
  throw badCursor()
}

export function cursorNumber({ cursor }: PageQuery): number | undefined {
  if (cursor === undefined) return undefined
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw badCursor()
}

export function toPage<Row, T>(
  rows: readonly Row[],
  read: number,
  key: (row: Row) => string,
  to: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, read - 1)
  const last = shown.at(-1)
  const next = rows.length === read && last !== undefined ? key(last) : undefined
  return { items: shown.map(to), next }
}

const badCursor = () =>
  new Failure('input_invalid', 'cursor: not one that this list gave', { hint: 'start again without a cursor' })
