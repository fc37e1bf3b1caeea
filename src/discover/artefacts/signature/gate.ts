// The gates in front of a model, as findings: who signed it, which hashes it must have, which revision it must be.
import { readFileSync, statSync } from 'node:fs'
import type { ArtefactFileReport, ArtefactFinding } from '../../../model/artefact.ts'
import { Failure } from '../../../lib/failure.ts'
import { TECHNIQUES, type TechniqueId } from '../techniques.ts'
import type { Difference } from './compare.ts'
import { checkHashes, revisionOf } from './pins.ts'
import { checkSignedModel, type Trust } from './signed-model.ts'

export interface Gates {
  signature?: string | undefined
  key?: string | undefined
  certificates?: string | undefined
  trustedRoot?: string | undefined
  identity?: string | undefined
  issuer?: string | undefined
  hashes?: string | undefined
  revision?: string | undefined
}

const MOST_BYTES = 64 * 1024 * 1024
export const DIFFERENCE_WORDS: Readonly<Record<Difference['what'], string>> = {
  changed: 'its bytes are others than those that were signed',
  missing: 'it was signed, and is not there',
  extra: 'it was not signed',
  link: 'it is a link, which the signature does not cover',
  unreadable: 'it cannot be read, so nobody knows whether it is what was signed',
}

export type GateFindings = Map<string, ArtefactFinding[]>

export function addFinding(found: GateFindings, file: string, technique: TechniqueId, why: string): void {
  const { verdict, severity, effect, remedy } = TECHNIQUES[technique]
  const finding: ArtefactFinding = { technique, verdict, severity, effect, why, remedy, place: '' }
  found.set(file, [...(found.get(file) ?? []), finding])
}

/** What a gate finds makes a file suspicious, never less than it was. */
export function withFindings<T extends ArtefactFileReport>(report: T, findings: readonly ArtefactFinding[]): T {
  if (findings.length === 0) return report
  const verdict = report.verdict === 'malicious' ? 'malicious' : 'suspicious'
  return { ...report, verdict, findings: [...report.findings, ...findings] }
}

/** Of a file that only a gate knows: it is gone, or no model. */
export const gateReport = (file: string): ArtefactFileReport => ({
  file,
  format: 'unknown',
  verdict: 'benign',
  findings: [],
  members: [],
  leftOut: { members: 0, findings: 0 },
})

/** Findings by file. */
export async function checkGates(path: string, gates: Gates): Promise<GateFindings> {
  const found: GateFindings = new Map()
  const add = (file: string, technique: TechniqueId, why: string) => addFinding(found, file, technique, why)
  const addAll = (differences: readonly Difference[]) => {
    for (const { file, what } of differences) add(file, 'not-as-signed', DIFFERENCE_WORDS[what])
  }
  if (gates.signature !== undefined) {
    const trust = await trustOf(gates)
    const text = readText(gates.signature)
    try {
      addAll(checkSignedModel(path, { file: gates.signature, text }, trust))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      add(gates.signature, 'signature-invalid', error.message)
    }
  } else if (gates.key ?? gates.certificates ?? gates.trustedRoot)
    throw new Failure('input_invalid', 'there is no signature to verify', { hint: 'name it with --signature' })
  if (gates.hashes !== undefined) addAll(checkHashes(path, { file: gates.hashes, text: readText(gates.hashes) }))
  if (gates.revision !== undefined) {
    const revision = revisionOf(path)
    if (revision?.toLowerCase() !== gates.revision.toLowerCase())
      add(
        path,
        'revision-differs',
        revision === undefined ? 'its revision is not known' : `it is at ${revision.slice(0, 64)}`,
      )
  }
  return found
}

async function trustOf({ key, certificates, trustedRoot, identity, issuer }: Gates): Promise<Trust> {
  if ([key, certificates, trustedRoot].filter((given) => given !== undefined).length !== 1)
    throw new Failure('input_invalid', 'say whom you trust, in one way', {
      hint: 'one of --key, --certificates and --trusted-root',
    })
  if (key !== undefined) return { kind: 'key', pem: readText(key) }
  if (certificates !== undefined) return { kind: 'certificates', pem: readText(certificates) }
  if (identity === undefined || issuer === undefined)
    throw new Failure('input_invalid', 'a sigstore signature needs the identity that you trust', {
      hint: 'give --identity and --issuer',
    })
  const { sigstoreVerifier } = await import('./sigstore.ts')
  return { kind: 'sigstore', identity, verify: sigstoreVerifier(readText(trustedRoot ?? ''), { identity, issuer }) }
}

function readText(file: string): string {
  try {
    if (statSync(file).size <= MOST_BYTES) return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Failure('not_found', `${file} cannot be read`, { cause })
  }
  throw new Failure('too_large', `${file} has more than ${MOST_BYTES} bytes`)
}
