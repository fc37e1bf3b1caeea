// What a thread has read, handed to the house where a file got slow: the next may end the thread, and what was read would be
// read again. As long as all is quick nothing is handed over, since that costs a tenth of the time.
import { serialize } from 'node:v8'
import type { NotScanned } from '../model/discovered.ts'
import type { SourceFile } from './read/source-file.ts'
import type { ScanReply } from './scan-job.ts'

/** What reading has given. */
export interface Harvest {
  files: SourceFile[]
  missed: NotScanned[]
  read: number
  bytes: number
  parsed: number
}

/** Milliseconds of reading that may be lost. */
const MOST_LOST = 1_500

export class Keeping {
  readonly #tell: (reply: ScanReply) => void
  #begun: boolean
  #since = performance.now()
  /** Not handed over yet. */
  #untold: Harvest[] = []

  constructor(begun: boolean, tell: (reply: ScanReply) => void) {
    this.#begun = begun
    this.#tell = tell
  }

  begin() {
    this.#begun = true
  }

  get isDue(): boolean {
    return this.#begun && performance.now() - this.#since > MOST_LOST
  }

  take(batch: Harvest) {
    this.#untold.push(batch)
    this.#since = performance.now()
    if (!this.#begun) return
    for (const one of this.#untold) this.#tell({ kind: 'kept', files: new Uint8Array(serialize(one)) })
    this.#untold = []
  }
}
