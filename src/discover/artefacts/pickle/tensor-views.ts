// Tensors over their storages, as torch pickles them: what each storage claims to hold, and whether a view stays within it.
import { Global, Persistent, Seq, type Value } from './values.ts'

const WIDTHS: Record<string, number> = {
  Double: 8,
  Long: 8,
  ComplexFloat: 8,
  ComplexDouble: 16,
  Float: 4,
  Int: 4,
  QInt32: 4,
  Half: 2,
  BFloat16: 2,
  Short: 2,
  Char: 1,
  Byte: 1,
  Bool: 1,
}

const widthOf = (storage: string) => WIDTHS[storage.replace(/Storage$/, '')]

/** Notes how many bytes the storage claims. A view beyond it reads foreign memory in loaders that believe it (CVE-2026-24747). */
export function leavesStorage(args: readonly Value[], storages: Map<string, number>): boolean {
  const [storage, offset, size, stride] = args
  const id = storage instanceof Persistent && storage.id instanceof Seq ? storage.id.items : undefined
  if (!id) return false
  const [, type, key, , count] = id
  if (typeof key === 'string' && typeof count === 'number' && type instanceof Global) {
    const width = widthOf(type.name)
    if (width) storages.set(key, Math.max(storages.get(key) ?? 0, count * width))
  }
  if (!(size instanceof Seq) || !(stride instanceof Seq) || typeof offset !== 'number' || typeof count !== 'number')
    return false
  if (!size.complete || !stride.complete || size.items.includes(0)) return false
  const numbers = [...size.items, ...stride.items, offset]
  if (numbers.some((n) => typeof n !== 'number')) return false
  const last = size.items.reduce<number>((sum, n, i) => sum + (Number(n) - 1) * Number(stride.items[i] ?? 0), offset)
  return offset < 0 || last >= count || numbers.some((n) => Number(n) < 0)
}
