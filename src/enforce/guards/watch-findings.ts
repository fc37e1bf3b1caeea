// A guard's watch over one text, made of the detection engine's scan: which findings count, and what they are replaced by.
import type { Engine } from '../../detect/engine.ts'
import { Failure } from '../../lib/failure.ts'
import type { Finding } from '../../model/finding.ts'
import type { TextKind, Watch } from '../guard.ts'

export interface Wants {
  counts(finding: Finding): boolean
  /** What to put in its place; undefined where it must stop the whole. */
  replace(finding: Finding): string | undefined
}

export function watchFindings(engine: Engine, { origin }: TextKind, { counts, replace }: Wants): Watch {
  const scanner = engine.open({ role: origin })
  const told = ({ findings, safe }: { findings: readonly Finding[]; safe: number }) => {
    if (scanner.truncated.length > 0) throw new Failure('too_large', 'more was found than can be taken out')
    const counted = findings.filter(counts)
    const cuts = counted.flatMap((finding) => {
      const put = replace(finding)
      return put === undefined ? [] : [{ start: finding.start, end: finding.end, put }]
    })
    return { safe, findings: counted, cuts: cuts.length === counted.length ? cuts : [] }
  }
  return { push: (text) => told(scanner.push(text)), end: () => told(scanner.end()) }
}
