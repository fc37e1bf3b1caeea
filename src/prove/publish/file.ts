// Publishes into a folder: the tiles of C2SP tlog-tiles, the newest checkpoint, and every checkpoint there ever was.
// The folder is append-only. It may lie on a share, a mounted bucket or a write-once disk; what is there weighs more
// than what we have, and a tree that does not extend it is refused.
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Failure } from '../../lib/failure.ts'
import { makeFolder } from '../../lib/make-folder.ts'
import type { CheckpointRow } from '../log-store.ts'
import type { Publisher, PublishSource } from '../publisher.ts'
import { readTile, tilePath, tilesOf } from '../tiles.ts'
import { isExtension, parseCheckpoint } from '../verify.ts'

/** Checkpoints that were missed while the folder could not be reached are caught up with, so many at a time. */
const MOST_CAUGHT_UP = 10_000
const FULL = 256

export function filePublisher(id: string, folder: string): Publisher {
  return {
    id,
    kind: 'file',
    async publish(checkpoint, source, signal) {
      const there = await readText(join(folder, 'checkpoint'))
      const before = there === undefined ? 0 : await assertExtends(there, checkpoint, source, folder)
      for (const tile of tilesOf(checkpoint.size, before)) {
        signal.throwIfAborted()
        const bytes = await readTile(source.reader, tile, checkpoint.size)
        if (!bytes)
          throw new Failure('log_damaged', `the log lacks ${tilePath(tile)}`, { hint: 'run `parapet log audit`' })
        await writeOnce(join(folder, tilePath(tile)), bytes)
      }
      for await (const kept of missed(source, before, checkpoint.size)) {
        signal.throwIfAborted()
        await writeOnce(join(folder, 'checkpoints', String(kept.size)), Buffer.from(kept.note))
      }
      await replace(join(folder, 'checkpoint'), Buffer.from(checkpoint.note))
      await dropPartials(folder, before, checkpoint.size)
      return { size: checkpoint.size }
    },
  }
}

/** Returns the size of the tree that is there. */
async function assertExtends(
  there: string,
  checkpoint: CheckpointRow,
  source: PublishSource,
  folder: string,
): Promise<number> {
  const published = parseCheckpoint(there)
  const path = published.size <= checkpoint.size ? await source.consistency(published.size, checkpoint.size) : []
  if (published.origin === source.chain.origin && (await isExtension(published, checkpoint, path)))
    return published.size
  throw new Failure(
    'log_damaged',
    `${folder} holds a history of ${published.size} entries that this log does not extend`,
    {
      hint: 'keep that folder as it is: it is evidence; run `parapet log audit` with its checkpoint',
    },
  )
}

async function* missed(source: PublishSource, after: number, upTo: number): AsyncGenerator<CheckpointRow> {
  let size = after + 1
  for (let count = 0; size <= upTo && count < MOST_CAUGHT_UP; count++) {
    const row = await source.reader.checkpointCovering(size)
    if (!row || row.size > upTo) return
    yield row
    size = row.size + 1
  }
}

/** Partial tiles that a full one has taken the place of; without this a folder would grow by one a minute for ever. */
async function dropPartials(folder: string, before: number, size: number): Promise<void> {
  for (const tile of tilesOf(size, before)) {
    if (tile.width < FULL) continue
    try {
      await rm(join(folder, `${tilePath(tile)}.p`), { recursive: true, force: true })
    } catch (error) {
      if (!isOneOf(error, ['EPERM', 'EACCES', 'EROFS'])) throw error // a write-once place keeps them, and that is as good
    }
  }
}

/** Leaves a file alone that has these bytes already, and refuses to change one that has others. */
async function writeOnce(path: string, bytes: Uint8Array): Promise<void> {
  const there = await readBytes(path)
  if (there === undefined) await replace(path, bytes)
  else if (Buffer.compare(there, bytes) !== 0 && !isSameCheckpoint(there, bytes))
    throw new Failure('log_damaged', `${path} holds something else than this log`, {
      hint: 'keep that folder as it is: it is evidence; run `parapet log audit`',
    })
}

/** Witnesses may have added signatures since; what was signed is the same. */
function isSameCheckpoint(a: Uint8Array, b: Uint8Array): boolean {
  const [bodyA, bodyB] = [a, b].map((bytes) => String(Buffer.from(bytes)).split('\n\n')[0])
  return bodyA !== '' && bodyA === bodyB
}

/** All or nothing, and durable: readers never see half a file, and a crash leaves the old one or the new one. */
async function replace(path: string, bytes: Uint8Array): Promise<void> {
  makeFolder(dirname(path), 0o777)
  const beside = `${path}.${process.pid}.new`
  try {
    const file = await open(beside, 'w', 0o644)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const readText = async (path: string) => {
  const bytes = await readBytes(path)
  return bytes && String(bytes)
}

async function readBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isOneOf(error, ['ENOENT'])) return undefined
    throw error
  }
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
