// What a person reads of a status: why it is so and, unless it is proven, what would change it.
import type { Measure } from '../../catalog/catalog.ts'
import type { EvidenceSource } from '../../model/evidence.ts'
import type { Coverage, Status } from '../../model/status.ts'
import { WHOLE } from './last-words.ts'
import type { Part } from './parts.ts'

const NAMED_IN_WORDS = 3

const KIND_WORDS: Record<EvidenceSource, string> = {
  decision: 'decision of the gateway',
  scan: 'scan',
  'attack-result': 'test by attack',
  drill: 'drill',
  attestation: 'attestation',
  assurance: 'assurance of the supplier',
}

/** Of the things that have names: how many are proven or attested now, and which are not. */
export function coverageOf(parts: readonly Part[], mostNamed: number): Coverage | undefined {
  const named = parts.filter(({ name }) => name !== WHOLE)
  if (named.length === 0) return undefined
  const open = named.filter(({ outcome }) => outcome !== 'proven' && outcome !== 'weak')
  const kinds = new Set(named.map(({ of }) => of))
  const [only = 'part'] = kinds
  return {
    covered: named.length - open.length,
    of: named.length,
    what: kinds.size === 1 ? only : 'part',
    uncovered: open.slice(0, mostNamed).map(({ name }) => name),
  }
}

export function reasonFor(
  status: Status,
  parts: readonly Part[],
  coverage: Coverage | undefined,
  measure: Measure,
  strong: readonly EvidenceSource[],
): string {
  if (status === 'failing') return failingReason(parts)
  const count = countWords(coverage)
  if (status === 'proven') return `${count ? `${count} proven` : 'Proven'} by ${by(parts)}.`
  const wanted = `a ${orList(strong.map((kind) => KIND_WORDS[kind]))}`
  if (status === 'missing') return `No proof has arrived. It takes ${wanted} that shows: ${measure.evidence}.`
  if (status === 'stale') return `Was proven, but ${overWords(parts)}. It takes ${wanted} made since.`
  const gaps = [
    namesOf(parts, 'uncovered', 'not covered'),
    namesOf(parts, 'stale', 'no longer proven'),
    parts.some(({ outcome }) => outcome === 'weak')
      ? `${by(parts, 'weak')} alone is not enough: it takes ${wanted}`
      : '',
  ].filter((text) => text !== '')
  return `${count ? `${count} ` : 'Partly '}proven: ${gaps.join('; ')}.`
}

function failingReason(parts: readonly Part[]): string {
  const failed = parts.filter(({ outcome }) => outcome === 'failing')
  const proof = failed[0]?.proof
  if (!proof) throw new Error('a status is failing without a proof against it')
  const where = failed.some(({ name }) => name !== WHOLE) ? `${quoted(failed)} failed` : 'It does not hold'
  const note = proof.note === undefined ? '' : ` ("${proof.note}")`
  return `${where}: ${KIND_WORDS[proof.kind]} by ${proof.collector}, ${proof.observedTo}${note}. Mend it and prove it again.`
}

function countWords(coverage: Coverage | undefined): string {
  if (!coverage) return ''
  return `${coverage.covered} of ${coverage.of} ${coverage.what}${coverage.of === 1 ? '' : 's'}`
}

function by(parts: readonly Part[], outcome: Part['outcome'] = 'proven'): string {
  const proofs = parts.flatMap((part) => (part.outcome === outcome && part.proof ? [part.proof] : []))
  const [first] = proofs
  if (!first) return 'nothing'
  const others = new Set(proofs.map(({ collector }) => collector)).size - 1
  return `${KIND_WORDS[first.kind]} of ${first.observedTo}, ${first.collector}${others > 0 ? ` and ${others} more` : ''}`
}

function overWords(parts: readonly Part[]): string {
  const over = parts.find(({ outcome }) => outcome === 'stale')?.freshness?.over ?? 'it counts no more'
  const names = parts.filter(({ name, outcome }) => name !== WHOLE && outcome === 'stale')
  return names.length > 0 ? `for ${quoted(names)} ${over}` : over
}

function namesOf(parts: readonly Part[], outcome: Part['outcome'], words: string): string {
  const some = parts.filter((part) => part.outcome === outcome)
  if (some.length === 0) return ''
  return `${some.every(({ name }) => name === WHOLE) ? 'the whole' : quoted(some)} ${some.length === 1 ? 'is' : 'are'} ${words}`
}

function quoted(parts: readonly Part[]): string {
  const shown = parts.slice(0, NAMED_IN_WORDS).map(({ name }) => `\`${name || 'the whole'}\``)
  const more = parts.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

const orList = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`
