// The list that was signed: the names of files, or of parts of files, with their digests.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../../lib/failure.ts'
import { parseStrictJson } from '../../../lib/strict-json.ts'

const Hex = z.string().regex(/^(?:[0-9a-f]{2})+$/i)
const Serialization = z.object({
  method: z.enum(['files', 'shards']),
  hash_type: z.string(),
  allow_symlinks: z.boolean().default(false),
  ignore_paths: z.array(z.string()).max(10_000).default([]),
  shard_size: z.number().int().positive().optional(),
})
const Statement = z.object({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: Hex }) })),
  predicateType: z.string(),
  predicate: z.unknown(),
})
const Predicate = z.object({
  serialization: Serialization,
  resources: z.array(z.object({ name: z.string(), algorithm: z.string(), digest: Hex })).max(1_000_000),
})

export interface Resource {
  name: string
  algorithm: string
  digest: string
}

export interface Manifest {
  model: string
  method: 'files' | 'shards'
  allowLinks: boolean
  ignored: string[]
  shardBytes: number
  resources: Resource[]
}

const CURRENT = 'https://model_signing/signature/v1.0'
/** Releases before 1.0: each file is a subject, and there is no list beside them. */
const EARLIER = 'https://model_signing/Digests/v0.1'

export function readManifest(payload: Buffer, file: string): Manifest {
  const statement = parsed(Statement, parseStrictJson(payload), file)
  if (statement.predicateType === EARLIER) {
    const resources = statement.subject.map(({ name, digest }) => ({
      name,
      algorithm: 'sha256',
      digest: digest.sha256,
    }))
    return { model: '', method: 'files', allowLinks: false, ignored: [], shardBytes: 0, resources }
  }
  if (statement.predicateType !== CURRENT)
    throw new Failure('input_invalid', `${file} signs a ${statement.predicateType.slice(0, 80)}, not a model`)
  const { serialization, resources } = parsed(Predicate, statement.predicate, file)
  const [subject, more] = statement.subject
  const root = createHash('sha256')
  for (const { digest } of resources) root.update(Buffer.from(digest, 'hex'))
  if (!subject || more || root.digest('hex') !== subject.digest.sha256.toLowerCase())
    throw new Failure('input_invalid', `the list in ${file} does not give the digest that stands above it`)
  return {
    model: subject.name,
    method: serialization.method,
    allowLinks: serialization.allow_symlinks,
    ignored: serialization.ignore_paths,
    shardBytes: serialization.shard_size ?? 0,
    resources,
  }
}

function parsed<T extends z.ZodType>(schema: T, value: unknown, file: string): z.infer<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Failure('input_invalid', `${file} signs something that is no model: ${issue?.path.join('.') ?? ''}`)
}
