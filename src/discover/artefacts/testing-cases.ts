// Runs a table of model files against the verdicts that they must get.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ArtefactVerdict } from '../../model/artefact.ts'
import { scan } from './testing.ts'

export interface Case {
  /** Of the table of known ways around scanners. */
  row: number
  what: string
  file: string
  content: Uint8Array
  verdict?: ArtefactVerdict
  technique?: string
  beside?: Record<string, string | Uint8Array>
}

export function judgeAll(cases: readonly Case[]): void {
  for (const { row, what, file, content, verdict = 'malicious', technique, beside } of cases) {
    test(`bypass ${row}: ${file}, which ${what}, is ${verdict}`, async () => {
      const report = await scan(file, content, beside)
      const seen = JSON.stringify([report.format, report.findings])
      assert.equal(report.verdict, verdict, seen)
      if (technique)
        assert(
          report.findings.some((finding) => finding.technique === technique),
          seen,
        )
    })
  }
}
