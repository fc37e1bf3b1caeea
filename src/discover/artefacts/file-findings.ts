// What a model file would do, as a finding beside those of sources.
import type { ArtefactFileReport, ArtefactVerdict } from '../../model/artefact.ts'
import type { SourceFinding } from '../../model/discovered.ts'

export type FileFinding = SourceFinding & { verdict: ArtefactVerdict }

export function fileFindings({ file, verdict, findings }: ArtefactFileReport): FileFinding[] {
  if (verdict === 'benign') return []
  return findings
    .filter((one) => one.verdict !== 'benign')
    .map((one) => ({
      verdict: one.verdict,
      rule: one.technique,
      title: one.effect,
      severity: one.severity,
      confidence: one.verdict === 'malicious' ? 0.95 : 0.7,
      place: { file, line: 1 },
      subject: [one.why, one.place].filter(Boolean).join(' in ').slice(0, 300),
      threats: ['supply-chain-model-poisoning'],
      controls: ['supply-chain-manage', 'runtime-model-integrity'],
      remedy: one.remedy,
    }))
}
