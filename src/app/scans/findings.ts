// Findings of a scan as they are followed over time. A finding is the same one as long as rule, file and subject are, also
// when its line moves; the second of the same kind in a file is a finding of its own.
import { createHash } from 'node:crypto'
import { fileFindings } from '../../discover/artefacts/file-findings.ts'
import type { SourceFinding } from '../../model/discovered.ts'
import type { ScanFinding } from '../../model/discovery.ts'
import type { ScanResult, ScanSource } from '../../model/scan.ts'

interface Known {
  source: ScanSource
  scan: string
  at: string
  before: ReadonlyMap<string, ScanFinding>
}

type Said = SourceFinding & Pick<ScanFinding, 'about' | 'verdict'>

const MOST_OF_A_SCAN = 10_000

export function findingsOf({ discovered, modelFiles }: ScanResult, known: Known): ScanFinding[] {
  const said: Said[] = [
    ...discovered.findings.map((one) => ({ ...one, about: 'source' as const })),
    ...modelFiles.flatMap(fileFindings).map((one) => Object.assign(one, { about: 'model-file' as const })),
  ]
  const times = new Map<string, number>()
  return said.slice(0, MOST_OF_A_SCAN).map((one) => {
    const key = [one.rule, one.place.file, one.subject].join('\n')
    const time = (times.get(key) ?? 0) + 1
    times.set(key, time)
    return followed(findingId(known.source.id, key, time), one, known)
  })
}

function followed(id: string, { suppressed, ...said }: Said, { source, scan, at, before }: Known): ScanFinding {
  const was = before.get(id)
  const own = was?.suppression?.by === undefined ? undefined : was.suppression
  const suppression = suppressed === undefined ? own : { ...suppressed, until: endOf(suppressed.until) }
  const state = suppression === undefined ? 'open' : 'suppressed'
  const isSame = was?.state === state && was.severity === said.severity
  return {
    ...said,
    id,
    source: source.id,
    ...(source.system === undefined ? {} : { system: source.system }),
    state,
    ...(suppression === undefined ? {} : { suppression }),
    firstSeen: was?.firstSeen ?? at,
    lastSeen: at,
    lastScan: scan,
    revision: was === undefined ? 1 : was.revision + (isSame ? 0 : 1),
  }
}

/** A day counts to its end. */
const endOf = (day: string) => (day.length === 10 ? `${day}T23:59:59.999Z` : day)

const findingId = (source: string, key: string, time: number) =>
  `fnd_${createHash('sha256').update(`${source}\n${key}\n${time}`).digest('hex').slice(0, 24)}`
