// A backup, written by the process that has the store, to a file of this machine. Only for whoever is on this machine: a
// token from elsewhere must not choose where our server writes files.
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { backup } from '../../store/backup/backup.ts'
import { defineRoute } from '../route.ts'
import { Time } from './shapes.ts'

export const createBackup = defineRoute({
  id: 'create-backup',
  method: 'POST',
  path: '/api/backups',
  command: 'backup',
  summary: 'Writes a consistent backup to a new file while everything runs; only on the machine that runs Parapet',
  needs: 'system:write',
  body: z.strictObject({
    file: z
      .string()
      .min(1)
      .max(4096)
      .refine(isAbsolute, 'must be an absolute path')
      .describe('a file that is not there yet'),
    keys: z
      .boolean()
      .default(false)
      .describe('also the signing keys of the log, not encrypted: keep the file as you keep them'),
  }),
  reply: z.object({
    file: z.string(),
    bytes: z.int(),
    createdAt: Time,
    store: z.enum(['sqlite', 'postgres']),
    tables: z.record(z.string(), z.int()).describe('rows by table'),
    attachments: z.int(),
    keys: z.int(),
    log: z.object({ size: z.int(), root: z.string() }),
    sha256: z.string(),
  }),
  async handle({ app, actor, body }) {
    if (actor.kind !== 'local') {
      throw new Failure('forbidden', 'backups are written on the machine that runs Parapet', {
        hint: 'run `parapet backup FILE` there',
      })
    }
    const keysDir = body.keys ? join(app.config.dataDir, 'keys') : undefined
    const { file, bytes, header, manifest } = await backup(app.store, body.file, { now: app.now, keysDir })
    return {
      file,
      bytes,
      createdAt: header.createdAt,
      store: header.engine,
      tables: manifest.tables,
      attachments: manifest.attachments,
      keys: manifest.keys,
      log: { size: manifest.log.size, root: manifest.log.root },
      sha256: manifest.sha256,
    }
  },
})
