// Reads an archive line by line and checks everything that can be checked: the manifest's hash and counts, each
// attachment, each leaf's hash, and the Merkle tree recomputed from the leaves against nodes, state and root.
// Used twice: once before a restore touches anything, and again while it loads, because the file may have changed.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'
import { Failure } from '../../lib/failure.ts'
import { parse } from '../../lib/parse.ts'
import {
  FileLine,
  FORMAT,
  Header,
  type Manifest,
  ManifestLine,
  MOST_LINE,
  PieceLine,
  TableLine,
  VERSION,
} from './archive.ts'
import { TreeCheck } from './tree-check.ts'
import { isTable } from './tables.ts'
import type { ColumnType, Value } from '../runner.ts'

const MOST_FILE_BYTES = 64 * 1024 * 1024

export type Columns = Readonly<Record<string, ColumnType>>

/** Takes what an archive holds, in its order. */
export interface Loader {
  row(table: string, columns: Columns, values: readonly Value[]): Promise<void> | undefined
  file(kind: 'attachment' | 'key', name: string, sha256: string, bytes: Uint8Array): Promise<void> | undefined
}

export interface Archive {
  header: Header
  manifest: Manifest
}

export async function readArchive(file: string, loader?: Loader): Promise<Archive> {
  const reading = new Reading(loader)
  try {
    for await (const line of lines(file)) await reading.line(line)
  } catch (error) {
    if (error instanceof Failure || !isBroken(error)) throw error
    throw damaged('it cannot be read to its end', error)
  }
  return reading.end()
}

class Reading {
  readonly #loader: Loader | undefined
  readonly #hash = createHash('sha256')
  readonly #tree = new TreeCheck()
  readonly #counts: Record<string, number> = {}
  readonly #files = { attachment: 0, key: 0 }
  #header: Header | undefined
  #manifest: Manifest | undefined
  #table: { name: string; columns: Columns; types: ColumnType[] } | undefined
  #file: { line: FileLine; pieces: Buffer[]; bytes: number } | undefined

  constructor(loader: Loader | undefined) {
    this.#loader = loader
  }

  async line(text: string): Promise<void> {
    if (this.#manifest) throw damaged('something follows its end')
    const value: unknown = JSON.parse(text)
    if (isObject(value) && 'manifest' in value) {
      this.#manifest = parse(ManifestLine, value).manifest
      return
    }
    this.#hash.update(`${text}\n`)
    if (!this.#header) this.#header = toHeader(value)
    else if (Array.isArray(value)) await this.#row(value)
    else if (isObject(value) && 'table' in value) this.#startTable(value)
    else if (isObject(value) && 'file' in value) await this.#startFile(value)
    else await this.#piece(value)
  }

  end(): Archive {
    const manifest = this.#manifest
    if (!this.#header || !manifest || this.#file) throw damaged('its end is missing')
    if (this.#hash.digest('hex') !== manifest.sha256) throw damaged('its SHA-256 is not the one in its manifest')
    const counted = { tables: this.#counts, attachments: this.#files.attachment, keys: this.#files.key }
    const told = { tables: manifest.tables, attachments: manifest.attachments, keys: manifest.keys }
    if (sorted(counted) !== sorted(told)) throw damaged('it does not hold what its manifest counts')
    this.#tree.end(manifest.log)
    return { header: this.#header, manifest }
  }

  #startTable(value: object): void {
    const { table, columns } = parse(TableLine, value)
    if (!isTable(table) || this.#counts[table] !== undefined) throw damaged(`it has no place for a table "${table}"`)
    this.#counts[table] = 0
    this.#table = { name: table, columns, types: Object.values(columns) }
  }

  async #row(cells: readonly unknown[]): Promise<void> {
    const table = this.#table
    if (!table || cells.length !== table.types.length) throw damaged('a row does not fit its table')
    const values = cells.map((cell, i) => toValue(cell, table.types[i]))
    this.#counts[table.name] = (this.#counts[table.name] ?? 0) + 1
    this.#tree.row(table.name, Object.keys(table.columns), values)
    await this.#loader?.row(table.name, table.columns, values)
  }

  async #startFile(value: object): Promise<void> {
    const line = parse(FileLine, value)
    if (this.#file || line.size > MOST_FILE_BYTES) throw damaged(`file ${line.name} is not whole or too large`)
    this.#table = undefined
    this.#file = { line, pieces: [], bytes: 0 }
    if (line.size === 0) await this.#endFile()
  }

  async #piece(value: unknown): Promise<void> {
    const file = this.#file
    const piece = Buffer.from(parse(PieceLine, value).piece, 'base64')
    if (!file || file.bytes + piece.length > file.line.size) throw damaged('a piece belongs to no file')
    file.pieces.push(piece)
    file.bytes += piece.length
    if (file.bytes === file.line.size) await this.#endFile()
  }

  async #endFile(): Promise<void> {
    const file = this.#file
    if (!file) return
    const bytes = new Uint8Array(Buffer.concat(file.pieces))
    const { file: kind, name, sha256 } = file.line
    if (createHash('sha256').update(bytes).digest('hex') !== sha256 || (kind === 'attachment' && name !== sha256))
      throw damaged(`file ${name} is not what its SHA-256 says`)
    this.#file = undefined
    this.#files[kind]++
    await this.#loader?.file(kind, name, sha256, bytes)
  }
}

type FileLine = ReturnType<typeof FileLine.parse>

function toHeader(value: unknown): Header {
  if (!isObject(value) || !('format' in value) || value.format !== FORMAT)
    throw new Failure('input_invalid', 'this file is not a backup of Parapet', {
      hint: 'name a file that `parapet backup` wrote',
    })
  if ('version' in value && Number(value.version) > VERSION)
    throw new Failure('conflict', 'this backup was written by a newer Parapet', {
      hint: 'restore it with that version',
    })
  return parse(Header, value)
}

function toValue(cell: unknown, type: ColumnType | undefined): Value {
  if (cell === null) return null
  if (type === 'int' && Number.isSafeInteger(cell)) return Number(cell)
  if (type === 'text' && typeof cell === 'string') return cell
  if (type === 'bytes' && typeof cell === 'string') return new Uint8Array(Buffer.from(cell, 'base64'))
  throw damaged('a value does not fit its column')
}

async function* lines(file: string): AsyncGenerator<string> {
  const input = createReadStream(file)
  const gunzip = input.pipe(createGunzip({ chunkSize: 512 * 1024 }))
  input.on('error', (error) => gunzip.destroy(error))
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of gunzip) {
    const parts = (rest + decoder.write(chunk)).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > MOST_LINE) throw damaged('a line is longer than any that a backup has')
    yield* parts
  }
  if (rest !== '') throw damaged('its last line is not whole')
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const sorted = (value: { tables: Record<string, number> }): string =>
  JSON.stringify({ ...value, tables: Object.entries(value.tables).toSorted() })

const isBroken = (error: unknown): boolean =>
  error instanceof SyntaxError || (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))

export const damaged = (why: string, cause?: unknown): Failure =>
  new Failure('input_invalid', `the backup is damaged: ${why}`, {
    hint: 'use another backup; nothing was changed',
    cause,
  })
