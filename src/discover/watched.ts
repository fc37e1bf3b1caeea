// What the scanning thread is at, in memory that it shares with the house: a thread that hangs can no longer be asked.

export type Stage = 'starting' | 'walking' | 'reading' | 'judging'
const STAGES: readonly Stage[] = ['starting', 'walking', 'reading', 'judging']

const BEAT = 0
const STAGE = 1
const LENGTH = 2
const NAME_AT = 12
/** A path may have 4,096 bytes, in names of which each byte may have become three. */
const MOST_NAME = 16 * 1024

export class Watched {
  readonly memory: SharedArrayBuffer
  readonly #words: Int32Array
  readonly #name: Buffer

  constructor(memory = new SharedArrayBuffer(NAME_AT + MOST_NAME)) {
    this.memory = memory
    this.#words = new Int32Array(memory, 0, 3)
    this.#name = Buffer.from(memory, NAME_AT)
  }

  /** Said by the thread: a stage began, or a file of it. */
  at(stage: Stage, file = '') {
    this.#words[LENGTH] = this.#name.write(file)
    this.#words[STAGE] = STAGES.indexOf(stage)
    Atomics.add(this.#words, BEAT, 1)
  }

  /** Grows as long as the thread gets on. */
  get beat(): number {
    return Atomics.load(this.#words, BEAT)
  }

  get stage(): Stage {
    return STAGES[this.#words[STAGE] ?? 0] ?? 'starting'
  }

  /** Empty between two files. */
  get file(): string {
    return this.#name.toString('utf8', 0, this.#words[LENGTH])
  }
}
