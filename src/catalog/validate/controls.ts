// Laws of controls.json: every control can be proven, addresses something, and every name leads to a current one.
import { atLeast, defineCheck, known, unique } from './check.ts'

const FILE = 'controls.json'

export const controlChecks = [
  defineCheck('control-ids', FILE, ({ catalog }, report) => unique(report, 'controls', catalog.controls)),

  defineCheck('control-terms', FILE, ({ catalog, files }, report) => {
    const { enums } = files.get(FILE) as { enums: Record<string, readonly string[]> }
    for (const { id, group, type, isoCoverage, enforceableBy, alsoEnforceableBy } of catalog.controls) {
      for (const [key, value] of Object.entries({ group, type, isoCoverage, enforceableBy })) {
        if (!enums[key]?.includes(value)) report(`controls[${id}].${key}`, `"${value}" is not in enums.${key}`)
      }
      for (const other of alsoEnforceableBy) {
        if (!enums['enforceableBy']?.includes(other)) report(`controls[${id}].alsoEnforceableBy`, `unknown "${other}"`)
      }
    }
  }),

  defineCheck('control-complete', FILE, ({ catalog }, report) => {
    for (const control of catalog.controls) {
      const path = `controls[${control.id}]`
      atLeast(report, `${path}.purpose`, control.purpose, 21)
      atLeast(report, `${path}.evidence`, control.evidence, 21)
      if (control.measures.length === 0) report(`${path}.measures`, 'empty: it could never be proven')
    }
  }),

  defineCheck('control-scope', FILE, ({ catalog }, report) => {
    for (const { id, threats, appliesToAllThreats } of catalog.controls) {
      if ((threats === 'all') !== appliesToAllThreats) {
        report(`controls[${id}].appliesToAllThreats`, 'says otherwise than threats')
      }
      if (threats.length === 0) report(`controls[${id}].threats`, 'empty: it addresses no threat')
    }
  }),

  defineCheck('measures', FILE, ({ catalog, files }, report) => {
    const { enums } = files.get(FILE) as { enums: Record<string, readonly string[]> }
    unique(report, 'measures', catalog.measures)
    for (const { id, control, enforceableBy, evidenceKind } of catalog.measures) {
      const path = `controls[${control}].measures[${id}]`
      if (!id.startsWith(`${control}.`)) report(`${path}.id`, `does not begin with "${control}."`)
      for (const [key, value] of Object.entries({ enforceableBy, evidenceKind })) {
        if (!enums[key]?.includes(value)) report(`${path}.${key}`, `"${value}" is not in enums.${key}`)
      }
    }
  }),

  defineCheck('control-threats', FILE, ({ catalog }, report) => {
    const { threats } = known(catalog, report)
    for (const control of catalog.controls) {
      const path = `controls[${control.id}].threats`
      const named = control.threats === 'all' ? (control.explicitThreats ?? []) : control.threats
      threats(path, named)
      for (const id of named) {
        const threat = catalog.threatsById.get(id)
        if (threat && !threat.controls.includes(control.id)) report(path, `"${id}" has no way back`)
      }
    }
  }),

  defineCheck('control-maps', FILE, ({ catalog }, report) => {
    for (const { id, maps } of catalog.controls) {
      for (const [framework, items] of Object.entries(maps)) {
        const path = `controls[${id}].maps.${framework}`
        if (!catalog.frameworksById.has(framework)) report(path, 'unknown framework')
        for (const item of items) {
          const back = catalog.itemsByFramework.get(framework)?.get(item)?.controls.includes(id)
          if (!back) report(path, `"${item}" has no way back`)
        }
      }
    }
  }),

  defineCheck('retired-names', FILE, ({ catalog }, report) => {
    const { controls } = known(catalog, report)
    for (const { code, replacedBy } of catalog.retiredNames) {
      controls(`retiredNames[${code}].replacedBy`, replacedBy)
      const indexed = Object.hasOwn(catalog.aliasIndex, code) ? catalog.aliasIndex[code] : undefined
      if (indexed?.join() !== replacedBy.join()) report(`aliasIndex.${code}`, 'leads elsewhere than the retired name')
    }
  }),

  defineCheck('alias-index', FILE, ({ catalog }, report) => {
    const { controls } = known(catalog, report)
    for (const [code, ids] of Object.entries(catalog.aliasIndex)) controls(`aliasIndex.${code}`, ids)
    for (const { id, code } of catalog.controls) {
      const indexed = Object.hasOwn(catalog.aliasIndex, code) ? catalog.aliasIndex[code] : undefined
      if (indexed?.join() !== id) report(`aliasIndex.${code}`, `does not lead to ${id}`)
    }
  }),

  defineCheck('control-groups', FILE, ({ catalog }, report) => {
    const { controls } = known(catalog, report)
    for (const { id, members } of catalog.controlGroups) {
      if (typeof members !== 'string') controls(`groups[${id}].members`, members)
    }
  }),
]
