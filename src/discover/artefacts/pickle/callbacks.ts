// Functions that a pickle hands to other functions. Whoever is handed one may call it, so it is judged as if it were called;
// a partial function or the factory of a dictionary only keeps it until something else runs it.
import { Global, Made, Seq, type Value } from './values.ts'

const CALLS_BACK =
  /^(?:(?:builtins|__builtin__)\.(?:map|filter|iter|reduce|imap|ifilter)|_?functools\.reduce|itertools\.(?:starmap|accumulate|takewhile|dropwhile|filterfalse|groupby|imap|ifilter))$/
/** Those of them that take the function second. */
const CALLS_SECOND = /(?:accumulate|groupby)$/
const KEEPS =
  /^(?:_?functools\.(?:partial|partialmethod|lru_cache|_lru_cache_wrapper|cmp_to_key)|_?collections\.defaultdict)$/
const FACTORY = /^_?collections\.defaultdict$/
/** What asks a dictionary for a key, and so has its factory make it. */
const ASKS =
  /^(?:_?operator\.(?:getitem|itemgetter)|(?:builtins|__builtin__|_?collections)\.\w+\.__(?:getitem|missing)__)$/
export const PARTIAL = /^_?functools\.partial$/
const GETTERS = /^(?:(?:builtins|__builtin__)\.getattr|_?operator\.(?:attrgetter|methodcaller))$/
const DEEP = 6

/** What a function runs of its arguments, at once or when what it gave is gone through. */
export function calledBack(path: string, args: readonly Value[]): Value {
  if (CALLS_BACK.test(path)) {
    if (path.endsWith('iter') && args.length < 2) return undefined
    return args[CALLS_SECOND.test(path) ? 1 : 0]
  }
  const [first] = args
  if (ASKS.test(path) && first instanceof Made && FACTORY.test(first.of)) return parts(first)[0]
  return undefined
}

export const keepsFunctions = (path: string): boolean => KEEPS.test(path)

/** What a call was given, and what was written into what it gave. */
const parts = ({ args, state }: Made): Value[] =>
  [args, state].flatMap((part) => (part instanceof Seq ? part.items : []))

/** The functions by name in a value, through partial functions, lists and what calls were given. */
export function* functionsIn(value: Value, depth = DEEP): Generator<Global> {
  if (value instanceof Global) yield value
  else if (depth === 0) return
  else if (value instanceof Seq) for (const item of value.items) yield* functionsIn(item, depth - 1)
  else if (value instanceof Made && keepsFunctions(value.of))
    for (const part of parts(value)) yield* functionsIn(part, depth - 1)
  else if (value instanceof Made) yield* functionsIn(value.args, depth - 1)
}

/** Whether a function came out of a call, and not out of one that says what it gives. */
export function isComputed(callback: Value): boolean {
  if (!(callback instanceof Made) || /^_?operator\.itemgetter$/.test(callback.of)) return false
  if (!PARTIAL.test(callback.of)) return true
  return [callback.args, callback.state].some((part) => part instanceof Seq && isComputed(part.items[0]))
}

/** A partial function of a bound method or a getter is kept, not called; whoever calls it comes here as well. */
export const keepsComputed = (path: string, callback: Value): boolean =>
  PARTIAL.test(path) && isComputed(callback) && !(callback instanceof Made && GETTERS.test(callback.of))

const NEW = '.__new__'

export interface Remaking {
  of: Global
  args: Seq
}

/** How protocols below 4 make an object with named arguments: `partial(Class.__new__, Class, …)()`. */
export function remaking(callee: Value, args: Value): Remaking | undefined {
  if (callee instanceof Global && callee.name.endsWith(NEW))
    return remade(callee, args instanceof Seq ? args.items : [])
  if (!(callee instanceof Made) || !PARTIAL.test(callee.of)) return undefined
  const from = callee.state instanceof Seq ? callee.state : callee.args
  const [making, given] = from instanceof Seq ? from.items : []
  if (!(making instanceof Global) || !making.name.endsWith(NEW)) return undefined
  const isState = callee.state instanceof Seq
  return remade(making, isState ? (given instanceof Seq ? given.items : []) : itemsOf(callee.args).slice(1))
}

function remade(making: Global, [of, ...args]: readonly Value[]): Remaking | undefined {
  const isOwn = of instanceof Global && making.module === of.module && making.name === of.name + NEW
  return isOwn ? { of, args: new Seq('tuple', args) } : undefined
}

const itemsOf = (value: Value): readonly Value[] => (value instanceof Seq ? value.items : [])
