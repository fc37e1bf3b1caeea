// All rules over all that was found. What somebody answers for is marked, not left out, and comes back when its day is over.
import type { SourceFinding } from '../../model/discovered.ts'
import { SEVERITIES } from '../../model/finding.ts'
import { isTest } from '../classify.ts'
import type { Evidence } from '../find/evidence.ts'
import type { Hit, Rule } from './define.ts'
import { RULES } from './index.ts'
import { type Suppressions, suppressionsOf } from './suppress.ts'

const MOST_OF_A_RULE = 500
const IDS = new Set(RULES.map(({ id }) => id))

export async function findingsOf(evidence: Evidence, now: Date): Promise<SourceFinding[]> {
  const suppressions = suppressionsOf(evidence, now, IDS)
  const hits = await hitsOf(RULES, evidence, suppressions)
  const found: SourceFinding[] = []
  for (const [rule, list] of hits) {
    for (const { file, line, subject, severity, confidence } of list) {
      const answer = suppressions.of(rule.id, file, line)
      found.push({
        rule: rule.id,
        title: rule.title,
        severity: severity ?? rule.severity,
        confidence: Math.min(confidence ?? rule.confidence, 1),
        place: { file, line },
        subject,
        threats: rule.threats,
        controls: rule.controls,
        remedy: rule.remedy,
        ...(answer && { suppressed: answer }),
      })
    }
  }
  return found.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      (a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : a.place.line - b.place.line),
  )
}

/** Unit by unit, so that what it takes to look at one is let go with it. */
export async function hitsOf(
  rules: readonly Rule[],
  evidence: Evidence,
  suppressions: Suppressions,
): Promise<ReadonlyMap<Rule, readonly Hit[]>> {
  const found = new Map(rules.map((rule) => [rule, [] as Hit[]]))
  const known = new Set<string>()
  const take = (rule: Rule, hit: Hit) => {
    const list = found.get(rule)
    const key = `${rule.id}:${hit.file}:${hit.line}:${hit.subject}`
    if (!list || list.length >= MOST_OF_A_RULE || known.has(key)) return
    known.add(key)
    list.push(hit)
  }
  for (const unit of evidence.project.units) {
    if (isTest(unit.file)) continue
    const ai = evidence.usesAi(unit)
    for (const rule of rules)
      if (ai || (rule.everywhere && unit.loose))
        for (const hit of rule.checkUnit?.(unit, evidence) ?? []) take(rule, hit)
  }
  for (const rule of rules) for await (const hit of rule.check?.(evidence, { suppressions }) ?? []) take(rule, hit)
  return found
}
