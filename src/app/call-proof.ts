// What shows somebody outside that a call is on record word for word: its leaf, its way to the root of its segment, and a
// report on the entry of the log that names that root.
import { Failure } from '../lib/failure.ts'
import { leafTree } from '../prove/leaf-tree.ts'
import type { Report } from '../prove/report.ts'
import type { CallRow } from '../record/call-store.ts'
import type { App } from './app.ts'

export interface CallProof extends Report {
  members: { entry: number; position: number; leaf: string; path: string[] }[]
}

export async function proveCall(app: App, call: CallRow): Promise<CallProof> {
  const { calls } = app.store.read
  if ((await calls.segment(call.segment))?.entry === undefined) await app.record.seal()
  const segment = await calls.segment(call.segment)
  if (segment === undefined)
    throw new Failure('not_found', 'the hashes of the calls around this one are gone, so nothing proves it any more')
  const { entry } = segment
  if (entry === undefined)
    throw new Failure('conflict', 'another replica has this call and has not sealed it yet', {
      hint: `try again in ${app.config.record.sealSeconds} seconds`,
    })
  const hashes = await calls.hashes(call.segment)
  const path = leafTree.path(hashes, call.position).map((hash) => Buffer.from(hash).toString('base64'))
  const report = await app.log.report({ indexes: [entry] })
  return { ...report, members: [{ entry, position: call.position, leaf: call.leaf, path }] }
}
