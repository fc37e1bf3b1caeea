// Ways from the beginnings to one end of a product: which beginnings there are, ways that share no edge, and the fewest
// edges without which there is no way left. One product is searched thousands of times, so what a search marks is never
// wiped: a mark counts only if it carries the number of the search.
import { smallestCut } from './smallest-cut.ts'
import type { Product } from './walk.ts'

/** Ways beyond these are not counted; the number says "at least". */
export const MOST_ROUTES = 16
const MOST_FLOW = 32
/** For one rule, in the search for smaller cuts. */
const MOST_TRIES = 200_000

export interface Routes {
  /** Edges of each way, in the order in which they are gone; the shortest first. */
  ways: number[][]
  cut: number[]
  cutIsMinimum: boolean
}

export class RouteFinder {
  readonly #product: Product
  readonly #seen: Int32Array
  /** The link by which a state was found. */
  readonly #came: Int32Array
  readonly #queue: Int32Array
  #search = 0
  /** By edge: may not be gone along. */
  readonly #barred: Int32Array
  #bar = 0
  readonly #starts: Int32Array
  #start = 0
  readonly #full: Int32Array
  #fill = 0
  readonly #effort = { tries: MOST_TRIES }

  constructor(product: Product, edges: number) {
    const states = product.nodes.length
    this.#product = product
    this.#seen = new Int32Array(states)
    this.#came = new Int32Array(states)
    this.#queue = new Int32Array(states)
    this.#starts = new Int32Array(states)
    this.#barred = new Int32Array(edges)
    this.#full = new Int32Array(product.from.length)
  }

  /** States at which a way to one of these ends may begin. */
  beginnings(ends: readonly number[]): number[] {
    this.#barAll([])
    this.#start++
    this.#flood(ends)
    return this.#product.starts.filter((start) => this.#seen[start] === this.#search)
  }

  routes(starts: readonly number[], ends: readonly number[]): Routes {
    this.#start++
    for (const start of starts) this.#starts[start] = this.#start
    const ways: number[][] = []
    this.#barAll([])
    while (ways.length < MOST_ROUTES) {
      const way = this.#shortest(ends)
      if (way === undefined) break
      ways.push(way)
      if (way.length === 0) return { ways, cut: [], cutIsMinimum: true }
      this.#barAlso(way)
    }
    const cut = this.#cut(starts, ends, ways)
    // Ways that share no edge have to be cut one by one.
    if (cut.length === ways.length) return { ways, cut, cutIsMinimum: true }
    const wayPast = (edges: readonly number[]) => {
      this.#barAll(edges)
      return this.#shortest(ends)
    }
    const smallest = smallestCut(cut, ways, wayPast, this.#effort)
    return { ways, cut: [...smallest.cut], cutIsMinimum: smallest.isSmallest }
  }

  #barAll(edges: readonly number[]): void {
    this.#bar++
    this.#barAlso(edges)
  }

  #barAlso(edges: readonly number[]): void {
    for (const edge of edges) this.#barred[edge] = this.#bar
  }

  #shortest(ends: readonly number[]): number[] | undefined {
    const { to, edge } = this.#product
    let at = this.#flood(ends)
    if (at === undefined) return undefined
    const way: number[] = []
    for (let link = this.#came[at] ?? -1; link >= 0; link = this.#came[at] ?? -1) {
      const along = edge[link] ?? -1
      if (along >= 0) way.push(along)
      at = to[link] ?? 0
    }
    return way
  }

  /** Backwards from the ends, past no barred edge, until a beginning is met. */
  #flood(ends: readonly number[]): number | undefined {
    const { firstIn, nextIn, from, edge } = this.#product
    const [seen, came, queue, barred, starts] = [this.#seen, this.#came, this.#queue, this.#barred, this.#starts]
    const [search, bar, start] = [++this.#search, this.#bar, this.#start]
    let size = 0
    for (const end of ends) {
      seen[end] = search
      came[end] = -1
      queue[size++] = end
    }
    // Level by level, so that the way that is met first has the fewest edges: first all that costs none, then the next.
    for (let begin = 0; begin < size;) {
      for (let i = begin; i < size; i++) {
        const here = queue[i] ?? 0
        if (starts[here] === start) return here
        for (let link = firstIn[here] ?? -1; link >= 0; link = nextIn[link] ?? -1) {
          const before = from[link] ?? 0
          if ((edge[link] ?? 0) >= 0 || seen[before] === search) continue
          seen[before] = search
          came[before] = link
          queue[size++] = before
        }
      }
      const level = size
      for (let i = begin; i < level; i++) {
        for (let link = firstIn[queue[i] ?? 0] ?? -1; link >= 0; link = nextIn[link] ?? -1) {
          const [before, along] = [from[link] ?? 0, edge[link] ?? -1]
          if (along < 0 || seen[before] === search || barred[along] === bar) continue
          seen[before] = search
          came[before] = link
          queue[size++] = before
        }
      }
      begin = level
    }
    return undefined
  }

  /**
   * By the largest flow, each link of the product carrying one unit. An edge that has several links there may be cut more
   * than once, so the cut is thinned out afterwards.
   */
  #cut(starts: readonly number[], ends: readonly number[], ways: readonly (readonly number[])[]): number[] {
    let cut = this.#narrow(ends, ways) ?? this.#bottleneck(starts, ends) ?? [...new Set(ways.flat())]
    this.#barAll(cut)
    for (let way = this.#shortest(ends); way !== undefined; way = this.#shortest(ends)) {
      const [first = -1] = way
      cut.push(first)
      this.#barAlso([first])
    }
    if (cut.length === ways.length) return cut
    for (const edge of cut.slice()) {
      const fewer = cut.filter((one) => one !== edge)
      this.#barAll(fewer)
      if (this.#flood(ends) === undefined) cut = fewer
    }
    return cut
  }

  /** Where all ways go through one edge, it lies on the only way that was found. */
  #narrow(ends: readonly number[], ways: readonly (readonly number[])[]): number[] | undefined {
    const [only = [], ...others] = ways
    if (others.length > 0) return undefined
    for (const edge of only) {
      this.#barAll([edge])
      if (this.#flood(ends) === undefined) return [edge]
    }
    return undefined
  }

  /** Edges between what beginnings reach when the flow is full, and the rest; undefined where there is too much flow. */
  #bottleneck(starts: readonly number[], ends: readonly number[]): number[] | undefined {
    const { from, to, edge } = this.#product
    this.#fill++
    const full: number[] = []
    for (let flow = 0; flow <= MOST_FLOW; flow++) {
      const end = this.#augment(starts, ends)
      if (end === undefined) {
        const cut = new Set<number>()
        for (const link of full) {
          const isFull = this.#full[link] === this.#fill
          const leaves = this.#seen[from[link] ?? 0] === this.#search && this.#seen[to[link] ?? 0] !== this.#search
          if (isFull && leaves) cut.add(edge[link] ?? -1)
        }
        return [...cut]
      }
      for (let at = end; (this.#came[at] ?? -1) >= 0;) {
        const link = this.#came[at] ?? 0
        if (to[link] === at) {
          // Links without an edge carry any amount.
          if ((edge[link] ?? -1) >= 0) {
            this.#full[link] = this.#fill
            full.push(link)
          }
          at = from[link] ?? 0
        } else {
          this.#full[link] = 0
          at = to[link] ?? 0
        }
      }
    }
    return undefined
  }

  /** Forwards along links that are not full, backwards along full ones. */
  #augment(starts: readonly number[], ends: readonly number[]): number | undefined {
    const { firstIn, nextIn, firstOut, nextOut, from, to } = this.#product
    const [seen, came, queue, full] = [this.#seen, this.#came, this.#queue, this.#full]
    const [search, fill] = [++this.#search, this.#fill]
    const isEnd = new Set(ends)
    let size = 0
    for (const start of starts) {
      seen[start] = search
      came[start] = -1
      queue[size++] = start
    }
    for (let i = 0; i < size; i++) {
      const here = queue[i] ?? 0
      if (isEnd.has(here)) return here
      for (let link = firstOut[here] ?? 0; link >= 0; link = nextOut[link] ?? 0) {
        const next = to[link] ?? 0
        if (seen[next] === search || full[link] === fill) continue
        seen[next] = search
        came[next] = link
        queue[size++] = next
      }
      for (let link = firstIn[here] ?? 0; link >= 0; link = nextIn[link] ?? 0) {
        const before = from[link] ?? 0
        if (seen[before] === search || full[link] !== fill) continue
        seen[before] = search
        came[before] = link
        queue[size++] = before
      }
    }
    return undefined
  }
}
