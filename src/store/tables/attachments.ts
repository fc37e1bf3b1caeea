// Attachments by their SHA-256. On SQLite the bytes are files of the data directory, on PostgreSQL a column, because
// replicas share no disk. Bytes are hashed again when read: what does not match its name is not handed out.
import { createHash } from 'node:crypto'
import { Failure } from '../../lib/failure.ts'
import type { Runner } from '../runner.ts'
import type { AttachmentStore } from '../store.ts'

export const MOST_ATTACHMENT_BYTES = 32 * 1024 * 1024

/** Where the bytes are kept outside of the database. */
export interface Blobs {
  /** Durable when it returns. */
  write(sha256: string, bytes: Uint8Array): Promise<void>
  read(sha256: string): Promise<Uint8Array | undefined>
}

/** `removed`: what this change has taken out; its bytes go once that is committed. */
export function attachments(runner: Runner, blobs: Blobs | undefined, removed: Set<string>): AttachmentStore {
  const { build } = runner
  return {
    async put(sha256, bytes) {
      if (bytes.byteLength > MOST_ATTACHMENT_BYTES)
        throw new Failure('too_large', `an attachment may have ${MOST_ATTACHMENT_BYTES} bytes at most`, {
          hint: 'split it, or attach a summary with its hash',
        })
      if (sha256Of(bytes) !== sha256)
        throw new Failure('input_invalid', 'the attachment does not have the SHA-256 it is stored under', {
          hint: 'send it again',
        })
      await blobs?.write(sha256, bytes)
      removed.delete(sha256)
      const row = { sha256, size: bytes.byteLength, content: blobs ? null : bytes }
      await runner.run(
        build
          .insertInto('attachment')
          .values(row)
          .onConflict((on) => on.doNothing()),
      )
    },
    async get(sha256) {
      const row = await runner.first(build.selectFrom('attachment').selectAll().where('sha256', '=', sha256))
      if (!row) return undefined
      const bytes = blobs ? await blobs.read(sha256) : (row.content ?? undefined)
      if (bytes === undefined || sha256Of(bytes) !== sha256)
        throw new Failure('log_damaged', `attachment ${sha256} is ${bytes ? 'not what was stored' : 'missing'}`, {
          hint: 'restore it from a backup; the log still proves what it was',
        })
      return bytes
    },
    async remove(sha256) {
      const found = (await runner.run(build.deleteFrom('attachment').where('sha256', '=', sha256))) > 0
      if (found) removed.add(sha256)
      return found
    },
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
