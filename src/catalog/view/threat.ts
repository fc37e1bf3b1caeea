// A threat, a control, a measure or a fact with the names of everything that it touches: one page's worth, so that a
// reader never follows bare ids.
import type { Catalog, Control, Fact, Measure, Threat } from '../catalog.ts'
import { factsOf } from '../expression.ts'
import { formerNames, lifeOf } from '../history.ts'
import { controlRef, factRef, type Reference, threatRef } from '../noun.ts'
import { incidentsOf, obligationsOf, practicesOf, testsOf } from './mention.ts'
import { mapsOf } from './framework.ts'

type Side = 'threats' | 'controls'

export function threatRow(threat: Threat) {
  const { id, name, kind, parent, summary, category, attackSurface, lifecycle, attackerGoal } = threat
  const { impactCodes, agentic, rag, section } = threat
  return {
    id,
    name,
    kind,
    parent,
    summary,
    category,
    attackSurface,
    lifecycle,
    attackerGoal,
    impactCodes,
    agentic,
    rag,
    section,
    controlCount: threat.controls.length,
  }
}

export function threatDetail(catalog: Catalog, threat: Threat) {
  const mentions = mentionsOf(catalog, 'threats', threat.id)
  return {
    ...threatRow(threat),
    ...mentions,
    slug: threat.slug,
    permalink: threat.permalink,
    note: threat.note,
    since: lifeOf(catalog, 'threat', threat.id)?.since ?? catalog.version,
    aliases: [...threat.aliases],
    formerNames: namesBefore(catalog, threat),
    ancestors: ancestorsOf(catalog, threat),
    children: catalog.threats.filter((other) => other.parent === threat.id).map((child) => threatRow(child)),
    assets: threat.assets.map((id) => ({ id, name: catalog.assetsById.get(id)?.name ?? id })),
    impact: threat.impact.map(({ asset, property }) => ({
      asset: { id: asset, name: catalog.assetsById.get(asset)?.name ?? asset },
      property,
    })),
    appliesWhen: threat.appliesWhen,
    appliesWhenText: threat.appliesWhenText,
    factsRead: threat.appliesWhen ? factsOf(threat.appliesWhen).map((id) => factRef(catalog, id)) : [],
    treatmentQuestion: threat.treatmentQuestion,
    controls: threat.controls.flatMap((id) => {
      const control = catalog.controlsById.get(id)
      return control ? [{ ...controlRow(control), isKey: threat.keyControls.includes(id) }] : []
    }),
    supplierControls: threat.supplierControls.map((id) => controlRef(catalog, id)),
    alwaysOn: catalog.controls.filter((control) => control.threats === 'all').map(({ id }) => controlRef(catalog, id)),
    questions: catalog.decisionTree
      .filter(({ answers }) => answers.some((answer) => answer.candidates.includes(threat.id)))
      .map(({ id, order, question }) => ({ id, order, question })),
    responsibility: responsibilityOf(catalog, threat.id),
    matrix: catalog.matrix.filter((row) => row.threat === threat.id),
    periodicTable: catalog.periodicTable.filter((row) => row.threat === threat.id),
    frameworks: mapsOf(catalog, threat.id, threat.maps),
    incidents: incidentsOf(catalog, threat.id),
    queryBudget: catalog.testing.attackQueryBudgets.find((one) => one.threat === threat.id)?.queries ?? null,
  }
}

export function controlRow(control: Control) {
  const { id, name, code, group, type, purpose, enforceableBy, isoCoverage, agentic, section } = control
  return {
    id,
    name,
    code,
    group,
    type,
    purpose,
    enforceableBy,
    isoCoverage,
    agentic,
    section,
    lifecycle: typeof control.lifecycle === 'string' ? [control.lifecycle] : [...control.lifecycle],
    appliesToAllThreats: control.appliesToAllThreats,
    /** A control for all threats has no number of its own. */
    threatCount: control.threats === 'all' ? null : control.threats.length,
    measureCount: control.measures.length,
  }
}

export function controlDetail(catalog: Catalog, control: Control) {
  const named = control.threats === 'all' ? (control.explicitThreats ?? []) : control.threats
  const group = catalog.controlGroups.find((one) => one.id === control.group)
  return {
    ...controlRow(control),
    ...mentionsOf(catalog, 'controls', control.id),
    tag: control.tag,
    slug: control.slug,
    permalink: control.permalink,
    since: lifeOf(catalog, 'control', control.id)?.since ?? catalog.version,
    groupName: group?.name ?? control.group,
    evidence: control.evidence,
    alsoEnforceableBy: [...control.alsoEnforceableBy],
    tradeOff: control.tradeOff,
    measures: control.measures.map((measure) => measureRow({ ...measure, control: control.id })),
    threats: named.flatMap((id) => {
      const threat = catalog.threatsById.get(id)
      return threat ? [{ ...threatRow(threat), isKey: threat.keyControls.includes(control.id) }] : []
    }),
    formerNames: control.aliases.map(({ code, status, note }) => ({ name: code, status, note })),
    essentials: catalog.essentials.flatMap(({ name, sub }) =>
      sub.filter((part) => part.controls.includes(control.id)).map((part) => ({ group: name, name: part.name })),
    ),
    frameworks: mapsOf(catalog, control.id, control.maps),
  }
}

export function measureRow(measure: Measure) {
  const { id, what, evidence, enforceableBy, evidenceKind, freshness, control } = measure
  return { id, what, evidence, enforceableBy, evidenceKind, freshness, control }
}

export function measureDetail(catalog: Catalog, measure: Measure) {
  const control = catalog.controlsById.get(measure.control)
  return {
    ...measureRow(measure),
    since: lifeOf(catalog, 'measure', measure.id)?.since ?? catalog.version,
    controlName: control?.name ?? measure.control,
    controlPurpose: control?.purpose ?? '',
    siblings: catalog.measures
      .filter((other) => other.control === measure.control && other.id !== measure.id)
      .map((other) => measureRow(other)),
    threats: (control && control.threats !== 'all' ? control.threats : []).map((id) => threatRef(catalog, id)),
    appliesToAllThreats: control?.appliesToAllThreats ?? false,
  }
}

export function factRow(catalog: Catalog, fact: Fact) {
  const { id, question, type, values, topic, usuallyFrom } = fact
  return {
    id,
    question,
    type,
    values,
    topic,
    usuallyFrom,
    since: lifeOf(catalog, 'fact', id)?.since ?? catalog.version,
    readBy: catalog.threats
      .filter((threat) => threat.appliesWhen && factsOf(threat.appliesWhen).includes(id))
      .map((threat) => threatRef(catalog, threat.id)),
    impliedBy: [
      ...new Set(
        catalog.implications.filter(({ then }) => Object.hasOwn(then, id)).flatMap(({ when }) => factsOf(when)),
      ),
    ].map((from) => factRef(catalog, from)),
  }
}

function ancestorsOf(catalog: Catalog, threat: Threat): Reference[] {
  const above: Reference[] = []
  let parent = threat.parent
  while (parent !== null && above.length < 9) {
    above.unshift(threatRef(catalog, parent))
    parent = catalog.threatsById.get(parent)?.parent ?? null
  }
  return above
}

function namesBefore(catalog: Catalog, threat: Threat): string[] {
  const earlier = threat.seed001Name === null || threat.seed001Name === threat.name ? [] : [threat.seed001Name]
  return [...new Set([...earlier, ...formerNames(catalog, 'threat', threat.id)])]
}

function responsibilityOf(catalog: Catalog, threat: string) {
  const row = catalog.responsibilityOf.get(threat)
  return catalog.deploymentModels.flatMap(({ id, name }) => {
    const who = row?.by[id]
    return who ? [{ deploymentModel: id, name, who }] : []
  })
}

function mentionsOf(catalog: Catalog, side: Side, id: string) {
  return {
    obligations: obligationsOf(catalog, side, id),
    practices: practicesOf(catalog, side, id),
    tests: testsOf(catalog, side, id),
  }
}
