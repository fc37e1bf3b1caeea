// What was uploaded to be scanned, until the scan is over. It is kept under a name of its own scan, so that removing it
// never removes an attachment with the same bytes that the log names.
import { createHash } from 'node:crypto'
import { Failure } from '../../lib/failure.ts'
import type { Change, Store } from '../../store/store.ts'

interface Upload {
  /** Of logs: by its end a packed one is known. */
  name: string
  bytes: Uint8Array
}

/** Before the bytes: no two scans have the same, and no document begins like it. */
const headOf = (scan: string, name: string) => Buffer.from(`parapet upload ${scan} ${name}\n`)

export async function keepUpload(tx: Change, scan: string, { name, bytes }: Upload): Promise<string> {
  const whole = Buffer.concat([headOf(scan, name), bytes])
  const sha256 = createHash('sha256').update(whole).digest('hex')
  await tx.attachments.put(sha256, whole)
  return sha256
}

export async function takeUpload({ read }: Store, scan: string): Promise<Upload> {
  const sha256 = (await read.scans.byId(scan))?.upload
  const whole = sha256 === undefined ? undefined : await read.attachments.get(sha256)
  const end = whole?.indexOf(10) ?? -1
  if (whole === undefined || end < 0)
    throw new Failure('not_found', 'what was uploaded is not there any more', { hint: 'upload it again' })
  const [, , , name = 'upload'] = Buffer.from(whole.subarray(0, end)).toString().split(' ')
  return { name, bytes: whole.subarray(end + 1) }
}
