// Calls that fill memory or never end. Iterators are lazy and cost nothing; whoever collects one pays for all that it would
// give, which is counted here from how it was made, through as many others as it was made of.
import { Bytes, Made, Seq, Text, type Value } from './values.ts'

/** No model asks for a gigabyte of nothing, for a number with millions of digits, or for all items of an endless row. */
const MOST_ROOM = 2 ** 30
const MOST_POWER = 1_000_000
/** Nobody who means well makes iterators of so many others. */
const MOST_PARTS = 1000
/** What only keeps what it is given, or takes one item of it. */
const LAZY =
  /^(?:_?itertools\.\w+(?:\.from_iterable)?|builtins\.(?:iter|next|getattr|enumerate|zip|map|filter|reversed|x?range|slice|type)|_?functools\.\w+|_?operator\.(?:itemgetter|attrgetter|methodcaller)|_?collections\.defaultdict|types\.\w+)$/
const FILLS = /^builtins\.(?:str|bytes|bytearray)\.(?:ljust|rjust|center|zfill|expandtabs)$/
const REPEATS = /^_?operator\.(?:i?mul|i?concat|add)$/
const RAISES = /^(?:builtins|_?operator)\.pow$/
const FACTORS = /^math\.(?:factorial|perm|comb)$/

export function exhausts(path: string, args: readonly Value[]): boolean {
  const here = modern(path)
  if (RAISES.test(here)) return args.length === 2 && typeof args[1] === 'number' && args[1] > MOST_POWER
  if (FACTORS.test(here)) return Number(args[0]) > MOST_POWER
  if (LAZY.test(here)) return false
  if (args.some((arg) => arg instanceof Made && new Count().of(arg) >= MOST_ROOM)) return true
  return new Count().made(here, args) >= MOST_ROOM
}

const modern = (path: string) => path.replace(/^__builtin__\./, 'builtins.')

/** How much a value holds or an iterator would give; nothing where that cannot be told. */
class Count {
  #parts = 0

  of(value: Value): number {
    if (++this.#parts > MOST_PARTS) return Number.POSITIVE_INFINITY
    if (typeof value === 'string') return value.length
    if (value instanceof Bytes || value instanceof Text) return value.length
    if (value instanceof Seq) return value.kind === 'dict' ? value.count / 2 : value.count
    return value instanceof Made && value.args instanceof Seq ? this.made(modern(value.of), value.args.items) : 0
  }

  made(path: string, args: readonly Value[]): number {
    const [first, second] = args
    if (/^builtins\.(?:bytes|bytearray)$/.test(path)) return typeof first === 'number' ? first : this.of(first)
    if (/^builtins\.x?range$/.test(path)) return rangeSize(args)
    if (FILLS.test(path)) return typeof second === 'number' ? second : 0
    if (REPEATS.test(path)) return path.endsWith('mul') ? this.#times(first, second) : this.of(first) + this.of(second)
    const iterator = /^_?itertools\.(?<name>\w+)/.exec(path)?.groups?.['name']
    if (iterator !== undefined) return this.#iterator(iterator, args)
    if (/^builtins\.(?:map|filter)$/.test(path)) return this.#shortest(args.slice(1))
    if (path === 'builtins.zip') return this.#shortest(args)
    return /^(?:builtins\.(?:iter|enumerate|reversed|list|tuple|sorted)|_?collections\.deque)$/.test(path)
      ? this.of(first)
      : 0
  }

  #iterator(name: string, args: readonly Value[]): number {
    const [first, second] = args
    switch (name) {
      case 'count':
      case 'cycle':
        return Number.POSITIVE_INFINITY
      case 'repeat':
        return args.length < 2 ? Number.POSITIVE_INFINITY : Number(second)
      case 'islice': {
        const ends = args.slice(1).filter((arg) => typeof arg === 'number')
        return Math.min(this.of(first), ends.length > 0 ? Math.max(...ends) : Number.POSITIVE_INFINITY)
      }
      case 'product':
        return args.reduce<number>((product, arg) => product * this.of(arg), 1)
      case 'permutations':
      case 'combinations':
      case 'combinations_with_replacement':
        return this.#choices(name, first, typeof second === 'number' ? second : this.of(first))
      case 'chain':
        return (first instanceof Seq && args.length === 1 ? [first, ...first.items] : args).reduce<number>(
          (sum, arg) => sum + this.of(arg),
          0,
        )
      case 'starmap':
      case 'takewhile':
      case 'dropwhile':
      case 'filterfalse':
        return this.of(second)
      case 'zip':
        return this.#shortest(args)
      case 'zip_longest':
        return Math.max(0, ...args.map((arg) => this.of(arg)))
      default:
        return this.of(first)
    }
  }

  #choices(name: string, from: Value, chosen: number): number {
    const size = this.of(from)
    const ordered = name === 'permutations'
    let choices = 1
    for (let i = 0; i < Math.min(chosen, MOST_PARTS) && choices < MOST_ROOM; i++)
      choices *= (name === 'combinations_with_replacement' ? size + i : size - i) / (ordered ? 1 : i + 1)
    return choices
  }

  #times(first: Value, second: Value): number {
    if (typeof second === 'number') return this.of(first) * second
    return typeof first === 'number' ? this.of(second) * first : 0
  }

  #shortest(args: readonly Value[]): number {
    return args.length === 0 ? 0 : Math.min(...args.map((arg) => this.of(arg)))
  }
}

function rangeSize(args: readonly Value[]): number {
  const [first = 0, second, step = 1] = args.map(Number)
  const size = second === undefined ? first : (second - first) / step
  return Number.isFinite(size) ? Math.max(0, size) : 0
}
