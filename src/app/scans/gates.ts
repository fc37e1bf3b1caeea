// The gates of a source as people set them: read when they are set, so that none that cannot hold anything is ever kept, and
// named in the log and on screens by what they are, not by their bytes.
import { createHash, X509Certificate } from 'node:crypto'
import { readHashes } from '../../discover/artefacts/signature/pins.ts'
import { keyName, readKey } from '../../discover/artefacts/signature/signed-model.ts'
import { trustOf } from '../../discover/artefacts/signature/source-gates.ts'
import type { JsonObject } from '../../lib/canonical-json.ts'
import { Failure } from '../../lib/failure.ts'
import type { ScanGates } from '../../model/scan.ts'

/** Null takes a gate away; what is not said stays. */
export type GatesChange = { [G in keyof ScanGates]?: ScanGates[G] | null | undefined }

/** Undefined where none is left. */
export function changedGates(before: ScanGates | undefined, change: GatesChange | null): ScanGates | undefined {
  if (change === null) return undefined
  const said = Object.entries(change).filter(([, value]) => value !== undefined)
  const after = { ...before, ...Object.fromEntries(said) }
  const left = Object.entries(after).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  )
  return left.length === 0 ? undefined : (Object.fromEntries(left) as ScanGates)
}

export async function checkGatesStated(gates: ScanGates): Promise<void> {
  const { keys = [], certificates, hashes, revision } = gates
  for (const [i, pem] of keys.entries()) await held(`gates.keys[${i}]`, () => readKey(pem))
  if (certificates !== undefined) await held('gates.certificates', () => certificatesIn(certificates))
  if (gates.sigstore !== undefined) await held('gates.sigstore', () => trustOf({ sigstore: gates.sigstore }))
  if (hashes !== undefined) await held('gates.hashes', () => namesIn(hashes))
  if (revision !== undefined && !/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(revision))
    throw refused('gates.revision', 'not a whole commit: a branch or a tag may move')
}

async function held(field: string, read: () => unknown): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (error instanceof Failure) throw refused(field, error.message)
    throw refused(field, 'it cannot be read')
  }
}

function certificatesIn(pem: string): X509Certificate[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
  if (found.length === 0) throw new Failure('input_invalid', 'there is no certificate in it')
  return found.map((one) => new X509Certificate(one))
}

function namesIn(text: string): string[] {
  const names = Object.keys(readHashes({ file: 'the list', text }))
  if (names.length === 0) throw new Failure('input_invalid', 'it lists nothing')
  return names
}

export interface GatesShown {
  keys: string[]
  certificates: string[]
  sigstore?: { identity: string; issuer: string }
  /** How many files the list names. */
  hashes?: number
  revision?: string
}

export function shownGates({ keys = [], certificates, sigstore, hashes, revision }: ScanGates): GatesShown {
  return {
    keys: keys.map((pem) => keyName(readKey(pem))),
    certificates:
      certificates === undefined
        ? []
        : certificatesIn(certificates).map(({ subject }) => subject.replaceAll('\n', ', ')),
    ...(sigstore === undefined ? {} : { sigstore: { identity: sigstore.identity, issuer: sigstore.issuer } }),
    ...(hashes === undefined ? {} : { hashes: namesIn(hashes).length }),
    ...(revision === undefined ? {} : { revision }),
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** For the log: which bytes were trusted since when, without the bytes. */
export function namedGates(gates: ScanGates | undefined): JsonObject | null {
  if (gates === undefined) return null
  const named = Object.entries(gates).map(([name, value]): [string, string] => [name, sha256(JSON.stringify(value))])
  return Object.fromEntries(named)
}

const refused = (field: string, why: string) =>
  new Failure('input_invalid', `${field}: ${why}`, { issues: [{ path: field, message: why }] })
