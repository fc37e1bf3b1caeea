// Finds every literal of every detector in one pass (Aho and Corasick), however many literals there are. The table is
// dense over character classes: all characters that no literal uses share class 0, so it stays small enough for the cache.

export interface Automaton {
  /** Row (state × width) and class → row. */
  next: Int32Array
  /** Code unit → class. Letters of either case share one. */
  classes: Uint8Array
  /** Rows from here on end a literal. */
  firstHit: number
  width: number
  /** The literals that end in a state: `ends[endsFrom[state] … endsFrom[state + 1])`. */
  endsFrom: Int32Array
  ends: Int32Array
  lengths: Int32Array
  longest: number
}

interface Node {
  next: Map<number, Node>
  ends: number[]
  fail: Node | undefined
  id: number
}

const node = (): Node => ({ next: new Map(), ends: [], fail: undefined, id: 0 })

/** Literals are taken in lower case; the caller removes duplicates. */
export function buildAutomaton(literals: readonly string[]): Automaton {
  const { classes, width } = classify(literals)
  const root = node()
  for (const [index, literal] of literals.entries()) {
    let at = root
    for (let i = 0; i < literal.length; i++) {
      const cls = classes[literal.charCodeAt(i)] ?? 0
      let to = at.next.get(cls)
      if (!to) at.next.set(cls, (to = node()))
      at = to
    }
    at.ends.push(index)
  }
  const nodes = inBreadth(root)
  number(nodes)
  const lengths = Int32Array.from(literals, ({ length }) => length)
  return { ...tabulate(nodes, width), classes, width, lengths, longest: lengths.reduce((a, b) => Math.max(a, b), 0) }
}

function classify(literals: readonly string[]): { classes: Uint8Array; width: number } {
  const classes = new Uint8Array(65_536)
  let width = 1
  for (const literal of literals) {
    for (const char of literal.split('')) {
      if (classes[char.charCodeAt(0)] !== 0) continue
      if (width > 255) throw new TypeError('the literals use more than 255 different characters')
      classes[char.charCodeAt(0)] = width++
    }
  }
  for (let unit = 0; unit < 65_536; unit++) {
    const lower = String.fromCharCode(unit).toLowerCase()
    if (lower.length === 1 && classes[unit] === 0) classes[unit] = classes[lower.charCodeAt(0)] ?? 0
  }
  return { classes, width }
}

/** Nodes in breadth-first order, with their failure links and all that ends there. */
function inBreadth(root: Node): Node[] {
  const nodes = [root]
  for (let head = 0; head < nodes.length; head++) {
    const from = nodes[head] ?? root
    for (const [cls, to] of from.next) {
      let fail = from.fail
      while (fail && !fail.next.has(cls)) fail = fail.fail
      to.fail = fail?.next.get(cls) ?? root
      to.ends.push(...to.fail.ends)
      nodes.push(to)
    }
  }
  return nodes
}

/** States that end a literal come last, so that one comparison tells them. */
function number(nodes: readonly Node[]): void {
  let id = 0
  for (const ending of [false, true]) {
    for (const one of nodes) if (one.ends.length > 0 === ending) one.id = id++
  }
}

function tabulate(nodes: readonly Node[], width: number) {
  const next = new Int32Array(nodes.length * width)
  const ordered: Node[] = []
  for (const one of nodes) {
    ordered[one.id] = one
    const row = one.id * width
    if (one.fail) next.copyWithin(row, one.fail.id * width, (one.fail.id + 1) * width)
    for (const [cls, to] of one.next) next[row + cls] = to.id * width
  }
  const endsFrom = new Int32Array(nodes.length + 1)
  const ends: number[] = []
  for (const [id, one] of ordered.entries()) {
    endsFrom[id] = ends.length
    ends.push(...one.ends)
  }
  endsFrom[nodes.length] = ends.length
  const firstHit = ordered.findIndex((one) => one.ends.length > 0)
  return { next, endsFrom, ends: Int32Array.from(ends), firstHit: (firstHit < 0 ? nodes.length : firstHit) * width }
}
