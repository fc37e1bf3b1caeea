// For formats in which blocks follow each other: some servers write several tool calls at once, a piece of this one and a
// piece of that. The first goes on as it comes; what comes of other blocks meanwhile waits until it is whole.
import type { Delta } from './delta.ts'
import type { OutFrame } from './wire.ts'

type Write = (delta: Delta) => OutFrame[]

export function inTurn(write: Write, hold: (bytes: number) => void = () => {}): Write {
  let open: number | undefined
  /** By blocks, in the order in which they began. */
  const waiting = new Map<number, Delta[]>()

  function say(delta: Delta): OutFrame[] {
    if (!('block' in delta) || delta.choice > 0) return isLast(delta) ? [...flush(), ...write(delta)] : write(delta)
    if (open === undefined || open === delta.block) return [...emit(delta), ...next()]
    if ('text' in delta) hold(delta.text.length * 2)
    const queue = waiting.get(delta.block)
    if (queue) queue.push(delta)
    else waiting.set(delta.block, [delta])
    return []
  }

  function emit(delta: Delta & { block: number }): OutFrame[] {
    if (delta.kind === 'call') open = delta.block
    else if (delta.kind === 'close' && open === delta.block) open = undefined
    return write(delta)
  }

  /** Up to the first call that is still being written. */
  function next(): OutFrame[] {
    const frames: OutFrame[] = []
    for (const [block, deltas] of waiting) {
      if (open !== undefined) break
      waiting.delete(block)
      for (const delta of deltas) if ('block' in delta) frames.push(...emit(delta))
    }
    return frames
  }

  /** Nothing more will come of what is open. */
  function flush(): OutFrame[] {
    const frames: OutFrame[] = []
    while (waiting.size > 0) {
      open = undefined
      frames.push(...next())
    }
    return frames
  }
  return say
}

function isLast({ kind }: Delta): boolean {
  return kind === 'stop' || kind === 'end' || kind === 'error'
}
