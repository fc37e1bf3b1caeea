// A line of CSV for spreadsheets (RFC 4180). A cell that a spreadsheet would run as a formula gets a leading apostrophe:
// text in it may come from anyone.

export type Cell = string | number | boolean | undefined

const RUNS_AS_FORMULA = /^\s*[=+\-@|%]|^[\t\r]/

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(toText).join(',')}\r\n`
}

function toText(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell !== 'string') return String(cell)
  const safe = RUNS_AS_FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
