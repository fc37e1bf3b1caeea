// What stands on the stack of the pickle machine: not the objects, only what a judge must know of them. Numbers, strings
// and None are themselves; long data is a place in the file.
export type Value = string | number | boolean | null | undefined | Bytes | Text | Seq | Global | Made | Persistent

/** Bytes of the pickle, not copied. */
export class Bytes {
  readonly at: number
  readonly length: number

  constructor(at: number, length: number) {
    this.at = at
    this.length = length
  }
}

/** A string too long to keep. */
export class Text {
  readonly at: number
  readonly length: number

  constructor(at: number, length: number) {
    this.at = at
    this.length = length
  }
}

const KEPT = 64

export class Seq {
  readonly kind: 'tuple' | 'list' | 'dict' | 'set'
  /** The first ones; of a dict keys and values in turn. What is left out was judged when it was made. */
  readonly items: Value[]
  count: number
  /** How many steps it takes to hash it. A tuple goes through each part as often as it is named, and keeps nothing of it. */
  readonly steps: number

  constructor(kind: Seq['kind'], items?: readonly Value[]) {
    this.kind = kind
    // A copy has room for what it holds; adding one by one would make room for sixteen more.
    this.items = items === undefined ? [] : items.slice(0, KEPT)
    this.count = items === undefined ? 0 : items.length
    this.steps = kind === 'tuple' && items !== undefined ? stepsOf(items) : 1
  }

  add(values: readonly Value[], from: number): void {
    const room = Math.min(values.length, from + KEPT - this.items.length)
    for (let i = from; i < room; i++) this.items.push(values[i])
    this.count += values.length - from
  }

  /** Of a dict. */
  addItem(key: string, value: Value): void {
    if (this.items.length + 2 <= KEPT) this.items.push(key, value)
    this.count += 2
  }

  /** The last value under a key, as Python would have it. */
  get(key: string): Value {
    for (let i = this.items.length - 2; i >= 0; i -= 2) if (this.items[i] === key) return this.items[i + 1]
    return undefined
  }

  get complete(): boolean {
    return this.count === this.items.length
  }
}

function stepsOf(items: readonly Value[]): number {
  let sum = 1
  for (const item of items) sum += item instanceof Seq ? item.steps : item instanceof Made ? item.steps : 1
  return sum
}

/** Something imported by name. */
export class Global {
  readonly module: string
  readonly name: string

  constructor(module: string, name: string) {
    this.module = module
    this.name = name
  }

  get path(): string {
    return `${this.module}.${this.name}`
  }
}

/** What a call gave. */
export class Made {
  readonly callee: Value
  readonly args: Value
  readonly steps: number
  state: Value

  constructor(callee: Value, args: Value) {
    this.callee = callee
    this.args = args
    // A tuple with names for its parts is made by a call.
    this.steps = args instanceof Seq ? args.steps : 1
  }

  /** The path of the class or function that made it. */
  get of(): string {
    return this.callee instanceof Global ? this.callee.path : ''
  }
}

/** An object the loader finds outside, as tensors' storages are. */
export class Persistent {
  readonly id: Value

  constructor(id: Value) {
    this.id = id
  }
}
