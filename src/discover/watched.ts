// What the scanning thread is at, in memory that it shares with the house: a thread that hangs can no longer be asked.

export type Stage = 'starting' | 'walking' | 'reading' | 'judging'
const STAGES: readonly Stage[] = ['starting', 'walking', 'reading', 'judging']

const BEAT = 0
const STAGE = 1
const LENGTH = 2
const MOST = 3
const SPENT = 4
const NAME_AT = 20
/** A path may have 4,096 bytes, in names of which each byte may have become three. */
const MOST_NAME = 16 * 1024

export class Watched {
  readonly memory: SharedArrayBuffer
  readonly #words: Int32Array
  readonly #name: Buffer

  constructor(memory = new SharedArrayBuffer(NAME_AT + MOST_NAME)) {
    this.memory = memory
    this.#words = new Int32Array(memory, 0, 5)
    this.#name = Buffer.from(memory, NAME_AT)
  }

  /** Said by the thread: a stage began, or a file of it, which may take so many milliseconds after all that slow ones took. */
  at(stage: Stage, file = '', most = 0, spent = 0) {
    this.#words[MOST] = most
    this.#words[SPENT] = spent
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

  /** Milliseconds that the file may take; 0 where nothing is said of it. */
  get most(): number {
    return this.#words[MOST] ?? 0
  }

  /** Milliseconds that slow files took before it. */
  get spent(): number {
    return this.#words[SPENT] ?? 0
  }

  /** Empty between two files. */
  get file(): string {
    return this.#name.toString('utf8', 0, this.#words[LENGTH])
  }
}
