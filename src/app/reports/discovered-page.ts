// What a scan found, for people: what is in use and where, what is wrong, and what was not looked at. It proves nothing
// by itself and says so.
import { counted } from '../../lib/counted.ts'
import { DISCOVERED_KINDS, type Discovered, type DiscoveredItem, type DiscoveredKind } from '../../model/discovered.ts'
import { SEVERITIES } from '../../model/finding.ts'
import type { ReportSection } from '../../prove/reports/report-page.ts'
import type { HtmlPage } from '../../prove/reports/to-html.ts'

const TITLES: Record<DiscoveredKind, string> = {
  providers: 'Providers',
  sdks: 'Libraries',
  frameworks: 'Frameworks',
  models: 'Models',
  vectorStores: 'Vector stores',
  agents: 'Agents',
  tools: 'Tools',
  mcpServers: 'MCP servers',
  datasets: 'Datasets',
  prompts: 'Prompts',
  serving: 'Model servers',
  cloudAi: 'Cloud services',
  notebooks: 'Notebooks',
  agentInstructions: 'Instructions for agents',
  credentials: 'Credentials',
  endpoints: 'Endpoints',
}
const PLACES = 3

export function discoveredPage(found: Discovered, name: string, madeAt: string, version: string): HtmlPage {
  const { findings, notScanned, roots, scanned } = found
  const open = findings.filter(({ suppressed }) => suppressed === undefined)
  const serious = open.filter(({ severity }) => severity === 'critical' || severity === 'high').length
  const items = DISCOVERED_KINDS.reduce((sum, kind) => sum + found[kind].length, 0)
  const commit = roots.flatMap((root) => root.commit ?? [])[0]
  return {
    kind: 'discovery',
    title: `What AI is in ${name}`,
    summary:
      `${counted(items, 'part')} found in ${counted(scanned.files, 'file')}; ${counted(open.length, 'finding')}, ${serious} of them high or critical.` +
      (notScanned.length > 0 ? ` ${counted(notScanned.length, 'file')} could not be looked at: see the end.` : ''),
    stamp: [
      ['Made', madeAt],
      ...(commit === undefined ? [] : [['Commit', commit.slice(0, 12)] as const]),
      ['Parapet', version],
    ],
    sections: [
      findingsOf(found),
      ...DISCOVERED_KINDS.filter((kind) => found[kind].length > 0).map((kind) => itemsOf(kind, found[kind])),
      notScannedOf(found),
    ],
    footer: 'A scan reads what is written; it runs nothing. What is decided while a program runs may be missing here.',
  }
}

function findingsOf({ findings }: Discovered): ReportSection {
  const worstFirst = findings.toSorted((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity))
  return {
    title: 'Findings',
    table: {
      name: 'findings',
      columns: ['Severity', 'What', 'Where', 'What to do'],
      rows: worstFirst.map(({ severity, title, subject, place, remedy, suppressed }) => [
        suppressed === undefined
          ? severity
          : { text: severity, about: `accepted by ${suppressed.owner} until ${suppressed.until}` },
        { text: title, about: subject },
        `${place.file}:${place.line}`,
        remedy,
      ]),
      empty: 'Nothing that a rule knows is wrong.',
    },
  }
}

function itemsOf(kind: DiscoveredKind, items: readonly DiscoveredItem[]): ReportSection {
  return {
    title: TITLES[kind],
    table: {
      name: kind,
      columns: ['Name', 'Where', 'Confidence'],
      rows: items.map(({ name, evidence, confidence, stance }) => [
        stance === 'implicit' ? { text: name, about: 'by default of a library' } : name,
        wheresOf(evidence),
        confidence.toFixed(2),
      ]),
      empty: '',
    },
  }
}

function wheresOf(evidence: DiscoveredItem['evidence']): string {
  const shown = evidence.slice(0, PLACES).map(({ file, line }) => `${file}:${line}`)
  return evidence.length > PLACES ? `${shown.join(', ')} and ${evidence.length - PLACES} more` : shown.join(', ')
}

function notScannedOf({ notScanned }: Discovered): ReportSection {
  return {
    title: 'Not looked at',
    table: {
      name: 'not-scanned',
      columns: ['File', 'Why'],
      rows: notScanned.map(({ file, reason, detail }) => [file, { text: reason.replaceAll('_', ' '), about: detail }]),
      empty: 'Every file was looked at.',
    },
  }
}
