// Finds every literal of every detector in one pass (Aho and Corasick), however many literals there are. The table is
// dense over character classes: all characters that no literal uses share class 0, so it stays small enough for the cache.

export interface Automaton {
  /** State × width and class → state. Two bytes each, since what the cache does not hold costs more than a product. */
  next: Uint16Array
  /** Code unit → class. Letters of either case share one. */
  classes: Uint8Array
  /** States from here on end a literal. */
  firstHit: number
  width: number
  /** The literals that end in a state: `ends[endsFrom[state] … endsFrom[state + 1])`. */
  endsFrom: Int32Array
  ends: Int32Array
  lengths: Int32Array
  longest: number
  /** How many characters lead to a state: so many of the last ones may begin a literal. */
  depths: Uint8Array
}

/** Literals are taken in lower case; the caller removes duplicates. */
export function buildAutomaton(literals: readonly string[]): Automaton {
  const { classes, width } = classify(literals)
  const trie = plant(literals, classes, width)
  const links = link(trie, width)
  const lengths = Int32Array.from(literals, ({ length }) => length)
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0)
  return { ...number(trie, links, width), classes, width, lengths, longest }
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
  for (const [upper, lower] of CASES) if (classes[upper] === 0) classes[upper] = classes[lower] ?? 0
  return { classes, width }
}

/** Where letters that have a case may stand; asking each of the other characters costs megabytes of garbage. */
const CASED: readonly (readonly [first: number, last: number])[] = [
  [0x41, 0x5a],
  [0xc0, 0x58f],
  [0x10a0, 0x10ff],
  [0x1380, 0x13ff],
  [0x1c80, 0x1fff],
  [0x2100, 0x24ff],
  [0x2c00, 0x2dff],
  [0xa640, 0xabff],
  [0xff20, 0xff5f],
]
/** Units and what they are in lower case, where that is another one. */
const CASES = CASED.flatMap(([first, last]) => {
  const pairs: (readonly [upper: number, lower: number])[] = []
  for (let unit = first; unit <= last; unit++) {
    const lower = String.fromCharCode(unit).toLowerCase()
    if (lower.length === 1 && lower.charCodeAt(0) !== unit) pairs.push([unit, lower.charCodeAt(0)])
  }
  return pairs
})

/** So many have a number of two bytes. */
const MOST_STATES = 65_536

/** States in flat arrays: objects would leave megabytes behind at every start. */
interface Trie {
  /** State × width and class → state; 0, the root, where nothing follows. */
  next: Uint16Array
  /** The literal that ends in a state; -1: none. */
  own: Int32Array
  count: number
}

function plant(literals: readonly string[], classes: Uint8Array, width: number): Trie {
  const most = literals.reduce((sum, { length }) => sum + length, 1)
  const next = new Uint16Array(most * width)
  const own = new Int32Array(most).fill(-1)
  let count = 1
  for (const [index, literal] of literals.entries()) {
    let state = 0
    for (let i = 0; i < literal.length; i++) {
      const at = state * width + (classes[literal.charCodeAt(i)] ?? 0)
      if (next[at] === 0) next[at] = count++
      state = next[at] ?? 0
    }
    if ((own[state] ?? -1) >= 0) throw new TypeError(`the literal ${literal} is there twice`)
    own[state] = index
  }
  if (count > MOST_STATES) throw new TypeError('the literals need more than 65,536 states')
  return { next, own, count }
}

interface Links {
  /** States in breadth-first order. */
  order: Int32Array
  /** The state of the longest ending that begins some literal. */
  fail: Int32Array
  depth: Uint8Array
}

/** Completes the table: where nothing follows a state, what follows its failure link does. */
function link({ next, count }: Trie, width: number): Links {
  const order = new Int32Array(count)
  const fail = new Int32Array(count)
  const depth = new Uint8Array(count)
  let known = 1
  for (let head = 0; head < count; head++) {
    const state = order[head] ?? 0
    const instead = (fail[state] ?? 0) * width
    for (let cls = 1; cls < width; cls++) {
      const to = next[state * width + cls] ?? 0
      const otherwise = state === 0 ? 0 : (next[instead + cls] ?? 0)
      if (to === 0) next[state * width + cls] = otherwise
      else {
        fail[to] = otherwise
        depth[to] = (depth[state] ?? 0) + 1
        order[known++] = to
      }
    }
  }
  return { order, fail, depth }
}

/** States that end a literal come last, so that one comparison tells them. */
function number({ next, own, count }: Trie, { order, fail, depth }: Links, width: number) {
  const hits = new Uint8Array(count)
  for (const state of order) hits[state] = (own[state] ?? -1) >= 0 || hits[fail[state] ?? 0] === 1 ? 1 : 0
  const ids = new Int32Array(count)
  let known = 0
  for (const wanted of [0, 1]) for (const state of order) if (hits[state] === wanted) ids[state] = known++
  const states = new Int32Array(count)
  for (let state = 0; state < count; state++) states[ids[state] ?? 0] = state
  const table = new Uint16Array(count * width)
  const depths = new Uint8Array(count)
  const endsFrom = new Int32Array(count + 1)
  const ends: number[] = []
  for (let id = 0; id < count; id++) {
    const state = states[id] ?? 0
    for (let cls = 0; cls < width; cls++) {
      table[id * width + cls] = ids[next[state * width + cls] ?? 0] ?? 0
    }
    depths[id] = depth[state] ?? 0
    endsFrom[id] = ends.length
    for (let at = state; at !== 0; at = fail[at] ?? 0) {
      const literal = own[at] ?? -1
      if (literal >= 0) ends.push(literal)
    }
  }
  endsFrom[count] = ends.length
  const firstHit = hits.reduce((sum, hit) => sum - hit, count)
  return { next: table, endsFrom, ends: Int32Array.from(ends), firstHit, depths }
}
