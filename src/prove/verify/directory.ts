// Checks an exported log, a folder of tiles: recomputes the tree from the entries alone, and holds every tile and every
// checkpoint in it against that. Reads one bundle of entries at a time.
import { equal, fields, string, type Fields } from './bytes.ts'
import { type Checkpoint, type VerifierKey, isSignedBy, parseCheckpoint, parseVerifierKey, someKeys } from './note.ts'
import { NotValid } from './not-valid.ts'
import { type Trust, type Verdict, inSteps } from './steps.ts'
import { leafHashOf, nodeHashOf, sha256 } from './tree.ts'

const TILE = 256

export interface Directory {
  /** Undefined for a file that is not there. */
  read(path: string): Promise<Uint8Array | undefined>
  /** Every checkpoint that was kept, in any order. */
  checkpoints(): Promise<string[]>
}

interface Recomputed {
  /** Roots at the sizes of the checkpoints. */
  roots: Map<number, Uint8Array>
  keys: string[]
  rotations: number[]
}

export async function verifyDirectory(directory: Directory, trust: Trust): Promise<Verdict> {
  return inSteps(async (step) => {
    const [tree, kept] = await step(
      'format',
      async () => {
        const newest = parseCheckpoint(await textOf(directory, 'checkpoint'))
        const older = [...(await directory.checkpoints()), ...(trust.checkpoints ?? [])].map(parseCheckpoint)
        return [newest, [...older, newest].toSorted((a, b) => a.size - b.size)] as const
      },
      ([read, all]) => `a log of ${read.size} entries and ${all.length} checkpoints`,
    )
    const found = await step(
      'entries',
      () => recompute(directory, tree.size, new Set(kept.map(({ size }) => size))),
      () => `${tree.size} entries lead to the tiles`,
    )
    const keys = await step(
      'key',
      () => trustedChain(found.keys, trust),
      (read) => `${read.length} keys, one of them trusted`,
    )
    await step(
      'checkpoints',
      () => checkCheckpoints(kept, tree, keys, found),
      () => `${kept.length} checkpoints are signed and hold`,
    )
    await step(
      'handover',
      () => checkHandovers(kept, keys, found.rotations),
      () => (keys.length === 1 ? 'the key never changed' : `${keys.length - 1} changes of key, each signed by both`),
    )
  })
}

async function recompute(directory: Directory, size: number, wanted: Set<number>): Promise<Recomputed> {
  const levels: { hashes: Uint8Array[]; index: number }[] = []
  const frontier: Uint8Array[] = []
  const found: Recomputed = { roots: new Map(), keys: [], rotations: [] }
  if (wanted.has(0)) found.roots.set(0, await sha256())

  async function add(level: number, hash: Uint8Array): Promise<void> {
    const tile = (levels[level] ??= { hashes: [], index: 0 })
    tile.hashes.push(hash)
    if (tile.hashes.length < TILE) return
    await checkTile(directory, level, tile.index++, tile.hashes)
    let above = tile.hashes
    while (above.length > 1) above = await paired(above)
    tile.hashes = []
    if (above[0]) await add(level + 1, above[0])
  }

  for (let first = 0; first < size; first += TILE) {
    const width = Math.min(TILE, size - first)
    const bundle = await bytesOf(directory, tilePath('entries', first / TILE, width))
    for (const [i, leaf] of splitBundle(bundle, width, first).entries()) {
      noteKeys(leaf, first + i, found)
      const hash = await leafHashOf(leaf)
      await add(0, hash)
      await push(frontier, first + i, hash)
      if (wanted.has(first + i + 1)) found.roots.set(first + i + 1, await rootOf(frontier))
    }
  }
  for (const [level, { hashes, index }] of levels.entries())
    if (hashes.length > 0) await checkTile(directory, level, index, hashes)
  return found
}

async function checkTile(directory: Directory, level: number, index: number, hashes: Uint8Array[]): Promise<void> {
  const path = tilePath(level, index, hashes.length)
  const tile = await bytesOf(directory, path)
  for (const [i, hash] of hashes.entries()) {
    if (tile.length === hashes.length * 32 && equal(hash, tile.subarray(i * 32, i * 32 + 32))) continue
    const entry = (index * TILE + i) * TILE ** level
    if (level === 0) throw new NotValid('edited-entry', `entry ${entry} is not what its tile says`, entry)
    throw new NotValid('edited-tile', `${path} is not what the entries lead to`, entry)
  }
}

function splitBundle(bundle: Uint8Array, width: number, first: number): Uint8Array[] {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength)
  const leaves: Uint8Array[] = []
  let at = 0
  for (let i = 0; i < width; i++) {
    const end = at + 2 <= bundle.length ? at + 2 + view.getUint16(at) : Number.POSITIVE_INFINITY
    if (end > bundle.length) throw new NotValid('edited-entry', `entry ${first + i} is cut off`, first + i)
    leaves.push(bundle.subarray(at + 2, end))
    at = end
  }
  if (at !== bundle.length) throw new NotValid('edited-entry', 'a bundle holds more than its entries', first + width)
  return leaves
}

function noteKeys(bytes: Uint8Array, index: number, found: Recomputed): void {
  let leaf: Fields
  try {
    leaf = fields(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    throw new NotValid('edited-entry', `entry ${index} is not JSON`, index)
  }
  if (leaf['index'] !== index) throw new NotValid('wrong-index', `entry ${index} says that it is another`, index)
  if (leaf['kind'] === 'log.started' && found.keys.length === 0)
    found.keys.push(string(fields(leaf['data'])['verifierKey']))
  if (leaf['kind'] !== 'log.key-rotated') return
  const { from, to } = fields(leaf['data'])
  if (from !== found.keys.at(-1))
    throw new NotValid('bad-handover', `entry ${index} hands over from another key`, index)
  found.keys.push(string(to))
  found.rotations.push(index)
}

async function trustedChain(chain: readonly string[], trust: Trust): Promise<VerifierKey[]> {
  const trusted = someKeys(await Promise.all(trust.keys.map(parseVerifierKey)))
  const keys = await Promise.all(chain.map(parseVerifierKey))
  if (keys.some((key) => key.type === 1 && trusted.some(({ text }) => text === key.text))) return keys
  throw new NotValid('wrong-key', 'none of the keys that the log names is one that you trust')
}

async function checkCheckpoints(
  kept: readonly Checkpoint[],
  tree: Checkpoint,
  keys: readonly VerifierKey[],
  found: Recomputed,
): Promise<void> {
  for (const checkpoint of kept) {
    const { size, origin } = checkpoint
    const key = keys[found.rotations.filter((index) => index < size).length]
    if (origin !== tree.origin) throw new NotValid('wrong-origin', `a checkpoint is of another log: ${origin}`)
    if (key?.name !== origin || !(await isSignedBy(checkpoint.note, key)))
      throw new NotValid('wrong-key', `the checkpoint of ${size} entries is not signed by the key in force`)
    if (size > tree.size)
      throw new NotValid('rolled-back', `a checkpoint of ${size} entries was signed; here are ${tree.size}`, tree.size)
    const root = found.roots.get(size)
    if (!root || !equal(root, checkpoint.root))
      throw new NotValid('not-an-extension', `the entries do not lead to the checkpoint of ${size} entries`)
  }
}

async function checkHandovers(
  kept: readonly Checkpoint[],
  keys: readonly VerifierKey[],
  rotations: readonly number[],
): Promise<void> {
  for (const [i, index] of rotations.entries()) {
    const [from, to] = keys.slice(i, i + 2)
    const signed = kept.find(({ size }) => size > index)
    const both = from && to && signed && (await isSignedBy(signed.note, from)) && (await isSignedBy(signed.note, to))
    if (!both) throw new NotValid('bad-handover', `no checkpoint signed by both keys follows entry ${index}`, index)
  }
}

export function tilePath(level: number | 'entries', index: number, width: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? []
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${name}${width < TILE ? `.p/${width}` : ''}`
}

async function paired(hashes: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const pairs: Promise<Uint8Array>[] = []
  for (let i = 0; i + 1 < hashes.length; i += 2) {
    const [left, right] = hashes.slice(i, i + 2)
    if (left && right) pairs.push(nodeHashOf(left, right))
  }
  return Promise.all(pairs)
}

async function push(frontier: Uint8Array[], size: number, leaf: Uint8Array): Promise<void> {
  let root = leaf
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = frontier.pop()
    if (left) root = await nodeHashOf(left, root)
  }
  frontier.push(root)
}

async function rootOf(frontier: readonly Uint8Array[]): Promise<Uint8Array> {
  let root = frontier.at(-1) ?? (await sha256())
  for (const left of frontier.slice(0, -1).toReversed()) root = await nodeHashOf(left, root)
  return root
}

async function bytesOf(directory: Directory, path: string): Promise<Uint8Array> {
  const bytes = await directory.read(path)
  if (!bytes) throw new NotValid('file-missing', `${path} is missing`)
  return bytes
}

async function textOf(directory: Directory, path: string): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(directory, path))
}
