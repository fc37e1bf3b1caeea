// Rows in columns that fit the terminal. Columns that leave no room for themselves are left out, and it is said.
import { cell, label } from './cell.ts'
import { columns, fit, pad, type Paint } from './text.ts'

type Row = Readonly<Record<string, unknown>>

export interface Layout {
  columns: readonly { key: string; width: number }[]
  leftOut: number
}

const GAP = 2
const LEAST = 6
const MOST = 60

/** Decided on the first page and kept, so that the pages of one list stand below each other. */
export function layout(rows: readonly Row[], width: number): Layout {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const wanted = keys.map((key) => {
    const widest = Math.max(columns(label(key)), ...rows.map((row) => columns(cell(row[key]))))
    return { key, width: Number.isFinite(width) ? Math.min(widest, MOST) : widest }
  })
  const kept = [...wanted]
  const total = () => kept.reduce((sum, column) => sum + column.width + GAP, -GAP)
  while (kept.length > 1 && total() > width) {
    const widest = kept.reduce((a, b) => (b.width > a.width ? b : a))
    const spare = total() - width
    if (widest.width - spare >= Math.max(LEAST * 2, widest.width / 2)) widest.width -= spare
    else kept.pop()
  }
  const only = kept[0]
  if (kept.length === 1 && only) only.width = Math.min(only.width, width)
  return { columns: kept, leftOut: wanted.length - kept.length }
}

export function header({ columns }: Layout, ink: Paint): string {
  return `${columns
    .map(({ key, width }) => ink.bold(pad(fit(label(key), width), width)))
    .join(' '.repeat(GAP))
    .trimEnd()}\n`
}

export function body(rows: readonly Row[], { columns }: Layout): string {
  return rows
    .map((row) => columns.map(({ key, width }) => pad(fit(cell(row[key]), width), width)).join(' '.repeat(GAP)))
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}
