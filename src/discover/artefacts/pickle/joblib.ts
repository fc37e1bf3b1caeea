// joblib writes an array's bytes into the middle of the pickle, right after the object that describes it. Whoever reads on
// without stepping over them reads numbers as opcodes, and misses what follows.
import { BrokenPickle, type Tape } from './tape.ts'
import { Made, Seq, type Value } from './values.ts'

export const isArrayWrapper = (made: Made): boolean =>
  /^joblib\.numpy_pickle(?:_compat)?\.NumpyArrayWrapper$/.test(made.of)

/** What follows the wrapper: bytes that were stepped over, or another pickle. */
export function skipArray(made: Made, tape: Tape): 'skipped' | 'pickle' {
  const state = made.state instanceof Seq ? made.state : undefined
  const dtype = state?.get('dtype')
  const shape = state?.get('shape')
  const type = dtype instanceof Made && dtype.args instanceof Seq ? dtype.args.items[0] : undefined
  if (typeof type !== 'string' || !(shape instanceof Seq))
    throw new BrokenPickle('an array does not say its type and shape')
  if (hasObjects(type, dtype instanceof Made ? dtype.state : undefined)) return 'pickle'
  const alignment = state?.get('numpy_array_alignment_bytes')
  if (typeof alignment === 'number') tape.skip(tape.u8())
  const count = shape.items.reduce<number>((product, n) => product * (typeof n === 'number' ? n : Number.NaN), 1)
  const bytes = count * itemSize(type)
  if (!(bytes >= 0)) throw new BrokenPickle('an array does not say its size')
  tape.skip(bytes)
  return 'skipped'
}

function hasObjects(type: string, state: Value): boolean {
  const flags = state instanceof Seq ? state.items[7] : undefined
  return /^[<>|=]?O/.test(type) || (typeof flags === 'number' && (flags & 1) === 1)
}

function itemSize(type: string): number {
  const { kind = '', size = '' } = /^[<>|=]?(?<kind>[a-zA-Z?])(?<size>\d*)$/.exec(type)?.groups ?? {}
  if (kind === 'U') return Number(size) * 4
  if (size !== '') return Number(size)
  return (
    { '?': 1, b: 1, B: 1, h: 2, H: 2, e: 2, i: 4, I: 4, f: 4, l: 8, L: 8, q: 8, Q: 8, d: 8, g: 16, F: 8, D: 16 }[
      kind
    ] ?? Number.NaN
  )
}
