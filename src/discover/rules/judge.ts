// All rules over all that was found. What somebody answers for is marked, not left out, and comes back when its day is over.
import type { SourceFinding } from '../../model/discovered.ts'
import { SEVERITIES } from '../../model/finding.ts'
import type { Evidence } from '../find/evidence.ts'
import { RULES } from './index.ts'
import { suppressionsOf } from './suppress.ts'

const MOST_OF_A_RULE = 500

export async function findingsOf(evidence: Evidence, now: Date): Promise<SourceFinding[]> {
  const suppressed = suppressionsOf(evidence, now)
  const found: SourceFinding[] = []
  for (const rule of RULES) {
    const seen = new Set<string>()
    for await (const { file, line, subject, severity, confidence } of rule.check(evidence)) {
      const key = `${file}:${line}:${subject}`
      if (seen.has(key)) continue
      seen.add(key)
      if (seen.size > MOST_OF_A_RULE) break
      const answer = suppressed(rule.id, file, line)
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
