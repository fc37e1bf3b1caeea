// Laws of the overviews: matrix, privacy, practices, testing, mission. Whatever they name exists.
import type { Obligation } from '../catalog.ts'
import { defineCheck, exactly, known, type Pack, type Report, unique } from './check.ts'

export const overviewChecks = [
  defineCheck('asset-ids', 'assets.json', ({ catalog }, report) => unique(report, 'assets', catalog.assets)),

  defineCheck('matrix', 'matrix.json', ({ catalog }, report) => {
    const { threats, assets } = known(catalog, report)
    for (const [i, row] of catalog.matrix.entries()) {
      threats(`matrix[${i}].threat`, [row.threat])
      assets(`matrix[${i}].asset`, [row.asset])
    }
  }),

  defineCheck('periodic-table', 'matrix.json', ({ catalog }, report) => {
    const { threats, controls } = known(catalog, report)
    for (const [i, row] of catalog.periodicTable.entries()) {
      threats(`periodicTable[${i}].threat`, [row.threat])
      controls(`periodicTable[${i}].controls`, row.controls)
      const threat = catalog.threatsById.get(row.threat)
      for (const id of row.controls) {
        if (threat && !threat.controls.includes(id) && !threat.supplierControls.includes(id)) {
          report(`periodicTable[${i}].controls`, `"${id}" is no control of ${threat.id}`)
        }
      }
    }
  }),

  defineCheck('overview-lists', 'matrix.json', ({ catalog }, report) => {
    const { threats, controls } = known(catalog, report)
    const { riskAreas, essentials, seed001MetaControls, readyMadeModel, gaps } = catalog.overview
    for (const { area, controls: ids } of riskAreas) controls(`riskAreas[${area}]`, ids)
    for (const { id, sub } of essentials)
      for (const part of sub) controls(`essentials[${id}].${part.id}`, part.controls)
    for (const { n, controls: ids } of seed001MetaControls) controls(`seed001MetaControls[${n}]`, ids)
    threats('readyMadeModel.yourThreats', readyMadeModel.yourThreats)
    threats('readyMadeModel.extraWhenSelfHosted', readyMadeModel.extraWhenSelfHosted)
    for (const [key, ids] of Object.entries(gaps)) threats(`gaps.${key}`, ids)
  }),

  defineCheck('privacy', 'privacy.json', (pack, report) => {
    const { threats, controls } = known(pack.catalog, report)
    const { principles, modelAttacksPrinciple, securityProgramme, particularRisks } = pack.catalog.privacy
    for (const { id, obligations } of principles) checkDuties(pack, report, `principles[${id}]`, obligations)
    threats('modelAttacksPrinciple.threats', modelAttacksPrinciple.threats)
    for (const { id, controls: ids } of securityProgramme) controls(`securityProgramme[${id}].controls`, ids)
    for (const risk of particularRisks) {
      threats(`particularRisks[${risk.id}].threats`, risk.threats)
      controls(`particularRisks[${risk.id}].controls`, risk.controls)
    }
  }),

  defineCheck('practices', 'practices.json', (pack, report) => {
    const { threats, controls } = known(pack.catalog, report)
    const { pillars, risks, bestPractices, incidentScenarios, injectionLayers } = pack.catalog.practices
    for (const { id, controls: ids } of pillars) controls(`pillars[${id}].controls`, ids)
    for (const risk of risks) {
      threats(`risks[${risk.id}].threats`, risk.threats)
      controls(`risks[${risk.id}].controls`, risk.controls)
    }
    for (const { id, requirements } of bestPractices) checkDuties(pack, report, `bestPractices[${id}]`, requirements)
    for (const { id, threats: ids } of incidentScenarios) threats(`incidentScenarios[${id}].threats`, ids)
    for (const { id, controls: ids } of injectionLayers) controls(`injectionLayers[${id}].controls`, ids)
  }),

  defineCheck('source-counts', 'practices.json', ({ catalog: { privacy, practices } }, report) => {
    exactly(report, 'privacy.json: principles', privacy.principles.length, 8)
    exactly(report, 'risks', practices.risks.length, 8)
    exactly(report, 'bestPractices', practices.bestPractices.length, 9)
    exactly(report, 'pillars', practices.pillars.length, 5)
    exactly(report, 'incidentScenarios', practices.incidentScenarios.length, 8)
  }),

  defineCheck('testing', 'testing.json', ({ catalog }, report) => {
    const { threats, controls } = known(catalog, report)
    const { agentic, rag, tools, promptInjection, evasion, attackQueryBudgets, strategies } = catalog.testing
    for (const { id, threats: ids } of [...agentic.layers, ...rag.layers, ...tools]) threats(`[${id}].threats`, ids)
    for (const [area, { tests }] of Object.entries({ agentic, rag })) {
      unique(report, `${area}.tests`, tests)
      for (const test of tests) {
        threats(`${area}.tests[${test.id}].threats`, test.threats)
        controls(`${area}.tests[${test.id}].controls`, test.controls)
      }
    }
    for (const { id, controls: ids } of strategies) controls(`strategies[${id}].controls`, ids)
    threats('promptInjection.threats', promptInjection.threats)
    threats('evasion.threats', evasion.threats)
    for (const { threat } of attackQueryBudgets) threats('attackQueryBudgets', [threat])
  }),

  defineCheck('mission', 'mission.json', ({ catalog }, report) => {
    const { threats, controls } = known(catalog, report)
    const modules = new Set(catalog.mission.modules.map(({ id }) => id))
    unique(report, 'rows', catalog.mission.rows)
    for (const { id, module, seed, threats: threatIds, controls: controlIds } of catalog.mission.rows) {
      if (!modules.has(module)) report(`rows[${id}].module`, `unknown module "${module}"`)
      if (!['000', '001', '002', '003', '004'].includes(seed)) report(`rows[${id}].seed`, `unknown source "${seed}"`)
      threats(`rows[${id}].threats`, threatIds)
      controls(`rows[${id}].controls`, controlIds)
    }
  }),
]

function checkDuties(
  { catalog }: Pack,
  report: Report,
  path: string,
  duties: readonly Omit<Obligation, 'kind'>[],
): void {
  const { threats, controls } = known(catalog, report)
  unique(report, path, duties)
  for (const duty of duties) {
    threats(`${path}.${duty.id}.threats`, duty.threats)
    controls(`${path}.${duty.id}.controls`, duty.controls)
  }
}
