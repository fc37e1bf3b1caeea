// Hands what a table shows to a spreadsheet or a script. A cell that a spreadsheet would run as a formula gets a leading
// apostrophe: names in it may come from anyone.

/** Values of any kind: in CSV lists are joined by spaces and objects are JSON. */
export type ExportRow = object

const RUNS_AS_FORMULA = /^[\s]*[=+\-@\t\r|%]/

export function toCsv(rows: readonly ExportRow[]): string {
  const heads = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const table = rows.map((row) => new Map(Object.entries(row)))
  const lines = [heads.map(toCell), ...table.map((row) => heads.map((head) => toCell(row.get(head))))]
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
}

function toCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = toText(value)
  const safe = RUNS_AS_FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value
  const isPlainList = Array.isArray(value) && value.every((part) => typeof part === 'string')
  return isPlainList ? value.join(' ') : JSON.stringify(value)
}

export function download(name: string, mediaType: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type: `${mediaType};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
