// Writes a backup while Parapet runs, from one consistent moment, with memory for a few rows at a time.
// Invariant: the file has its name only when it is whole and on disk.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Failure } from '../../lib/failure.ts'
import { rootOf } from '../../prove/merkle.ts'
import { syncDirectory } from '../engines/sqlite-blobs.ts'
import { migrations } from '../migrations/index.ts'
import type { Snapshot, Store } from '../store.ts'
import { codeOf, toFailure } from '../trouble.ts'
import { FORMAT, type Header, type Manifest, PIECE_BYTES, rowLine, VERSION } from './archive.ts'
import { TABLES } from './tables.ts'

const CHUNK_CHARS = 64 * 1024
const MOST_KEY_BYTES = 64 * 1024
const HASH_BYTES = 32

export interface BackupOptions {
  now: () => Date
  /** Folder of the signing keys, where they are wanted too. They are not encrypted: keep the file as you keep them. */
  keysDir?: string | undefined
}

export interface BackupResult {
  file: string
  bytes: number
  header: Header
  manifest: Manifest
}

export async function backup(store: Store, file: string, options: BackupOptions): Promise<BackupResult> {
  const path = resolve(file)
  const draft = `${path}.draft`
  const header: Header = {
    format: FORMAT,
    version: VERSION,
    engine: store.kind,
    migrations: migrations.length,
    migration: migrations.at(-1)?.name ?? '',
    createdAt: options.now().toISOString(),
  }
  let made = false
  try {
    if (await isThere(path))
      throw new Failure('conflict', `${path} exists`, { hint: 'choose another name; a backup never overwrites' })
    const handle = await open(draft, 'wx', 0o600)
    made = true
    await handle.close()
    const manifest = await store.snapshot(async (view) => {
      const lines = new Lines()
      const sink = createWriteStream(draft, { flags: 'r+', flush: true })
      await pipeline(write(lines, view, header, options.keysDir), createGzip({ level: 4 }), sink)
      return lines.manifest()
    })
    await rename(draft, path)
    await syncDirectory(dirname(path))
    return { file: path, bytes: (await stat(path)).size, header, manifest }
  } catch (error) {
    if (made) await rm(draft, { force: true })
    if (codeOf(error) === 'EEXIST')
      throw new Failure('conflict', `${draft} exists: another backup is being written`, {
        hint: 'wait for it, or delete the file if no backup runs',
        cause: error,
      })
    throw toFailure(error)
  }
}

async function* write(
  lines: Lines,
  view: Snapshot,
  header: Header,
  keysDir: string | undefined,
): AsyncGenerator<string> {
  yield lines.add(JSON.stringify(header))
  for (const [table, columns] of Object.entries(TABLES)) {
    yield lines.add(JSON.stringify({ table, columns }))
    lines.tables[table] = 0
    let chunk = ''
    for await (const row of view.rows(table, Object.keys(columns))) {
      lines.note(table, row)
      chunk += lines.add(rowLine(row))
      if (chunk.length < CHUNK_CHARS) continue
      yield chunk
      chunk = ''
    }
    yield chunk
  }
  for await (const [sha256] of view.rows('attachment', ['sha256', 'size'])) {
    const bytes = await view.attachment(String(sha256))
    if (!bytes) continue
    lines.attachments++
    yield* pieces(lines, 'attachment', String(sha256), bytes)
  }
  if (keysDir !== undefined)
    for (const name of (await readdir(keysDir)).toSorted()) {
      const info = await stat(join(keysDir, name))
      if (!info.isFile() || info.size > MOST_KEY_BYTES) continue
      lines.keys++
      yield* pieces(lines, 'key', name, await readFile(join(keysDir, name)))
    }
  yield `${JSON.stringify({ manifest: lines.manifest() })}\n`
}

function* pieces(lines: Lines, file: string, name: string, bytes: Uint8Array): Generator<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  yield lines.add(JSON.stringify({ file, name, size: bytes.byteLength, sha256 }))
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES)
    yield lines.add(JSON.stringify({ piece: Buffer.from(bytes.subarray(at, at + PIECE_BYTES)).toString('base64') }))
}

/** Counts and hashes what is written, and so knows the manifest at the end. */
class Lines {
  readonly tables: Record<string, number> = {}
  attachments = 0
  keys = 0
  readonly #hash = createHash('sha256')
  #digest: string | undefined
  #size = 0
  #frontier: Uint8Array[] = []
  #checkpoint: Manifest['log']['checkpoint']

  add(line: string): string {
    const text = `${line}\n`
    this.#hash.update(text)
    return text
  }

  note(table: string, row: readonly unknown[]): void {
    this.tables[table] = (this.tables[table] ?? 0) + 1
    if (table === 'log_state' && row[2] instanceof Uint8Array) {
      this.#size = Number(row[1])
      const frontier = row[2]
      this.#frontier = Array.from({ length: frontier.length / HASH_BYTES }, (_, i) =>
        frontier.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
      )
    }
    if (table === 'log_checkpoint' && row[1] instanceof Uint8Array)
      this.#checkpoint = { size: Number(row[0]), root: hex(row[1]), at: String(row[2]), note: String(row[3]) }
  }

  manifest(): Manifest {
    this.#digest ??= this.#hash.digest('hex')
    const checkpoint = this.#checkpoint
    return {
      tables: this.tables,
      attachments: this.attachments,
      keys: this.keys,
      log: { size: this.#size, root: hex(rootOf(this.#frontier)), ...(checkpoint ? { checkpoint } : {}) },
      sha256: this.#digest,
    }
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}
