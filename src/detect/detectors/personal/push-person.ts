// How the name of a person is told.
import type { Match } from '../../define.ts'

export function pushPerson(found: Match[], start: number, end: number, confidence: number): void {
  found.push({
    kind: 'person',
    start,
    end,
    confidence,
    severity: 'low',
    note: 'Name of a person',
    redaction: '[person]',
  })
}
