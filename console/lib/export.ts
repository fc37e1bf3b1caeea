// Hands what a table shows to a spreadsheet or a script. A cell that a spreadsheet would run as a formula gets a leading
// apostrophe: names in it may come from anyone.

export type Cell = string | number | boolean | null | undefined
export type ExportRow = Readonly<Record<string, Cell>>

const RUNS_AS_FORMULA = /^[\s]*[=+\-@\t\r|%]/

export function toCsv(rows: readonly ExportRow[]): string {
  const heads = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [heads.map(toCell).join(','), ...rows.map((row) => heads.map((head) => toCell(row[head])).join(','))]
  return `${lines.join('\r\n')}\r\n`
}

function toCell(value: Cell): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = String(value)
  const safe = RUNS_AS_FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function download(name: string, mediaType: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: `${mediaType};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
