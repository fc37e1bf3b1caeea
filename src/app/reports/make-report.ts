// Writes a report, records what was written, and only then lets anybody have it.
import { acceptanceNoun, counts } from '../../govern/acceptance.ts'
import { assuranceNoun } from '../../govern/assurance.ts'
import { all } from '../../govern/noun.ts'
import { Failure } from '../../lib/failure.ts'
import type { Actor } from '../../model/actor.ts'
import { type DocumentFile, MOST_CITED, recordDocuments } from '../../prove/document.ts'
import type { ReportKind, ReportPage } from '../../prove/reports/report-page.ts'
import { toFiles } from '../../prove/reports/to-files.ts'
import type { App } from '../app.ts'
import type { View } from '../posture.ts'
import { acceptanceIn } from '../posture/risk-states.ts'
import { controlStatement } from './control-statement.ts'
import { dossier } from './dossier.ts'
import { frameworkStatement } from './framework-statement.ts'
import { findBrowser, printPdf } from './print.ts'
import type { ReportSource, StandingAcceptance, Written } from './report-source.ts'
import { riskRegister } from './risk-register.ts'
import { supplierAssurance } from './supplier-assurance.ts'

export interface ReportOrder {
  kind: ReportKind
  /** One system; all of them otherwise. A dossier is always of one. */
  system?: string | undefined
  framework?: string | undefined
  /** A past moment. */
  at?: string | undefined
}

export interface MadeReport {
  entry: number
  title: string
  summary: string
  files: { name: string; mediaType: string; bytes: number }[]
  /** Why there is no PDF. */
  notPrinted?: string
}

const MOST_SYSTEMS = 2000

export async function makeReport(app: App, actor: Actor, order: ReportOrder): Promise<MadeReport> {
  const view = await app.posture.view(order.at)
  const written = await write(await sourceOf(app, view, order.at), order)
  const page = toPage(written, order.kind, view, app.now())
  const files = toFiles(page, fileName(order, view.at))
  const printed = await print(app, files)
  const all = printed.file ? [...files, printed.file] : files
  const entry = await recordDocuments(app.store, {
    report: order.kind,
    title: page.title,
    subject: written.subject,
    actor: { kind: actor.kind, id: actor.id },
    data: { asOf: page.asOf, catalog: page.catalogVersion },
    files: all,
    cited: page.cited,
  })
  return {
    entry,
    title: page.title,
    summary: page.summary,
    files: all.map(({ name, mediaType, bytes }) => ({ name, mediaType, bytes: bytes.length })),
    ...(printed.why === undefined ? {} : { notPrinted: printed.why }),
  }
}

async function write(source: ReportSource, { kind, system, framework }: ReportOrder): Promise<Written> {
  const all = system === undefined ? (await source.view.standings()).map(({ id }) => id) : [system]
  if (all.length > MOST_SYSTEMS)
    throw new Failure('too_large', `a report is of ${MOST_SYSTEMS} systems at most`, { hint: 'name one system' })
  switch (kind) {
    case 'dossier':
      if (system === undefined) throw missing('system', 'a dossier is of one system')
      return dossier(source, system)
    case 'risk-register':
      return riskRegister(source, all)
    case 'control-statement':
      return controlStatement(source, all)
    case 'supplier-assurance':
      return supplierAssurance(source, all)
    case 'framework-statement':
      if (framework === undefined) throw missing('framework', 'a framework statement is of one framework')
      return frameworkStatement(source, framework, all)
  }
}

const missing = (path: string, message: string) =>
  new Failure('input_invalid', `${path}: ${message}`, { hint: `name it with --${path}`, issues: [{ path, message }] })

async function sourceOf({ govern }: App, view: View, at: string | undefined): Promise<ReportSource> {
  const { decisions } = govern.store.read
  const acceptances = await all(acceptanceNoun, decisions, {}, at)
  return {
    view,
    acceptances: acceptances.map((kept): StandingAcceptance => {
      const standing = acceptanceIn(view, kept)
      const inForceUntil = counts(standing) ? kept.value.until : undefined
      return Object.assign({}, kept, { state: standing.state, inForceUntil })
    }),
    assurances: await all(assuranceNoun, decisions, {}, at),
  }
}

function toPage({ title, summary, sections, evidence }: Written, kind: ReportKind, view: View, now: Date): ReportPage {
  const entries = [...new Set(evidence.map(({ entry }) => entry))].toSorted((a, b) => b - a)
  return {
    kind,
    title,
    summary,
    sections,
    asOf: view.at,
    madeAt: now.toISOString(),
    catalogVersion: view.catalog.name,
    cited: entries.slice(0, MOST_CITED),
    uncited: Math.max(0, entries.length - MOST_CITED),
  }
}

const fileName = ({ kind, system, framework }: ReportOrder, at: string) =>
  [kind, system ?? framework, at.slice(0, 10)].filter((part) => part !== undefined).join('-')

async function print({ config }: App, files: readonly DocumentFile[]): Promise<{ file?: DocumentFile; why?: string }> {
  const html = files.find(({ mediaType }) => mediaType === 'text/html')
  const browser = findBrowser(config.browser)
  if (html === undefined || browser === undefined)
    return { why: 'there is no Chromium on this machine; print the HTML instead' }
  try {
    const bytes = await printPdf(browser, html.bytes)
    return { file: { name: html.name.replace(/html$/, 'pdf'), mediaType: 'application/pdf', bytes } }
  } catch {
    return { why: `${browser} could not print it; print the HTML instead` }
  }
}
