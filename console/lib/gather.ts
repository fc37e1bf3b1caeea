// All pages of a list, for an export: bounded, and honest about it.
import type { ExportRow } from './export.ts'

const MOST_EXPORTED = 10_000
const AT_ONCE = 200

interface PageOf<T> {
  items: readonly T[]
  next?: string | undefined
}

export async function gather<T, Row extends ExportRow>(
  fetchPage: (asked: { limit: number; cursor: string | undefined }) => Promise<PageOf<T>>,
  toRow: (item: T) => Row,
): Promise<{ rows: Row[]; cut: boolean }> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await fetchPage({ limit: AT_ONCE, cursor })
    rows.push(...items.map(toRow))
    cursor = next
  } while (cursor !== undefined && rows.length < MOST_EXPORTED)
  return { rows: rows.slice(0, MOST_EXPORTED), cut: cursor !== undefined }
}
