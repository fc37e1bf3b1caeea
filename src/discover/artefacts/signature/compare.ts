// Holds a folder against a signed list or a list of hashes: what changed, what is missing, what came in addition.
import { createHash } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { Failure } from '../../../lib/failure.ts'
import type { Manifest, Resource } from './manifest.ts'

export interface Difference {
  /** The path as one would open it. */
  file: string
  what: 'changed' | 'missing' | 'extra' | 'link' | 'unreadable'
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  blake2: 'blake2b512',
  blake2b: 'blake2b512',
}
/** Signers leave out what git keeps beside a model, and so do verifiers of the standard. */
const OF_GIT = ['.git', '.gitattributes', '.github', '.gitignore']
const MOST_FILES = 1_000_000
const CHUNK = 1024 * 1024

/** `beside`: signatures and lists, which cannot be in themselves. */
export function differences(folder: string, manifest: Manifest, beside: readonly string[]): Difference[] {
  const { files, links } = listed(folder, manifest, beside)
  const signed = new Map<string, Resource[]>()
  for (const resource of manifest.resources) {
    const name = manifest.method === 'shards' ? resource.name.replace(/:\d+:\d+$/, '') : resource.name
    signed.set(name, [...(signed.get(name) ?? []), resource])
  }
  const found: Difference[] = links.map((name) => ({ file: join(folder, name), what: 'link' }))
  for (const name of files) if (!signed.has(name)) found.push({ file: join(folder, name), what: 'extra' })
  const present = new Set(files)
  for (const [name, resources] of signed) {
    const file = name === '.' ? folder : join(folder, name)
    if (!present.has(name)) found.push({ file, what: 'missing' })
    else if (!isReadable(file)) found.push({ file, what: 'unreadable' })
    else if (!resources.every((resource) => isSame(file, resource, manifest)) || !isCovered(file, resources, manifest))
      found.push({ file, what: 'changed' })
  }
  return found
}

/** Names relative to the folder, with slashes, as signers write them. */
function listed(root: string, manifest: Manifest, beside: readonly string[]): { files: string[]; links: string[] } {
  if (!statSync(root).isDirectory()) return { files: ['.'], links: [] }
  const own = [...manifest.ignored, ...OF_GIT].map((path) => resolve(root, path))
  const ignored = new Set([...own, ...beside.map((path) => resolve(path))])
  const files: string[] = []
  const links: string[] = []
  const folders = [root]
  while (folders.length > 0) {
    const folder = folders.pop() ?? root
    if (!isReadable(folder)) {
      files.push(relative(root, folder).split(sep).join('/'))
      continue
    }
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      const full = resolve(path)
      if (ignored.has(full)) continue
      const name = relative(root, path).split(sep).join('/')
      if (files.length + links.length > MOST_FILES)
        throw new Failure('too_large', `${root} has more than ${MOST_FILES} files`)
      if (entry.isDirectory()) folders.push(path)
      else if (!entry.isSymbolicLink()) files.push(name)
      else if (manifest.allowLinks && staysIn(root, path)) files.push(name)
      else links.push(name)
    }
  }
  return { files, links }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

function staysIn(root: string, path: string): boolean {
  try {
    const target = realpathSync(path)
    return statSync(target).isFile() && (target + sep).startsWith(realpathSync(root) + sep)
  } catch {
    return false // a link to nothing is a link that must not be there
  }
}

function isSame(file: string, { name, algorithm, digest }: Resource, { method }: Manifest): boolean {
  const hash = ALGORITHMS[algorithm.replace(/-sharded-\d+$/, '')]
  if (hash === undefined)
    throw new Failure('input_invalid', `digests by ${algorithm.slice(0, 40)} are not read`, {
      hint: 'sign the model with sha256',
    })
  const part = method === 'shards' ? /:(?<start>\d+):(?<end>\d+)$/.exec(name)?.groups : undefined
  return hashOf(file, hash, Number(part?.['start'] ?? 0), Number(part?.['end'] ?? Infinity)) === digest.toLowerCase()
}

/** Whether the parts make up the whole file. */
function isCovered(file: string, resources: readonly Resource[], { method }: Manifest): boolean {
  if (method === 'files') return resources.length === 1
  const { size } = statSync(file)
  let end = 0
  const parts = resources
    .map(({ name }) => /:(\d+):(\d+)$/.exec(name)?.slice(1).map(Number) ?? [0, 0])
    .toSorted(([a = 0], [b = 0]) => a - b)
  for (const [from = 0, to = 0] of parts) {
    if (from !== end) return false
    end = to
  }
  return end >= size
}

export function hashOf(file: string, algorithm: string, start = 0, end = Infinity): string {
  // A pipe would be waited for without end.
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    if (!fstatSync(descriptor).isFile()) return ''
    const hash = createHash(algorithm)
    const chunk = Buffer.allocUnsafe(CHUNK)
    for (let at = start; at < end;) {
      const count = readSync(descriptor, chunk, 0, Math.min(CHUNK, end - at), at)
      if (count === 0) break
      hash.update(chunk.subarray(0, count))
      at += count
    }
    return hash.digest('hex')
  } finally {
    closeSync(descriptor)
  }
}
