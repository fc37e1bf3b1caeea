// Where checkpoints go, as the operator writes it under `log.publish`.
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Publisher } from '../publisher.ts'
import { filePublisher } from './file.ts'
import { gitPublisher } from './git.ts'
import { httpWitness } from './http-witness.ts'

const Id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
  .describe('what it is called in `parapet log status`')
const VerifierKey = z.string().regex(/^\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/, 'write a verifier key: name+id+base64')

export const PublishConfig = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('file'), id: Id, folder: z.string().min(1).describe('append-only folder') }),
      z.strictObject({
        kind: z.literal('witness'),
        id: Id,
        url: z.url({ protocol: /^https?$/ }).describe('submission prefix of a C2SP witness'),
        verifierKey: VerifierKey.describe('of the witness'),
      }),
      z.strictObject({
        kind: z.literal('git'),
        id: Id,
        folder: z.string().min(1).describe('work tree that only this log writes to'),
        remote: z
          .string()
          .regex(/^(?!-)\S+$/, 'a remote may not begin with a dash')
          .optional()
          .describe('pushed to after each commit'),
      }),
    ]),
  )
  .max(16)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two publishers have the same id')

export const LogConfig = z.strictObject({
  origin: z
    .string()
    .regex(/^[^\s+]{1,200}$/, 'a name without spaces and plus signs, as in example.org/parapet')
    .optional()
    .describe('name of the log in its checkpoints; made up at the first start when it is not given'),
  sealWithinSeconds: z.int().min(1).max(60).default(60).describe('how long an entry may wait for a checkpoint'),
  publish: PublishConfig.default([]).describe('places outside this machine that keep the checkpoints'),
})
export type LogConfig = z.infer<typeof LogConfig>

/** Relative folders are taken from the folder of the configuration. */
export function openPublishers(config: z.infer<typeof PublishConfig>, base: string): Publisher[] {
  return config.map((one) => {
    if (one.kind === 'file') return filePublisher(one.id, resolve(base, one.folder))
    if (one.kind === 'git') return gitPublisher({ id: one.id, folder: resolve(base, one.folder), remote: one.remote })
    return httpWitness({ id: one.id, url: one.url, verifierKey: one.verifierKey })
  })
}
