// Everything about one system, for somebody who was not there: what it is, what threatens it and why, what counters that,
// and the proofs.
import type { Catalog } from '../../catalog/catalog.ts'
import type { SystemPosture } from '../../derive/system-posture.ts'
import type { Applicability } from '../../model/applicability.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { ReportSection } from '../../prove/reports/report-page.ts'
import { controlRows, controlsSummary } from './control-rows.ts'
import { day, evidenceOf, plural, type ReportSource, restingOn, type Written } from './report-source.ts'
import { RISK_COLUMNS, riskRows } from './risk-rows.ts'

const MOST_PROOFS = 500

export function dossier(source: ReportSource, id: string): Written {
  const { view } = source
  const { catalog } = view
  const posture = view.system(id)
  const { system, analysis } = posture
  const evidence = restingOn(evidenceOf(view, posture.id), posture.measures.values())
  const above = analysis.aboveAppetite.length
  return {
    title: `System dossier: ${system.name}`,
    summary: `${controlsSummary(posture)} ${above === 0 ? 'No risk is above the appetite.' : `${plural(above, 'risk')} above the appetite, counting only what is proven.`}`,
    subject: { kind: 'asset', id },
    evidence,
    sections: [
      aboutSystem(posture),
      {
        title: 'Risks',
        text: ['Designed: if every chosen measure works. Proven: counting only what evidence shows today.'],
        table: {
          name: 'risks',
          columns: RISK_COLUMNS,
          rows: riskRows(source, view.standing(id)),
          empty: 'No threat applies.',
        },
      },
      {
        title: 'Controls',
        table: {
          name: 'controls',
          columns: ['Control', 'Status', 'Covered', 'Valid until', 'Whose', 'Why'],
          rows: controlRows(catalog, posture),
          empty: 'No control is needed.',
        },
      },
      threatsAndWhy(catalog, analysis.threats),
      facts(catalog, posture),
      proofs(catalog, evidence),
    ],
  }
}

function aboutSystem({ system, components }: SystemPosture): ReportSection {
  const { owners } = system
  const none = 'not named'
  return {
    title: 'The system',
    ...(system.description === undefined ? {} : { text: [system.description] }),
    facts: [
      ['Id', system.id],
      ['Version', system.version ?? 'not stated'],
      ['Environment', system.environment ?? 'not stated'],
      ['Exposure', system.exposure ?? 'not stated'],
      ['Data class', system.dataClass ?? 'not stated'],
      ['Deployment', system.deploymentModel ?? 'not stated'],
      ['Business owner', owners.business ?? none],
      ['Data owner', owners.data ?? none],
      ['Risk owner', owners.risk ?? none],
    ],
    table: {
      name: 'parts',
      columns: ['Part', 'Kind', 'Version', 'Data class'],
      rows: components.map((part) => [
        { text: part.name, about: part.id },
        part.kind,
        part.version ?? '',
        part.dataClass ?? '',
      ]),
      empty: 'It is linked to no other asset.',
    },
  }
}

function threatsAndWhy(catalog: Catalog, threats: readonly Applicability[]): ReportSection {
  return {
    title: 'Threats, and why or why not',
    table: {
      name: 'threats',
      columns: ['Threat', 'Applies', 'Because', 'Facts read'],
      rows: threats.map(({ threat, verdict, trace }) => [
        { text: catalog.threatsById.get(threat)?.name ?? threat, about: threat },
        verdict === 'does-not-apply' ? 'no' : verdict === 'applies' ? 'yes' : 'unknown, so it counts',
        trace[0]?.text ?? '',
        (trace[0]?.facts ?? []).map(({ key, value, origin }) => `${key}: ${shown(value)} (${origin})`).join('; '),
      ]),
      empty: 'The catalogue has no threats.',
    },
  }
}

function facts(catalog: Catalog, { analysis }: SystemPosture): ReportSection {
  return {
    title: 'What is known',
    table: {
      name: 'facts',
      columns: ['Question', 'Answer', 'From'],
      rows: analysis.facts.map(({ key, value, origin }) => [
        { text: catalog.factsById.get(key)?.question ?? key, about: key },
        shown(value),
        origin,
      ]),
      empty: 'Nothing is known.',
    },
  }
}

function proofs(catalog: Catalog, evidence: readonly Evidence[]): ReportSection {
  const left = evidence.length - MOST_PROOFS
  return {
    title: 'Proofs',
    ...(left > 0 ? { text: [`The newest ${MOST_PROOFS} of ${evidence.length}; the rest is in the log.`] } : {}),
    table: {
      name: 'proofs',
      columns: ['Measure', 'Asset', 'Kind', 'Says', 'Speaks of', 'By', 'Log entry'],
      rows: evidence
        .slice(0, MOST_PROOFS)
        .map((proof) => [
          { text: catalog.measuresById.get(proof.measure)?.what ?? proof.measure, about: proof.measure },
          proof.asset,
          proof.kind,
          proof.supports ? 'holds' : `does not hold${proof.note === undefined ? '' : `: ${proof.note}`}`,
          day(proof.observedTo),
          proof.collector,
          proof.entry,
        ]),
      empty: 'There is no evidence.',
    },
  }
}

function shown(value: boolean | string | readonly string[] | undefined): string {
  if (value === undefined) return 'not known'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : value.length === 0 ? 'none' : value.join(', ')
}
