// The pages that show the catalogue at large: decision tree, who must act, matrix, periodic table, privacy, practices
// and testing, each with the names of what it points at.
import type { Catalog, Obligation, Question, Test } from '../catalog.ts'
import { controlRef, factRef, type Reference, threatRef } from '../noun.ts'

const refs = (catalog: Catalog) => ({
  threats: (ids: readonly string[] | undefined): Reference[] => (ids ?? []).map((id) => threatRef(catalog, id)),
  controls: (ids: readonly string[] | undefined): Reference[] => (ids ?? []).map((id) => controlRef(catalog, id)),
  facts: (ids: readonly string[]): Reference[] => ids.map((id) => factRef(catalog, id)),
})

export function decisionTreeView(catalog: Catalog) {
  const { threats, controls, facts } = refs(catalog)
  const answer = (one: Question['answers'][number]) => ({
    when: one.when,
    candidates: threats(one.candidates),
    ignore: threats(one.ignore),
    raises: threats(one.raises),
    conditional: (one.conditional ?? []).map(({ threat, needs }) => ({ threat: threatRef(catalog, threat), needs })),
    responsible: one.responsible ?? null,
    verify: controls(one.verify === undefined ? [] : [one.verify]),
    note: one.note ?? null,
  })
  return {
    semantics: catalog.riskAnalysis.semantics,
    questions: catalog.decisionTree.map(({ id, order, impact, question, facts: read, answers }) => ({
      id,
      order,
      impact,
      question,
      facts: facts(read),
      answers: answers.map((one) => answer(one)),
    })),
    implications: catalog.implications.map((one) => ({ when: one.when, sets: one.then })),
    earlierRules: catalog.earlierRules.map((rule) => ({
      id: rule.id,
      text: rule.text,
      when: rule.when,
      include: threats(rule.include),
      conditionalInclude: (rule.conditionalInclude ?? []).map(({ threat, when }) => ({
        threat: threatRef(catalog, threat),
        when,
      })),
      ignore: threats(rule.ignore),
      dropControls: rule.dropControls ?? null,
      responsible: rule.responsible ?? null,
    })),
    ruleConflicts: catalog.ruleConflicts,
  }
}

export function responsibilityView(catalog: Catalog) {
  const { values, basis, rows } = catalog.responsibility
  return {
    values,
    basis,
    defaultResponsible: catalog.riskAnalysis.defaultResponsible,
    deploymentModels: catalog.deploymentModels,
    rows: rows.map(({ threat, by }) => ({ threat: threatRef(catalog, threat), by })),
  }
}

export function matrixView(catalog: Catalog) {
  const { threats, controls } = refs(catalog)
  const { note, impactLegend, gaps, riskAreas, readyMadeModel } = catalog.overview
  return {
    note,
    impactLegend,
    rows: catalog.matrix.map(({ threat, asset, aiSpecific, lifecycle, attackSurface, property, harm }) => ({
      threat: threatRef(catalog, threat),
      asset: { id: asset, name: catalog.assetsById.get(asset)?.name ?? asset },
      aiSpecific,
      lifecycle,
      attackSurface,
      property,
      harm,
    })),
    missingThreats: threats(gaps.threatsMissingFromMatrix),
    notInPeriodicTable: threats(gaps.inMatrixNotInPeriodicTable),
    riskAreas: riskAreas.map(({ area, controls: ids }) => ({ area, controls: controls(ids) })),
    readyMadeModel: {
      yourThreats: threats(readyMadeModel.yourThreats),
      extraWhenSelfHosted: threats(readyMadeModel.extraWhenSelfHosted),
      yourControlGroups: readyMadeModel.yourControlGroups,
      supplierControlGroups: readyMadeModel.supplierControlGroups,
    },
  }
}

export function periodicTableView(catalog: Catalog) {
  const { threats, controls } = refs(catalog)
  return {
    rows: catalog.periodicTable.map((row) => ({
      assetImpact: row.assetImpact,
      attackSurface: row.attackSurface,
      threat: threatRef(catalog, row.threat),
      controlGroups: row.controlGroups.map((id) => ({
        id,
        name: catalog.controlGroups.find((group) => group.id === id)?.name ?? id,
      })),
      controls: controls(row.controls),
      conventional: row.conventional,
    })),
    notInMatrix: threats(catalog.overview.gaps.inPeriodicTableNotInMatrix),
    essentials: catalog.essentials.map(({ id, name, sub }) => ({
      id,
      name,
      parts: sub.map((part) => ({ id: part.id, name: part.name, controls: controls(part.controls) })),
    })),
  }
}

export function privacyView(catalog: Catalog) {
  const { threats, controls } = refs(catalog)
  const { principles, modelAttacksPrinciple, particularRisks, securityProgramme } = catalog.privacy
  return {
    principles: principles.map((one) => ({
      id: one.id,
      n: one.n,
      name: one.name,
      summary: one.summary,
      obligations: one.obligations.map((part) => obligationView(catalog, part)),
      metrics: one.metrics ?? [],
      artefacts: one.artefacts ?? [],
      rights: one.rights ?? [],
    })),
    modelAttacks: { name: modelAttacksPrinciple.name, threats: threats(modelAttacksPrinciple.threats) },
    impactAssessmentBlindSpots: catalog.privacy.impactAssessmentBlindSpots,
    securityProgramme: securityProgramme.map(({ id, requirement, controls: ids }) => ({
      id,
      requirement,
      controls: controls(ids),
    })),
    particularRisks: particularRisks.map((risk) => ({
      id: risk.id,
      name: risk.name,
      threats: threats(risk.threats),
      controls: controls(risk.controls),
    })),
    aiActNutshell: catalog.privacy.aiActNutshell,
    rightsDeadlines: catalog.privacy.rightsDeadlines,
  }
}

function obligationView(catalog: Catalog, one: Omit<Obligation, 'kind'> & Partial<Pick<Obligation, 'kind'>>) {
  const { threats, controls } = refs(catalog)
  return {
    id: one.id,
    requirement: one.requirement,
    check: one.check,
    enforceableBy: one.enforceableBy,
    kind: one.kind ?? ('must' as const),
    controls: controls(one.controls),
    threats: threats(one.threats),
  }
}

export function practicesView(catalog: Catalog) {
  const { threats, controls } = refs(catalog)
  const { definitions, pillars, protectedData, risks, bestPractices, aiSpm } = catalog.practices
  return {
    definitions,
    pillars: pillars.map(({ id, name, covers, controls: ids }) => ({ id, name, covers, controls: controls(ids) })),
    protectedData,
    risks: risks.map((risk) => ({
      id: risk.id,
      name: risk.name,
      threats: threats(risk.threats),
      controls: controls(risk.controls),
    })),
    bestPractices: bestPractices.map(({ id, n, name, requirements }) => ({
      id,
      n,
      name,
      requirements: requirements.map((one) => obligationView(catalog, one)),
    })),
    incidentScenarios: catalog.practices.incidentScenarios.map((one) => ({
      id: one.id,
      name: one.name,
      threats: threats(one.threats),
      disableCandidates: one.disableCandidates,
      evidence: one.evidence,
      decide: one.decide,
    })),
    postureManagement: aiSpm,
    injectionLayers: catalog.practices.injectionLayers.map(({ id, name, weakness, controls: ids }) => ({
      id,
      name,
      weakness,
      controls: controls(ids),
    })),
  }
}

export function testingView(catalog: Catalog) {
  const { threats, controls } = refs(catalog)
  const { strategies, generalSteps, promptInjection, evasion, agentic, rag, tools } = catalog.testing
  const layer = (one: { id: string; name: string; threats: readonly string[] }) => ({
    id: one.id,
    name: one.name,
    threats: threats(one.threats),
  })
  const test = (one: Test) => ({
    id: one.id,
    does: one.does,
    controls: controls(one.controls),
    threats: threats(one.threats),
  })
  return {
    strategies: strategies.map(({ id, name, controls: ids }) => ({ id, name, controls: controls(ids) })),
    generalSteps,
    promptInjection: {
      steps: promptInjection.steps,
      rules: promptInjection.rules,
      attackClasses: promptInjection.attackClasses,
      threats: threats(promptInjection.threats),
    },
    evasion: { steps: evasion.steps, aspects: evasion.aspects, threats: threats(evasion.threats) },
    agentic: {
      layers: agentic.layers.map((one) => layer(one)),
      tests: agentic.tests.map((one) => test(one)),
      severityFactors: agentic.severityFactors,
    },
    rag: { layers: rag.layers.map((one) => layer(one)), tests: rag.tests.map((one) => test(one)) },
    positiveTesting: catalog.testing.positiveTesting,
    tools: tools.map((tool) => ({
      id: tool.id,
      name: tool.name,
      kind: tool.kind,
      licence: tool.licence,
      threats: threats(tool.threats),
    })),
    queryBudgets: catalog.testing.attackQueryBudgets.map(({ threat, queries }) => ({
      threat: threatRef(catalog, threat),
      queries,
    })),
  }
}
