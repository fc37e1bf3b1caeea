// CSV for spreadsheets (RFC 4180). A cell that a spreadsheet would run as a formula gets a leading apostrophe: text in
// it may come from anyone.

export type CsvCell = string | number | boolean | undefined

const RUNS_AS_FORMULA = /^\s*[=+\-@|%]|^[\t\r]/

export function toCsv(heads: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  return [heads, ...rows].map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('')
}

function toCell(value: CsvCell): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const safe = RUNS_AS_FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
