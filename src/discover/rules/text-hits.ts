// Rules whose places were found in the text itself, when the file was read.
import { isTest } from '../classify.ts'
import type { Evidence } from '../find/evidence.ts'
import type { Hit } from './define.ts'

export function* textHits({ project }: Evidence, rule: string, least: number): Generator<Hit> {
  for (const { file, hits = [] } of project.files) {
    for (const one of hits) {
      if (one.rule !== rule || one.confidence < least) continue
      const { line, subject, confidence, severity } = one
      yield {
        file,
        line,
        subject,
        confidence: isTest(file) ? confidence / 2 : confidence,
        severity: isTest(file) ? 'low' : severity,
      }
    }
  }
}
