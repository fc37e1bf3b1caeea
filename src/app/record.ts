// The record of calls as this installation keeps it.
import { leafTree } from '../prove/leaf-tree.ts'
import { createRecorder, type Recorder } from '../record/recorder.ts'
import type { Store } from '../store/store.ts'
import type { CallContents } from './call-contents.ts'
import type { Config } from './config.ts'

export interface RecordParts {
  config: Pick<Config, 'record'>
  store: Store
  now: () => Date
  contents: CallContents
  onTrouble: (error: unknown) => void
}

export function openRecord({ config: { record }, store, now, contents, onTrouble }: RecordParts): Recorder {
  return createRecorder({
    home: store,
    tree: leafTree,
    now,
    commitWithinMs: record.commitMs,
    sealEveryMs: record.sealSeconds * 1000,
    seal: contents.seal,
    onTrouble,
  })
}
