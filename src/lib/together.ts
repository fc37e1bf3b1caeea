// Work of one kind that falls due within one turn of the event loop, done at its end, one piece right behind the other.
// Each piece then finds in the processor's caches what the one before it needed; done one by one, with all else that a call
// takes in between, the same work costs nearly twice as much.

/** Nothing waits longer than until this turn of the loop has heard of everything that has arrived. */
export function together<T>(work: (item: T) => void): (item: T) => void {
  let due: T[] = []

  function run(): void {
    const items = due
    due = []
    let done = 0
    try {
      for (const item of items) {
        done++
        work(item)
      }
    } finally {
      // Whoever comes behind one that throws is not forgotten.
      if (done < items.length) for (const item of items.slice(done)) add(item)
    }
  }

  function add(item: T): void {
    if (due.push(item) === 1) setImmediate(run)
  }

  return add
}
