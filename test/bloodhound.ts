// What BloodHound holds an upload against, as it publishes it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { z } from 'zod'

const ajv = new Ajv({ strict: false })
const [node, edge, metadata] = ['node', 'edge', 'metadata'].map((part) => {
  const file = new URL(`./schemas/bloodhound-${part}.schema.json`, import.meta.url)
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object)
})

const Upload = z.strictObject({
  metadata: z.unknown(),
  graph: z.strictObject({ nodes: z.array(z.unknown()), edges: z.array(z.unknown()) }),
})

/** Whether it may be uploaded as it is; says what is wrong with the first that may not. */
export function assertUploads(payload: unknown): void {
  const upload = Upload.parse(payload)
  const parts = { metadata: [upload.metadata], node: upload.graph.nodes, edge: upload.graph.edges }
  for (const [part, valid] of [
    ['metadata', metadata],
    ['node', node],
    ['edge', edge],
  ] as const) {
    assert(valid)
    for (const one of parts[part]) assert(valid(one), `${part}: ${ajv.errorsText(valid.errors)} ${JSON.stringify(one)}`)
  }
}
