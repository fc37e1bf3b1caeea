// A report as one HTML file that prints well and needs nothing beside it: no script, no font, no request. Everything
// in it comes from outside and is escaped; the policy in its head forbids what escaping might have missed.
import type { Status } from '../../model/status.ts'
import type { Cell, ReportPage, ReportSection, ReportTable } from './report-page.ts'
import { STYLE } from './style.ts'

const STATUS_WORDS: Record<Status, string> = {
  proven: 'Proven',
  partial: 'Partial',
  stale: 'Stale',
  failing: 'Failing',
  missing: 'Missing',
  'not-needed': 'Not needed',
}

/** Shapes differ, so that a status survives a monochrome printer. */
const STATUS_SHAPES: Record<Status, string> = {
  proven: '✔',
  partial: '◐',
  stale: '◷',
  failing: '✖',
  missing: '○',
  'not-needed': '–',
}

/** A page of any kind; a report is one that proves itself. */
export interface HtmlPage {
  kind: string
  title: string
  summary: string
  /** Label and value: when, of what, by what. */
  stamp: readonly (readonly [string, string])[]
  sections: readonly ReportSection[]
  footer: string
}

export function toHtml(report: ReportPage): string {
  const { kind, title, summary, sections } = report
  return pageToHtml({ kind, title, summary, sections, stamp: stampOf(report), footer: footerOf(report) })
}

export function pageToHtml({ kind, title, summary, stamp, sections, footer }: HtmlPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="kind">${escape(kind.replaceAll('-', ' '))}</p>
<h1>${escape(title)}</h1>
<p class="summary">${escape(summary)}</p>
<dl class="stamp">${stamp.map(([label, value]) => `<div><dt>${label}</dt><dd>${escape(value)}</dd></div>`).join('')}</dl>
</header>
<main>
${sections.map(toSection).join('\n')}
</main>
<footer><p>${escape(footer)}</p></footer>
</body>
</html>
`
}

function stampOf(page: ReportPage): HtmlPage['stamp'] {
  return [
    ['As of', page.asOf],
    ['Made', page.madeAt],
    ['Catalogue', page.catalogVersion],
    [
      'Proofs',
      page.uncited > 0 ? `${page.cited.length} of ${page.cited.length + page.uncited}` : `${page.cited.length}`,
    ],
  ]
}

function footerOf({ cited, uncited }: ReportPage): string {
  const rest = uncited > 0 ? ` ${uncited} more are in the log and not in this file.` : ''
  return (
    `This file proves itself: with the verifier key of the log, "parapet verify" or verify.mjs shows that no word of it was changed ` +
    `and that the ${cited.length} entries it rests on are in the log.${rest}`
  )
}

function toSection({ title, text = [], facts, table }: ReportSection): string {
  const parts = [
    `<h2>${escape(title)}</h2>`,
    ...text.map((line) => `<p>${escape(line)}</p>`),
    facts ? `<dl class="facts">${facts.map(toFact).join('')}</dl>` : '',
    table ? toTable(table) : '',
  ]
  return `<section>${parts.filter((part) => part !== '').join('\n')}</section>`
}

const toFact = ([label, value]: readonly [string, Cell]) =>
  `<div><dt>${escape(label)}</dt><dd>${toCell(value)}</dd></div>`

function toTable({ columns, rows, empty }: ReportTable): string {
  if (rows.length === 0) return `<p class="quiet">${escape(empty)}</p>`
  const head = columns.map((column) => `<th scope="col">${escape(column)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${toCell(cell)}</td>`).join('')}</tr>`).join('\n')
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`
}

function toCell(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'string') return escape(cell)
  if ('about' in cell) return `${escape(cell.text)}<br><span class="quiet">${escape(cell.about)}</span>`
  const { status, text = STATUS_WORDS[status] } = cell
  return `<span class="status ${status}"><span aria-hidden="true">${STATUS_SHAPES[status]}</span> ${escape(text)}</span>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

// Characters that turn the reading direction would let a name change how its neighbours read.
function escape(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
}
