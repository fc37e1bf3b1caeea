// The gates of a source, held against all that lies in it: every signature that is found is verified and covers the files
// that it lists, a list of hashes covers those that it names, a pinned commit of git covers the whole tree.
// Invariant: a file counts as vouched for only where its own bytes were held against what somebody trusted said of them.
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { GateWord } from '../../../model/artefact.ts'
import type { ScanGates } from '../../../model/scan.ts'
import { Failure } from '../../../lib/failure.ts'
import { type Difference, differences } from './compare.ts'
import { addFinding, DIFFERENCE_WORDS, type GateFindings } from './gate.ts'
import type { Manifest } from './manifest.ts'
import { checkHashes, readHashes, revisionOf } from './pins.ts'
import { readKey, readSignedModel, type SignatureFile, type Trust } from './signed-model.ts'

export interface SourceChecked {
  /** Files that somebody vouches for, by their names below the folder. */
  vouched: Map<string, GateWord>
  /** Files that are not what somebody vouched for. */
  refuted: Set<string>
  findings: GateFindings
}

const SIGNATURE = /\.(?:sig|sigstore|sigstore\.json)$/
/** Called so by the standard: it must be one, whatever it holds. */
const NAMED_SO = /(?:^|\/)model\.sig$/
const MOST_SIGNATURES = 1000
/** Of one, and of all together. */
const MOST_BYTES = 16 * 1024 * 1024
const MOST_BYTES_OF_ALL = 128 * 1024 * 1024
/** Of one signature or list; more are counted. */
const MOST_DIFFERENCES = 500

/** `commit`: what git fetched, where git did. */
export async function checkSource(folder: string, gates: ScanGates, commit?: string): Promise<SourceChecked> {
  const checked: SourceChecked = { vouched: new Map(), refuted: new Set(), findings: new Map() }
  if (gates.revision !== undefined) checkRevision(folder, gates.revision, commit, checked)
  if (gates.hashes !== undefined) checkListed(folder, gates.hashes, checked)
  const trusted = await trustOf(gates)
  if (trusted.length > 0) checkSignatures(folder, trusted, checked)
  for (const file of checked.refuted) checked.vouched.delete(file)
  return checked
}

export async function trustOf({ keys = [], certificates, sigstore }: ScanGates): Promise<Trust[]> {
  const trusted: Trust[] = keys.map((pem) => ({ kind: 'key', pem }))
  if (certificates !== undefined) trusted.push({ kind: 'certificates', pem: certificates })
  if (sigstore !== undefined) {
    const { sigstoreVerifier } = await import('./sigstore.ts')
    const { trustedRoot, identity, issuer } = sigstore
    trusted.push({ kind: 'sigstore', identity, verify: sigstoreVerifier(trustedRoot, { identity, issuer }) })
  }
  for (const one of trusted) if (one.kind === 'key') readKey(one.pem)
  return trusted
}

/** Only git holds the bytes against the commit; of a folder its notes are all there is, so they can only speak against it. */
function checkRevision(
  folder: string,
  pinned: string,
  commit: string | undefined,
  { vouched, findings }: SourceChecked,
): void {
  const at = commit ?? revisionOf(folder)
  if (at?.toLowerCase() !== pinned.toLowerCase())
    addFinding(findings, '.', 'revision-differs', at === undefined ? 'its revision is not known' : `it is at ${at}`)
  else if (commit !== undefined)
    for (const { file } of filesIn(folder)) vouched.set(file, { says: 'pinned', by: commit })
}

function checkListed(folder: string, text: string, checked: SourceChecked): void {
  const list = { file: 'the list of hashes', text }
  const named = new Set(Object.keys(readHashes(list)).map((name) => name.replace(/^\.\//, '')))
  // A list names the files that matter to whoever wrote it; all others are simply not in it.
  const differing = checkHashes(folder, list).map((one) => within(folder, one))
  const wrong = differing.filter(({ file, what }) => what !== 'extra' && named.has(file))
  for (const file of named) checked.vouched.set(file, { says: 'listed' })
  tell(checked, wrong, '.')
}

interface Signed {
  signature: string
  manifest: Manifest
  signer: string
}

function checkSignatures(folder: string, trusted: readonly Trust[], checked: SourceChecked): void {
  const found = signaturesIn(folder, checked.findings)
  const beside = found.map(({ file }) => join(folder, file))
  const signed = found.flatMap((one): Signed[] => {
    const by = signedBy(one, trusted)
    if (typeof by !== 'string') return [{ signature: one.file, ...by }]
    addFinding(checked.findings, one.file, 'signature-invalid', by)
    return []
  })
  for (const { signature, manifest, signer } of signed) {
    const { target, differing } = coveredBy(folder, signature, manifest, beside)
    for (const { name } of manifest.resources) {
      const plain = manifest.method === 'shards' ? name.replace(/:\d+:\d+$/, '') : name
      checked.vouched.set(nameOf(folder, plain === '.' ? target : join(target, plain)), { says: 'signed', by: signer })
    }
    tell(checked, differing, signature)
  }
}

/** Who signed it, or why it does not hold. */
function signedBy(one: SignatureFile, trusted: readonly Trust[]): Pick<Signed, 'manifest' | 'signer'> | string {
  let why = ''
  for (const trust of trusted)
    try {
      return readSignedModel(one, trust)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      why = error.message
    }
  return trusted.length === 1 ? why : `${one.file} was signed by none of those who are trusted`
}

/** The folder that it lies in, or what lies beside it under its name: the place that has most of what was signed. */
function coveredBy(
  folder: string,
  signature: string,
  manifest: Manifest,
  beside: readonly string[],
): { target: string; differing: Difference[] } {
  const path = join(folder, signature)
  const stem = path.replace(SIGNATURE, '')
  const isOne = manifest.resources.every(({ name }) => /^\.(?::\d+:\d+)?$/.test(name))
  const places = [dirname(path), stem].filter((place) => {
    const stat = lstatSync(place, { throwIfNoEntry: false })
    return isOne ? place === stem && stat?.isFile() === true : stat?.isDirectory() === true
  })
  const tried = places.map((target) => ({
    target,
    differing: differences(target, manifest, beside).map((one) => within(folder, one)),
  }))
  const [best] = tried.toSorted((a, b) => a.differing.length - b.differing.length)
  return best ?? { target: stem, differing: [{ file: nameOf(folder, stem), what: 'missing' }] }
}

function tell({ refuted, findings }: SourceChecked, differing: readonly Difference[], from: string): void {
  for (const { file } of differing) refuted.add(file)
  for (const { file, what } of differing.slice(0, MOST_DIFFERENCES))
    addFinding(findings, file, 'not-as-signed', DIFFERENCE_WORDS[what])
  const more = differing.length - MOST_DIFFERENCES
  if (more > 0) addFinding(findings, from, 'not-as-signed', `${more} more files are not what it lists`)
}

function signaturesIn(folder: string, findings: GateFindings): SignatureFile[] {
  const found: SignatureFile[] = []
  let room = MOST_BYTES_OF_ALL
  for (const { file, size } of filesIn(folder)) {
    if (!SIGNATURE.test(file)) continue
    if (found.length >= MOST_SIGNATURES || size > Math.min(MOST_BYTES, room)) {
      addFinding(findings, file, 'not-read', 'there are too many signatures, or it is too large for one')
      continue
    }
    room -= size
    const text = textOf(join(folder, file))
    if (text !== undefined && (NAMED_SO.test(file) || text.includes('"dsseEnvelope"'))) found.push({ file, text })
    else if (text === undefined) addFinding(findings, file, 'not-read', 'it cannot be read')
  }
  return found
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Plain files only, by names with slashes. What git keeps for itself is none of the source. */
function* filesIn(folder: string): Generator<{ file: string; size: number }> {
  const folders = [folder]
  for (let at = folders.pop(); at !== undefined; at = folders.pop())
    for (const entry of listOf(at)) {
      const path = join(at, entry.name)
      if (entry.isDirectory()) {
        if (entry.name !== '.git') folders.push(path)
      } else if (entry.isFile())
        yield { file: nameOf(folder, path), size: lstatSync(path, { throwIfNoEntry: false })?.size ?? 0 }
    }
}

/** A folder that cannot be listed is said to be so by the scan itself. */
function listOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

const within = (folder: string, { file, what }: Difference): Difference => ({ file: nameOf(folder, file), what })

const nameOf = (folder: string, path: string) => relative(folder, path).split(sep).join('/') || '.'
