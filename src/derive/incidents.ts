// What has happened elsewhere: MITRE's case studies that used a technique of the threat, or else of its parent.
import type { Catalog, Threat } from '../catalog/catalog.ts'
import type { Grade } from './risk-context.ts'
import { levelOf, RISK_METHOD } from './risk-method.ts'

const known = new WeakMap<Catalog, Map<string, Grade>>()

export function incidentsOf(catalog: Catalog, threat: Threat): Grade {
  const grades = known.get(catalog) ?? new Map<string, Grade>()
  known.set(catalog, grades)
  const grade = grades.get(threat.id) ?? gradeOf(casesOf(catalog, threat))
  grades.set(threat.id, grade)
  return grade
}

function gradeOf(cases: number): Grade {
  const steps = RISK_METHOD.incidentSteps.filter((step) => cases >= step).length
  return { level: levelOf(1 + steps), because: cases === 1 ? '1 known case' : `${cases} known cases` }
}

function casesOf(catalog: Catalog, { maps, parent }: Threat): number {
  const atlas = catalog.frameworksById.get('atlas')
  const techniques = maps['atlas'] ?? catalog.threatsById.get(parent ?? '')?.maps['atlas'] ?? []
  return (atlas?.caseStudies ?? []).filter((study) => study.techniques.some((one) => techniques.includes(one))).length
}
