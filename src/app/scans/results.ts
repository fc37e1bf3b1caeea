// All that a scan found, as an attachment that the log names by its hash: packed, read back as a whole, the last few kept.
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Failure } from '../../lib/failure.ts'
import type { Attachment } from '../../model/entry.ts'
import type { ScanResult } from '../../model/scan.ts'
import type { Change } from '../../store/store.ts'

/** Of the JSON. */
const MOST_BYTES = 128 * 1024 * 1024
const KEPT = 3

/** With the id of its scan: no two have the same bytes, so that one can be forgotten without the other. */
export async function keepResult(
  { attachments }: Pick<Change, 'attachments'>,
  scan: string,
  result: ScanResult,
): Promise<Attachment> {
  const text = JSON.stringify({ scan, ...result })
  if (text.length > MOST_BYTES)
    throw new Failure('too_large', 'the scan found more than can be kept', { hint: 'scan it in parts' })
  const bytes = gzipSync(text)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await attachments.put(sha256, bytes)
  return { name: 'scan.json.gz', mediaType: 'application/gzip', bytes: bytes.byteLength, sha256 }
}

export interface ScanResults {
  read(sha256: string): Promise<ScanResult>
}

export function createScanResults(read: Pick<Change, 'attachments'>): ScanResults {
  const kept = new Map<string, ScanResult>()
  return {
    async read(sha256) {
      const known = kept.get(sha256)
      if (known) return known
      const bytes = await read.attachments.get(sha256)
      if (bytes === undefined) throw new Failure('not_found', 'what the scan found is not kept any more')
      const result = JSON.parse(gunzipSync(bytes, { maxOutputLength: MOST_BYTES * 2 }).toString()) as ScanResult
      kept.set(sha256, result)
      for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest)
      return result
    },
  }
}
