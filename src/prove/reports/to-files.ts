// The files of a report: HTML to read, JSON to work with, and one CSV for each table.
import { canonicalJson, type JsonObject } from '../../lib/canonical-json.ts'
import { type Cell as CsvCell, csvLine } from '../../lib/csv.ts'
import type { DocumentFile } from '../document.ts'
import type { Cell, ReportPage } from './report-page.ts'
import { toHtml } from './to-html.ts'

const utf8 = new TextEncoder()

/** Without the PDF, which a browser prints from the HTML. */
export function toFiles(page: ReportPage, name: string): DocumentFile[] {
  const tables = page.sections.flatMap(({ table }) => table ?? [])
  return [
    { name: `${name}.html`, mediaType: 'text/html', bytes: utf8.encode(toHtml(page)) },
    { name: `${name}.json`, mediaType: 'application/json', bytes: utf8.encode(canonicalJson(toJson(page))) },
    ...tables.map((table): DocumentFile => ({
      name: `${name}-${table.name}.csv`,
      mediaType: 'text/csv',
      bytes: utf8.encode(
        [table.columns, ...table.rows.map((row) => row.map(toCsvCell))].map((cells) => csvLine(cells)).join(''),
      ),
    })),
  ]
}

function toCsvCell(cell: Cell): CsvCell {
  if (typeof cell !== 'object') return cell
  return 'status' in cell ? (cell.text ?? cell.status) : `${cell.text} (${cell.about})`
}

function toJson(page: ReportPage): JsonObject {
  return JSON.parse(JSON.stringify(page)) as JsonObject
}
