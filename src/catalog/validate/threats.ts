// Laws of threats.json: the tree stands, every leaf says when it applies and what counters it, every link has a way back.
import { checkExpression } from './expressions.ts'
import { atLeast, defineCheck, known, unique } from './check.ts'

const FILE = 'threats.json'

export const threatChecks = [
  defineCheck('threat-ids', FILE, ({ catalog }, report) => unique(report, 'threats', catalog.threats)),

  defineCheck('threat-parents', FILE, ({ catalog }, report) => {
    for (const threat of catalog.threats) {
      const path = `threats[${threat.id}].parent`
      const seen = new Set([threat.id])
      for (let at = threat.parent; at !== null; at = catalog.threatsById.get(at)?.parent ?? null) {
        if (!catalog.threatsById.has(at)) report(path, `unknown threat "${at}"`)
        if (seen.has(at)) {
          report(path, 'the threat is its own ancestor')
          break
        }
        seen.add(at)
      }
    }
  }),

  defineCheck('threat-terms', FILE, ({ catalog, files }, report) => {
    const { enums } = files.get(FILE) as { enums: Record<string, readonly string[] | Record<string, string>> }
    const has = (key: string, value: string) => {
      const values = enums[key] ?? []
      return Array.isArray(values) ? values.includes(value) : Object.hasOwn(values, value)
    }
    for (const threat of catalog.threats) {
      const { id, kind, category, attackSurface, lifecycle, attackerGoal, impactCodes } = threat
      for (const [key, value] of Object.entries({ kind, category, attackSurface, lifecycle, attackerGoal })) {
        if (value !== null && !has(key, value)) report(`threats[${id}].${key}`, `"${value}" is not in enums.${key}`)
      }
      for (const code of impactCodes) {
        if (!has('impactCodes', code)) report(`threats[${id}].impactCodes`, `"${code}" is not in enums.impactCodes`)
      }
    }
  }),

  defineCheck('threat-assets', FILE, ({ catalog }, report) => {
    const { assets } = known(catalog, report)
    for (const threat of catalog.threats) {
      assets(`threats[${threat.id}].assets`, threat.assets)
      assets(
        `threats[${threat.id}].impact`,
        threat.impact.map(({ asset }) => asset),
      )
    }
  }),

  defineCheck('threat-complete', FILE, ({ catalog }, report) => {
    for (const threat of catalog.threats) {
      if (threat.kind !== 'threat' && threat.kind !== 'variant') continue
      const path = `threats[${threat.id}]`
      if (!threat.appliesWhen) report(`${path}.appliesWhen`, 'missing: nobody can tell whether it applies')
      if (threat.controls.length === 0) report(`${path}.controls`, 'empty: nothing counters it')
      atLeast(report, `${path}.summary`, threat.summary, 21)
    }
  }),

  defineCheck('threat-conditions', FILE, ({ catalog }, report) => {
    for (const { id, appliesWhen } of catalog.threats) {
      if (appliesWhen) checkExpression(catalog, appliesWhen, `threats[${id}].appliesWhen`, report)
    }
  }),

  defineCheck('threat-controls', FILE, ({ catalog }, report) => {
    const { controls } = known(catalog, report)
    for (const threat of catalog.threats) {
      const path = `threats[${threat.id}]`
      controls(`${path}.controls`, threat.controls)
      controls(`${path}.keyControls`, threat.keyControls)
      controls(`${path}.supplierControls`, threat.supplierControls)
      for (const id of threat.keyControls) {
        if (!threat.controls.includes(id)) report(`${path}.keyControls`, `"${id}" is not among the controls`)
      }
      for (const id of threat.controls) {
        const control = catalog.controlsById.get(id)
        const back = control?.threats === 'all' ? control.explicitThreats : control?.threats
        if (control && !back?.includes(threat.id)) report(`${path}.controls`, `"${id}" has no way back`)
      }
    }
  }),

  defineCheck('threat-maps', FILE, ({ catalog }, report) => {
    for (const { id, maps } of catalog.threats) {
      for (const [framework, items] of Object.entries(maps)) {
        const path = `threats[${id}].maps.${framework}`
        if (!catalog.frameworksById.has(framework)) report(path, 'unknown framework')
        for (const item of items) {
          const back = catalog.itemsByFramework.get(framework)?.get(item)?.threats.includes(id)
          if (!back) report(path, `"${item}" has no way back`)
        }
      }
    }
  }),
]
