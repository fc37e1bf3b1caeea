// What a scan proves of the system that its source is a part of. Some measures are about sources and nothing else: of these a
// scan that read everything and found nothing against them is proof, and one that could not read everything proves less and
// says so. Of all others it can only speak against them: a hole in the sources is a hole, but none seen there is no wall.
// Invariant: nothing that a scan did not look at is ever proven by it.
import type { Catalog } from '../../catalog/catalog.ts'
import { SYSTEM } from '../../model/actor.ts'
import type { Discovery, ScanFinding } from '../../model/discovery.ts'
import type { Population } from '../../model/evidence.ts'
import type { Scan, ScanResult, ScanSource } from '../../model/scan.ts'
import type { NewEvidence } from '../../prove/new-evidence.ts'
import type { Change } from '../../store/store.ts'
import { takeIn } from '../intake.ts'
import { scannedBy } from './facts.ts'
import { VERIFY, verifiedOf } from './verified.ts'

interface ToProve {
  system: string
  source: ScanSource
  scan: Scan
  result: ScanResult
  open: readonly ScanFinding[]
}

interface Saying {
  measure: string
  /** Named things that the measure is about, and those of them that were looked at. */
  names: string[]
  covered: string[]
  failing: string[]
  note: string
}

const MOST_NAMED = 100
const SURE = 0.5
/** What is beyond a scan that only reads. */
const BEYOND = 'what sources do not show'

/** Measures that sources alone can show to hold: the rules whose findings are against them. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  'encode-model-output.code-scan': ['model-output-to-code', 'model-output-to-html', 'model-output-to-sql'],
  'supply-chain-manage.unsafe-format': ['unsafe-loader', 'trust-remote-code'],
}

/** Rule → measures that a finding is against; that there is none proves nothing of them. */
const AGAINST: Readonly<Record<string, readonly string[]>> = {
  'hardcoded-key': ['least-model-privilege.ephemeral'],
  'hidden-instructions': ['dev-security.prompts-and-rewards'],
  'poisoned-instructions': ['dev-security.prompts-and-rewards'],
  'lethal-trifecta': ['least-model-privilege.narrow-on-untrusted'],
  'ci-agent-on-untrusted-input': ['least-model-privilege.narrow-on-untrusted'],
  'unguarded-execution': ['agent-sandboxing.isolation'],
  'model-output-to-code': ['agent-sandboxing.isolation'],
  'untrusted-system-prompt': ['input-segregation.mark'],
  'broad-ai-permissions': ['least-model-privilege.deny-by-default'],
  'public-model-endpoint': ['model-access-control.authorise'],
  'open-mcp-server': ['model-access-control.authorise'],
  'unencrypted-model-call': ['model-input-confidentiality.transport', 'runtime-model-io-integrity.tls'],
  'unpinned-model': ['supply-chain-manage.provenance'],
  'unpinned-image': ['supply-chain-manage.provenance'],
  'unpinned-mcp-server': ['supply-chain-manage.tool-pinning'],
  'shadow-egress': ['model-input-confidentiality.destinations'],
}

export async function proveScan(
  tx: Change,
  intake: { catalog: Catalog; now: () => Date },
  about: ToProve & { proposals: readonly { id: string }[] },
): Promise<void> {
  const collector = scannedBy(about.source)
  const things = (await tx.discoveries.ofSource(about.source.id)).filter(({ goneSince }) => goneSince === undefined)
  const sayings = [...shownBy(about), inventoryOf(about, things), scannedOf(about)]
  const query = { asset: about.system, measure: VERIFY, collector, limit: 1 }
  const verified = verifiedOf(about.source, about.result, (await tx.evidence.list(query)).items[0])
  if (verified !== undefined) sayings.push(verified)
  for (const [measure, places] of against(about.open)) {
    if (sayings.some((one) => one.measure === measure)) continue
    const names = places.slice(0, MOST_NAMED)
    sayings.push({ measure, names, covered: [], failing: names, note: `${places.length} findings speak against it` })
  }
  for (const one of await takenBack(tx, about, collector, new Set(sayings.map(({ measure }) => measure))))
    sayings.push(one)
  const rows = sayings
    .filter(({ measure, names }) => intake.catalog.measuresById.has(measure) && names.length > 0)
    .map((saying) => toEvidence(saying, about, collector))
  if (rows.length > 0) await takeIn(intake, tx, rows, { ...SYSTEM, id: 'scanner' })
}

function toEvidence(saying: Saying, { system, scan }: ToProve, collector: string): NewEvidence {
  const { measure, names, covered, failing, note } = saying
  const end = scan.endedAt ?? scan.createdAt
  const population: Population = { of: 'source', names: [...new Set(names)], covered: [...new Set(covered)] }
  return {
    measure,
    asset: system,
    kind: 'scan',
    supports: failing.length === 0 && covered.length > 0,
    population,
    failing: [...new Set(failing)],
    observedFrom: earlier(scan.startedAt ?? scan.createdAt, end),
    observedTo: end,
    collectedAt: end,
    collector,
    note: `${scan.id}: ${note}`.slice(0, 500),
    ...(scan.result === undefined ? {} : { sha256: scan.result }),
  }
}

const earlier = (a: string, b: string) => (a < b ? a : b)

/** The part of the source that was read, and the part that was not, as two things to cover. */
function parts({ source, result }: ToProve): { names: string[]; covered: string[]; missed: number } {
  const missed = result.discovered.notScanned.length
  const [read, unread] = [`${source.name}: files read`, `${source.name}: files not read`]
  return { names: missed > 0 ? [read, unread] : [read], covered: [read], missed }
}

const unreadNote = (missed: number) => (missed > 0 ? `; ${missed} files were not read` : '')

function shownBy(about: ToProve): Saying[] {
  const { names, covered, missed } = parts(about)
  const harmful = about.result.modelFiles.filter(({ verdict }) => verdict !== 'benign')
  return Object.entries(SHOWN).map(([measure, rules]): Saying => {
    const found = about.open.filter(({ rule, confidence }) => rules.includes(rule) && confidence >= SURE)
    const files = measure === 'supply-chain-manage.unsafe-format' ? harmful.map(({ file }) => file) : []
    const failing = [...new Set([...found.map(placeOf), ...files])].slice(0, MOST_NAMED)
    const note = failing.length === 0 ? 'no finding is against it' : `${failing.length} places are against it`
    // What failed says enough: that the rest was read would only hide it.
    return failing.length > 0
      ? { measure, names: [...names, ...failing], covered: [], failing, note }
      : { measure, names, covered, failing, note: note + unreadNote(missed) }
  })
}

/** A bill of materials matches what is there when nothing of it is unknown to the house. */
function inventoryOf(about: ToProve, things: readonly Discovery[]): Saying {
  const { names, covered, missed } = parts(about)
  const waiting = things.filter(({ state }) => state === 'new').map(({ item }) => item.slice(0, 200))
  const measure = 'supply-chain-manage.aibom'
  if (waiting.length === 0)
    return { measure, names, covered, failing: [], note: `${things.length} things, all known${unreadNote(missed)}` }
  const failing = waiting.slice(0, MOST_NAMED)
  return {
    measure,
    names: [...names, ...failing],
    covered: [],
    failing,
    note: `${waiting.length} things wait for somebody`,
  }
}

/** Weaknesses and secrets are looked for, advisories of packages are not. */
function scannedOf(about: ToProve): Saying {
  const { covered, missed } = parts(about)
  const { name } = about.source
  const looked = [`${name}: weaknesses`, `${name}: secrets`]
  const whole = covered.length > 0 && missed === 0
  return {
    measure: 'sec-dev-program.scan',
    names: [...looked, `${name}: vulnerable packages`],
    covered: whole ? looked : [`${name}: secrets`],
    failing: [],
    note: `${about.result.discovered.scanned.files} files were scanned${unreadNote(missed)}`,
  }
}

function against(open: readonly ScanFinding[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const finding of open) {
    if (finding.confidence < SURE) continue
    for (const measure of AGAINST[finding.rule] ?? [])
      found.set(measure, [...new Set([...(found.get(measure) ?? []), placeOf(finding)])])
  }
  return found
}

const placeOf = ({ place: { file, line } }: ScanFinding) => `${file}:${line}`.slice(-200).toWellFormed()

/**
 * What this source was against, and is not any more. That alone must not prove a measure which nobody else vouches for, so
 * then there is always something left that it does not cover.
 */
async function takenBack(
  tx: Change,
  { system }: ToProve,
  collector: string,
  said: ReadonlySet<string>,
): Promise<Saying[]> {
  const back: Saying[] = []
  for (const measure of new Set(Object.values(AGAINST).flat())) {
    if (said.has(measure)) continue
    const [last] = (await tx.evidence.list({ asset: system, measure, collector, limit: 1 })).items
    if (last === undefined || last.failing.length === 0) continue
    const { items } = await tx.evidence.list({ asset: system, measure, limit: 50 })
    const isAlone = items.every((one) => one.collector === collector)
    const mended = [...last.failing]
    back.push({
      measure,
      names: isAlone ? [...mended, BEYOND] : mended,
      covered: mended,
      failing: [],
      note: 'what was against it is not found any more',
    })
  }
  return back
}
