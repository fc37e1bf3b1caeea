// How much memory the server takes beyond what it uses, and what it costs to clear it. Left alone, V8 takes half a gigabyte
// on a large machine for what fits into a tenth of it: garbage of the start makes the young space grow for good, load makes
// it grow to 128 MB, and the old space is cleared only when it has grown to four times what is in use.
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8'

/** Starting makes much garbage once; the young space grows only after it, when work asks for it. */
const STARTED_MS = 5000
/** Both halves of the young space. Half as much saves ten megabytes, and costs a stream a tenth more work. */
const YOUNG_BYTES = 16_000_000
/** How far the old space grows beyond what is in use, in percent. 0 leaves it to V8. */
const GROWS_BY = 20
/** Whoever needs that much has work on hand that clearing would hold up. */
const LARGE_BYTES = 256_000_000
const LOOKED_AT_EVERY_MS = 200
const GROWS_FOR_MS = 10

export function keepHeapSmall(): void {
  // What lives in the young space is copied in a millisecond: to wake other threads for their share costs more than that.
  setFlagsFromString('--no-parallel-scavenge')
  // Clearing it before it is full, as soon as there is nothing else to do, only copies more of what is still in use.
  setFlagsFromString('--no-minor-gc-task')
  const young = flag('semi-space-growth-factor')
  const old = flag('heap-growing-percent')
  young(1)
  old(GROWS_BY)
  setTimeout(() => {
    setInterval(() => {
      // It grows with each clearing, and there are many between two looks.
      if (youngBytes() < YOUNG_BYTES) {
        young(2)
        setTimeout(() => young(1), GROWS_FOR_MS).unref()
      }
      old(getHeapStatistics().used_heap_size < LARGE_BYTES ? GROWS_BY : 0)
    }, LOOKED_AT_EVERY_MS).unref()
  }, STARTED_MS).unref()
}

/** Sets it where it changes. */
function flag(name: string): (value: number) => void {
  let last: number | undefined
  return (value) => {
    if (value !== last) setFlagsFromString(`--${name}=${value}`)
    last = value
  }
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0
}
