// The archive of a backup: gzipped lines of JSON, the same for both engines, so that one engine's backup can be restored
// into the other. A header, each table and its rows, attachments and keys in pieces, and at the end a manifest with the
// counts, the log's root and the SHA-256 of every byte before it: an archive without its end is not one.
import { z } from 'zod'

export const FORMAT = 'parapet-backup'
export const VERSION = 1
/** Longest line: a piece of an attachment in base64, or a log entry, with room. */
export const MOST_LINE = 4 * 1024 * 1024
export const PIECE_BYTES = 1024 * 1024

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Count = z.int().min(0)

export const Header = z.strictObject({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  engine: z.enum(['sqlite', 'postgres']),
  /** How many migrations the database had, and the name of the last. */
  migrations: z.int().min(1),
  migration: z.string().max(200),
  createdAt: z.iso.datetime(),
})
export type Header = z.infer<typeof Header>

export const TableLine = z.strictObject({
  table: z.string().max(64),
  columns: z.record(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/), z.enum(['int', 'text', 'bytes'])),
})

/** An attachment, or a key file by its name; its pieces follow. */
export const FileLine = z.strictObject({
  file: z.enum(['attachment', 'key']),
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/),
  size: Count,
  sha256: Hash,
})
export const PieceLine = z.strictObject({ piece: z.string() })

export const Manifest = z.strictObject({
  tables: z.record(z.string(), Count),
  attachments: Count,
  keys: Count,
  log: z.strictObject({
    size: Count,
    root: Hash,
    checkpoint: z.strictObject({ size: Count, root: Hash, at: z.string(), note: z.string() }).optional(),
  }),
  sha256: Hash,
})
export type Manifest = z.infer<typeof Manifest>
export const ManifestLine = z.strictObject({ manifest: Manifest })

/** A row as JSON: bytes in base64, told apart by the column's type. */
export const rowLine = (row: readonly unknown[]): string =>
  JSON.stringify(row.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)))
