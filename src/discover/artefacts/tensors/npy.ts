// NumPy's .npy: a header that is a Python literal, then numbers, or, for arrays of objects, a pickle.
import { type Piece, report } from '../piece.ts'
import { scanPickle, guessPickle } from '../pickle/scan-pickle.ts'
import { Fields, latin1, sliceSource } from '../source.ts'

const MOST_HEADER = 16 * 1024 * 1024
const WIDTH = /^[<>|=]?(?<kind>[a-zA-Z?])(?<size>\d*)$/

export function npy(piece: Piece): void {
  const { source } = piece
  const head = new Fields(Uint8Array.from(source.read(0, 12)))
  const isFirst = head.u8(6) === 1
  const length = isFirst ? head.u16(8) : head.u32(8)
  const start = isFirst ? 10 : 12
  if (length > MOST_HEADER && length > source.size)
    return report(piece, 'header-bomb', { why: `the header claims ${length} bytes` })
  if (!(start + length <= source.size)) return report(piece, 'truncated', { why: 'the header goes beyond the end' })
  const header = latin1(source.read(start, length))
  const descr =
    /['"]descr['"]\s*:\s*(?<descr>\[[\s\S]*?\]\s*(?=,\s*['"](?:fortran_order|shape)|\s*\})|\([\s\S]*?\)\s*(?=,\s*['"])|['"][^'"]*['"])/.exec(
      header,
    )?.groups?.['descr']
  const shape = /['"]shape['"]\s*:\s*\((?<shape>[^)]*)\)/.exec(header)?.groups?.['shape']
  if (descr === undefined || shape === undefined || /[^\x20-\x7e\n]/.test(header)) {
    report(piece, 'not-read', { why: 'the header is no literal of NumPy’s' })
  }
  const types = [...(descr ?? '').matchAll(/['"](?<type>[^'"]*)['"]/g)].map(([, type = '']) => type)
  const data = start + length
  const body: Piece = { ...piece, name: `${piece.name}.pkl`, source: sliceSource(source, data, source.size - data) }
  if (types.some((type) => /^[|<>=]?O\d*$/.test(type) || type === 'object')) {
    report(piece, 'object-array', { why: 'its elements are objects, kept as a pickle', offset: data })
    scanPickle(shifted(body, data))
    return
  }
  if (source.size > data) guessPickle(shifted(body, data))
  const [type = ''] = types
  if (types.length === 1) sizes(piece, type, shape ?? '', source.size - data)
}

/** Findings inside count from the start of the file. */
function shifted(piece: Piece, by: number): Piece {
  const { shared } = piece
  return {
    ...piece,
    shared: {
      limits: shared.limits,
      found: (of, technique, found) =>
        shared.found(of, technique, found.offset === undefined ? found : { ...found, offset: found.offset + by }),
      scan: (...args) => shared.scan(...args),
      member: (...args) => shared.member(...args),
      expand: (bytes) => shared.expand(bytes),
      opcodes: (count) => shared.opcodes(count),
    },
  }
}

function sizes(piece: Piece, type: string, shape: string, bytes: number): void {
  const { kind = '', size = '' } = WIDTH.exec(type)?.groups ?? {}
  const width = kind === 'U' ? Number(size) * 4 : /^[Mm]/.test(kind) ? 8 : Number(size || Number.NaN)
  const count = shape
    .split(',')
    .filter((part) => part.trim() !== '')
    .reduce((product, part) => product * Number(part.trim().replace(/L$/, '')), 1)
  const expected = width * count
  if (Number.isNaN(expected)) return
  if (expected > bytes && expected > 64 * Math.max(bytes, 4096))
    report(piece, 'header-bomb', { why: `the header claims ${expected} bytes of numbers; ${bytes} are there` })
  else if (expected > bytes)
    report(piece, 'truncated', { why: `${expected} bytes of numbers are claimed; ${bytes} are there` })
}
